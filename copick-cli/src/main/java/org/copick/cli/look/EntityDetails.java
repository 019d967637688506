package org.copick.cli.look;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.copick.Entity;
import org.copick.Features;
import org.copick.Filaments;
import org.copick.Mesh;
import org.copick.Picks;
import org.copick.Segmentation;
import org.copick.Tomogram;
import org.copick.Volume;
import org.copick.cli.output.Printable;
import org.copick.cli.output.Style;
import org.copick.cli.output.Table;
import org.copick.zarr.ZarrArray;

/** The additional fields of the long listing. */
final class EntityDetails {
    /** Names of counts, in the singular and plural. */
    private static final String[][] COUNTED = {
        {"level", "levels"}, {"point", "points"}, {"filament", "filaments"}, {"vertex", "vertices"}, {"face", "faces"}
    };

    private static final Pattern NUMPY_CODE = Pattern.compile("[<>|]?([biuf])([1-8])");

    private EntityDetails() {}

    static void add(ObjectNode row, Entity entity) {
        if (entity instanceof Tomogram tomogram) {
            add(row, tomogram.volume());
        } else if (entity instanceof Features features) {
            add(row, features.volume());
        } else if (entity instanceof Segmentation segmentation) {
            add(row, segmentation.volume());
        } else if (entity instanceof Picks picks) {
            row.put("points", picks.document().size());
        } else if (entity instanceof Filaments filaments) {
            row.put("filaments", filaments.document().filaments().size());
        } else if (entity instanceof Mesh mesh) {
            var scene = mesh.scene();
            row.put(
                    "vertices",
                    scene.geometries().stream()
                            .mapToLong(geometry -> geometry.vertices().length / 3)
                            .sum());
            row.put(
                    "faces",
                    scene.geometries().stream()
                            .mapToLong(geometry -> geometry.faces().length / 3)
                            .sum());
        } else {
            return;
        }
        row.put("bytes", entity.storedBytes());
    }

    private static void add(ObjectNode row, Volume volume) {
        row.put("levels", volume.levels().size());
        if (!volume.levels().isEmpty()) {
            // opened before anything is added, so that a failure leaves no incomplete row
            ZarrArray full = volume.level(0).array();
            var shape = row.putArray("shape");
            Arrays.stream(full.shape()).forEach(shape::add);
            row.put("dtype", full.numpyType());
        }
    }

    /** Returns the details of a row as one text, which is empty if it has none. */
    static String text(ObjectNode row) {
        StringJoiner text = new StringJoiner("  ");
        if (row.has("shape") && row.has("dtype")) {
            text.add(shape(row) + " " + row.get("dtype").asText());
        }
        counts(row).forEach(text::add);
        if (row.has("bytes")) {
            text.add(size(row));
        }
        if (row.has("portal")) {
            text.add(PortalNames.text(row));
        }
        if (row.has("error")) {
            text.add(problem(row));
        }
        return text.toString();
    }

    /** Returns the details of a row as six cells: shape, type of elements, contents, size, portal, problem. */
    static Stream<Table.Cell> cells(ObjectNode row) {
        return Stream.of(
                Table.Cell.of(row.has("shape") ? shape(row) : ""),
                Table.Cell.of(row.has("dtype") ? typeName(row.get("dtype").asText()) : ""),
                Table.Cell.of(String.join(", ", counts(row))),
                Table.Cell.of(row.has("bytes") ? size(row) : ""),
                Table.Cell.of(PortalNames.text(row)),
                new Table.Cell(row.has("error") ? problem(row) : "", Style.RED));
    }

    private static String shape(ObjectNode row) {
        StringJoiner shape = new StringJoiner("×");
        row.get("shape").forEach(length -> shape.add(length.asText()));
        return shape.toString();
    }

    private static List<String> counts(ObjectNode row) {
        List<String> counts = new ArrayList<>();
        for (String[] counted : COUNTED) {
            if (row.has(counted[1])) {
                long count = row.get(counted[1]).asLong();
                counts.add(count + " " + (count == 1 ? counted[0] : counted[1]));
            }
        }
        return counts;
    }

    private static String size(ObjectNode row) {
        return Printable.bytes(row.get("bytes").asLong());
    }

    private static String problem(ObjectNode row) {
        return "unreadable: " + row.get("error").asText();
    }

    /** Returns the name of a type given as numpy's code: {@code float32} for {@code <f4}. */
    static String typeName(String numpyCode) {
        Matcher code = NUMPY_CODE.matcher(numpyCode);
        if (!code.matches()) {
            return numpyCode;
        }
        int bits = 8 * Integer.parseInt(code.group(2));
        return switch (code.group(1)) {
            case "b" -> "bool";
            case "i" -> "int" + bits;
            case "u" -> "uint" + bits;
            default -> "float" + bits;
        };
    }
}
