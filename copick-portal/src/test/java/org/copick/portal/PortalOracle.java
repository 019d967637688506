package org.copick.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.copick.entity.SegmentationType;
import org.jspecify.annotations.Nullable;

/**
 * Says what a project shows of rows and an overlay, by the rules of the specification of the portal.
 *
 * <p>Uses nothing of the backend. Slow and plain: one loop for each rule. Lines are those of {@link GeneratedPortalTest}.
 */
final class PortalOracle {
    private static final Comparator<String> BY_CODE_POINT =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    private static final Set<String> NOT_SHOWN = Set.of("neuroglancerConfig");

    private final GeneratedRows portal;
    private final GeneratedOverlay overlay;
    private final Map<String, List<ObjectNode>> files = new HashMap<>();

    private record Line(int group, String name, List<String> text) {}

    PortalOracle(GeneratedRows portal, GeneratedOverlay overlay) {
        this.portal = portal;
        this.overlay = overlay;
        for (ObjectNode file : rows("AnnotationFile")) {
            files.computeIfAbsent(runOf(portal, file), run -> new ArrayList<>()).add(file);
        }
    }

    /** Returns a voxel spacing as in the names of folders, rounded as in Python. */
    static String size(double value) {
        return new BigDecimal(value).setScale(3, RoundingMode.HALF_EVEN).toPlainString();
    }

    /** Returns the run of a file; empty for none. */
    static String runOf(GeneratedRows portal, ObjectNode file) {
        ObjectNode shape = portal.row("AnnotationShape", file.path("annotationShapeId"));
        ObjectNode annotation = shape == null ? null : portal.row("Annotation", shape.path("annotationId"));
        return annotation == null ? "" : annotation.path("runId").asText("");
    }

    /** Returns the names of all runs in order. */
    List<String> runs() {
        TreeSet<String> names = new TreeSet<>(BY_CODE_POINT);
        for (ObjectNode row : rows("Run")) {
            if (GeneratedRows.DATASETS.contains(row.path("datasetId").longValue())) {
                names.add(row.path("id").asText());
            }
        }
        names.addAll(overlay.runs);
        return List.copyOf(names);
    }

    /** Returns what a run of the list shows. */
    List<String> describe(String run) {
        Map<String, Object> facts = facts(run);
        List<String> lines = new ArrayList<>();
        lines.add("run " + run + " " + !overlay.runs.contains(run) + " " + facts);
        spacings(run, facts, lines);
        picks(run, facts, lines);
        masks(run, facts, lines);
        leftOut(run, lines);
        return lines;
    }

    /** Returns what the portal knows of a run; empty for runs that only the overlay has. */
    private Map<String, Object> facts(String run) {
        TreeMap<String, Object> facts = new TreeMap<>();
        for (ObjectNode row : rows("Run")) {
            if (isPortal(run) && row.path("id").asText().equals(run)) {
                facts.put("portal_run_id", row.path("id").longValue());
                facts.put("portal_run_name", row.path("name").asText());
                facts.put("portal_dataset_id", row.path("datasetId").longValue());
            }
        }
        return facts;
    }

    private boolean isPortal(String run) {
        return rows("Run").stream()
                .anyMatch(row -> row.path("id").asText().equals(run)
                        && GeneratedRows.DATASETS.contains(row.path("datasetId").longValue()));
    }

    private void spacings(String run, Map<String, Object> facts, List<String> lines) {
        TreeMap<Double, String> sizes = new TreeMap<>();
        Map<String, List<ObjectNode>> portals = new HashMap<>();
        for (ObjectNode row : rows("TomogramVoxelSpacing")) {
            if (isPortal(run) && row.path("runId").asText().equals(run)) {
                String size = size(row.path("voxelSpacing").doubleValue());
                sizes.put(Double.valueOf(size), size);
                portals.computeIfAbsent(size, key -> new ArrayList<>()).add(row);
            }
        }
        Set<String> own = new TreeSet<>();
        for (GeneratedOverlay.Spacing each : overlay.spacings) {
            if (each.run().equals(run)) {
                sizes.put(Double.valueOf(each.size()), each.size());
                own.add(each.size());
            }
        }
        for (String size : sizes.values()) {
            List<ObjectNode> rows = portals.getOrDefault(size, List.of());
            // the portal knows nothing of the overlay's own entities
            TreeMap<String, Object> of = rows.isEmpty() ? new TreeMap<>() : new TreeMap<>(facts);
            rows.stream()
                    .map(row -> row.path("id").longValue())
                    .min(Long::compare)
                    .ifPresent(id -> of.put("portal_vs_id", id));
            lines.add("  spacing " + Double.valueOf(size) + " " + !own.contains(size) + " " + of);
            tomograms(run, size, rows, facts, lines);
        }
    }

    private void tomograms(
            String run, String size, List<ObjectNode> spacings, Map<String, Object> facts, List<String> lines) {
        Set<String> own = new TreeSet<>(BY_CODE_POINT);
        for (GeneratedOverlay.Tomogram each : overlay.tomograms) {
            if (each.spacing().equals(new GeneratedOverlay.Spacing(run, size))) {
                own.add(each.type());
            }
        }
        List<ObjectNode> rows = new ArrayList<>();
        for (ObjectNode row : rows("Tomogram")) {
            boolean here = spacings.stream()
                    .anyMatch(spacing -> spacing.path("id").equals(row.path("tomogramVoxelSpacingId")));
            if (here && !own.contains(type(row))) { // a layer's entity stands for those of the same name below it
                rows.add(row);
            }
        }
        rows.sort(Comparator.comparing(
                        (ObjectNode row) -> !row.path("isVisualizationDefault").asBoolean(false))
                .thenComparing(row -> !row.path("isPortalStandard").asBoolean(false))
                .thenComparing(row -> row.path("id").longValue()));
        TreeMap<String, List<String>> byType = new TreeMap<>(BY_CODE_POINT);
        for (String type : own) {
            byType.computeIfAbsent(type, key -> new ArrayList<>()).add("    tomogram " + type + " false own {}");
        }
        for (ObjectNode row : rows) {
            TreeMap<String, Object> of = new TreeMap<>(facts);
            of.put("portal_tomo_id", row.path("id").longValue());
            of.put("portal_metadata", fields(row));
            of.put("portal_authors", authors("Tomogram", row));
            byType.computeIfAbsent(type(row), key -> new ArrayList<>())
                    .add("    tomogram " + type(row) + " true "
                            + row.path("s3OmezarrDir").asText("none") + " " + of);
        }
        byType.values().forEach(lines::addAll);
    }

    private static String type(ObjectNode row) {
        String method = Objects.requireNonNull(Map.of(
                        "SART", "sart",
                        "Fourier_Space", "fourierSpace",
                        "SIRT", "sirt",
                        "WBP", "wbp",
                        "Unknown", "unknown")
                .get(row.path("reconstructionMethod").asText()));
        String processing =
                row.path("processing").asText().replace("_even", "Even").replace("_odd", "Odd");
        String software = GeneratedRows.SOFTWARE.getOrDefault(
                row.path("processingSoftware").asText(), "");
        return method + "-" + processing
                + (software.isEmpty() ? "" : "-" + software)
                + (row.path("ctfCorrected").asBoolean(false) ? "-ctfdeconv" : "");
    }

    private void picks(String run, Map<String, Object> facts, List<String> lines) {
        TreeMap<String, List<String>> sorted = new TreeMap<>(BY_CODE_POINT);
        for (ObjectNode file : shown(run, true)) {
            ObjectNode spacing = spacing(file);
            if (spacing != null) {
                String id = "data-portal_" + file.path("id").asText() + "_" + object(file);
                List<String> text = new ArrayList<>();
                text.add("  picks " + id + " true true " + file.path("s3Path").asText() + " "
                        + annotationFacts(file, spacing, facts));
                text.addAll(points(file, spacing.path("voxelSpacing").doubleValue()));
                sorted.put(id + ".json", text);
            }
        }
        for (GeneratedOverlay.Picks each : overlay.picks) {
            if (each.run().equals(run)) {
                String id = each.user() + "_" + each.session() + "_" + each.object();
                sorted.put(
                        id + ".json",
                        List.of("  picks " + id + " false " + each.session().equals("0") + " own {}"));
            }
        }
        sorted.values().forEach(lines::addAll);
    }

    private List<String> points(ObjectNode file, double spacing) {
        List<String> lines = new ArrayList<>();
        boolean oriented = shape(file).path("shapeType").asText().equals("OrientedPoint");
        String text =
                Objects.requireNonNull(portal.points.get(file.path("s3Path").asText()));
        for (String line : text.split("\n", -1)) {
            if (!line.isBlank()) {
                double[] at = Arrays.stream(line.replaceAll(".*\"location\": \\{([^}]*)\\}.*", "$1")
                                .strip()
                                .split(", "))
                        .mapToDouble(value -> Double.parseDouble(value.substring(value.indexOf(':') + 1)))
                        .toArray();
                lines.add("    " + at[0] * spacing + " " + at[1] * spacing + " " + at[2] * spacing + " "
                        + (oriented ? "[0.0, -1.0, 1.0]" : "[1.0, 0.0, 0.0]"));
            }
        }
        return lines;
    }

    private void masks(String run, Map<String, Object> facts, List<String> lines) {
        List<Line> found = new ArrayList<>();
        for (ObjectNode file : shown(run, false)) {
            ObjectNode spacing = spacing(file);
            if (spacing != null) {
                boolean instance = shape(file).path("shapeType").asText().startsWith("Instance");
                String size = size(spacing.path("voxelSpacing").doubleValue());
                String id = size + "_data-portal_" + file.path("id").asText() + "_" + object(file);
                SegmentationType type = instance ? SegmentationType.INSTANCE : SegmentationType.BINARY;
                // an entity of the overlay's with this name cannot come up: no generated session is an id of a mask
                found.add(mask(
                        type,
                        id,
                        "true true " + file.path("s3Path").asText() + " " + annotationFacts(file, spacing, facts)));
            }
        }
        for (GeneratedOverlay.Mask each : overlay.masks) {
            if (each.run().equals(run)) {
                String id = each.size() + "_" + each.user() + "_" + each.session() + "_" + each.name();
                found.add(mask(each.type(), id, "false " + each.session().equals("0") + " own {}"));
            }
        }
        found.sort(Comparator.comparingInt(Line::group).thenComparing(Line::name, BY_CODE_POINT));
        found.forEach(line -> lines.addAll(line.text()));
    }

    private static Line mask(SegmentationType type, String id, String rest) {
        int folder = type == SegmentationType.PANOPTIC ? 2 : type == SegmentationType.INSTANCE ? 1 : 0;
        String suffix = type == SegmentationType.MULTILABEL ? "-multilabel.zarr" : ".zarr";
        return new Line(
                folder,
                id + suffix,
                List.of("  segmentation " + type.name().toLowerCase(Locale.ROOT) + " " + id + " " + rest));
    }

    /** Says which files would be shown if they or their annotations had a voxel spacing. */
    private void leftOut(String run, List<String> lines) {
        TreeSet<String> reported = new TreeSet<>();
        for (boolean points : new boolean[] {true, false}) {
            for (ObjectNode file : shown(run, points)) {
                if (spacing(file) == null) {
                    reported.add("  reported " + file.path("s3Path").asText());
                }
            }
        }
        lines.addAll(reported);
    }

    /** Returns the files of points, or of masks, in a run's annotations of the project's objects. */
    private List<ObjectNode> shown(String run, boolean points) {
        List<ObjectNode> found = new ArrayList<>();
        for (ObjectNode file : isPortal(run) ? files.getOrDefault(run, List.of()) : List.<ObjectNode>of()) {
            if (object(file) != null) {
                String type = shape(file).path("shapeType").asText();
                boolean isPoints = type.equals("Point") || type.equals("OrientedPoint");
                boolean isMask = (type.equals("SegmentationMask") || type.equals("InstanceSegmentationMask"))
                        && file.path("format").asText().equals("zarr");
                if (points ? isPoints : isMask) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    private ObjectNode shape(ObjectNode file) {
        return Objects.requireNonNull(portal.row("AnnotationShape", file.path("annotationShapeId")));
    }

    private ObjectNode annotation(ObjectNode file) {
        return Objects.requireNonNull(portal.row("Annotation", shape(file).path("annotationId")));
    }

    /** Returns the last object with the identifier of a file's annotation. */
    private @Nullable String object(ObjectNode file) {
        String name = null;
        for (ObjectNode object : portal.objects) {
            if (object.path("identifier").equals(annotation(file).path("objectId"))) {
                name = object.path("name").asText();
            }
        }
        return name;
    }

    /** Returns the spacing of a file, else that of its annotation, if it is one of a run. */
    private @Nullable ObjectNode spacing(ObjectNode file) {
        for (ObjectNode of : List.of(file, annotation(file))) {
            ObjectNode spacing = portal.row("TomogramVoxelSpacing", of.path("tomogramVoxelSpacingId"));
            if (spacing != null && spacing.path("runId").isNumber()) {
                return spacing;
            }
        }
        return null;
    }

    private Map<String, Object> annotationFacts(ObjectNode file, ObjectNode spacing, Map<String, Object> facts) {
        TreeMap<String, Object> of = new TreeMap<>(facts);
        of.put("from_tool", true);
        of.put("portal_annotation", fields(annotation(file)));
        of.put("portal_shape", fields(shape(file)));
        of.put("portal_file", fields(file));
        of.put("portal_voxel_spacing", spacing.path("voxelSpacing").doubleValue());
        of.put("portal_authors", authors("Annotation", annotation(file)));
        return of;
    }

    private List<String> authors(String of, ObjectNode row) {
        String column = Character.toLowerCase(of.charAt(0)) + of.substring(1) + "Id";
        return rows(of + "Author").stream()
                .filter(author -> author.path(column).equals(row.path("id")))
                .sorted(Comparator.comparing((ObjectNode author) ->
                                author.path("authorListOrder").intValue())
                        .thenComparing(author -> author.path("id").longValue()))
                .map(author -> author.path("name").asText())
                .toList();
    }

    /** Returns the columns of a row that are not null, with Python's names. */
    private static Map<String, Object> fields(ObjectNode row) {
        TreeMap<String, Object> fields = new TreeMap<>();
        row.properties().forEach(column -> {
            JsonNode value = column.getValue();
            if (!value.isNull() && !NOT_SHOWN.contains(column.getKey())) {
                String name = column.getKey()
                        .replaceAll("([A-Z])", "_$1")
                        .replaceAll("scale([0-9])", "scale_$1")
                        .toLowerCase(Locale.ROOT);
                fields.put(
                        name,
                        value.isBoolean()
                                ? (Object) value.booleanValue()
                                : value.isIntegralNumber()
                                        ? (Object) value.longValue()
                                        : value.isNumber() ? (Object) value.doubleValue() : value.asText());
            }
        });
        return fields;
    }

    private List<ObjectNode> rows(String type) {
        return Objects.requireNonNull(portal.rows.get(type));
    }
}
