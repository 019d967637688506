package org.copick.cli.look;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.StringJoiner;
import org.copick.Entity;
import org.copick.Features;
import org.copick.Filaments;
import org.copick.Mesh;
import org.copick.Picks;
import org.copick.Segmentation;
import org.copick.Tomogram;
import org.copick.Volume;
import org.copick.cli.output.Printable;
import org.copick.zarr.ZarrArray;

/** The additional fields of the long listing. */
final class EntityDetails {
    /** Names of counts, in the singular and plural. */
    private static final String[][] COUNTED = {
        {"level", "levels"}, {"point", "points"}, {"filament", "filaments"}, {"vertex", "vertices"}, {"face", "faces"}
    };

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

    /** Returns the additional fields of a row as text for people; empty if there are none. */
    static String text(ObjectNode row) {
        StringJoiner text = new StringJoiner("  ");
        if (row.has("shape") && row.has("dtype")) {
            StringJoiner shape = new StringJoiner("×");
            row.get("shape").forEach(length -> shape.add(length.asText()));
            text.add(shape + " " + row.get("dtype").asText());
        }
        for (String[] counted : COUNTED) {
            if (row.has(counted[1])) {
                long count = row.get(counted[1]).asLong();
                text.add(count + " " + (count == 1 ? counted[0] : counted[1]));
            }
        }
        if (row.has("bytes")) {
            text.add(Printable.bytes(row.get("bytes").asLong()));
        }
        if (row.has("error")) {
            text.add("unreadable: " + row.get("error").asText());
        }
        return text.toString();
    }
}
