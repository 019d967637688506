package org.copick.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a portal, made from a seed. Each column that the schema lets be null is null sometimes, rows are in no order,
 * and ids say nothing about the order in which the rows were made.
 */
final class GeneratedRows {
    static final List<Long> DATASETS = List.of(101L, 102L);
    /** Names of software with what Python copick 1.31 makes of them in the type of a tomogram. */
    static final Map<String, String> SOFTWARE = software();

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String BUCKET = "s3://cryoet-data-portal-public/";
    private static final List<Double> SPACINGS =
            List.of(10.0, 13.48, 4.99, 7.84, 13.4801, 0.5005, 21.0, 5.0125, 1.9735, 10.0004);
    private static final List<String> METHODS = List.of("SART", "Fourier_Space", "SIRT", "WBP", "Unknown");
    private static final List<String> PROCESSING =
            List.of("denoised", "filtered", "raw", "filtered_even", "filtered_odd");
    private static final List<String> SHAPES = List.of(
            "SegmentationMask",
            "OrientedPoint",
            "Point",
            "InstanceSegmentation",
            "InstanceSegmentationMask",
            "Mesh",
            "GlobalCaption",
            "AnnotationCaption");
    private static final List<String> FORMATS = List.of("ndjson", "zarr", "mrc", "glb", "csv");
    private static final List<String> NAMES = List.of(
            "TS_001", "TS_001", "nothing yet", "a/b", "50%", "\u00fcn\u00ef", "007", "\"q\"", "back\\slash", "l\nine");
    private static final List<String> AUTHORS =
            List.of("Ann Author", "Bob Builder", "Cy Curator", "D\u00e9 \"Q\"", "Zo\u00eb/Z", "Ann Author");

    final Map<String, List<ObjectNode>> rows = new LinkedHashMap<>();
    /** The objects of the configuration: with identifiers, without, and sometimes two with the same. */
    final List<ObjectNode> objects = new ArrayList<>();
    /** The text of each points file by its address. */
    final Map<String, String> points = new LinkedHashMap<>();

    private final Random random;
    private final Map<String, Map<Long, ObjectNode>> byId = new HashMap<>();
    private final List<Long> ids = new ArrayList<>();

    GeneratedRows(Random random, int runs) {
        this.random = random;
        for (long id = 1; id <= 60_000; id++) {
            ids.add(id * 3 + random.nextInt(3));
        }
        Collections.shuffle(ids, random);
        objects();
        for (String type : List.of(
                "Dataset",
                "Run",
                "TomogramVoxelSpacing",
                "Tomogram",
                "TomogramAuthor",
                "Annotation",
                "AnnotationAuthor",
                "AnnotationShape",
                "AnnotationFile")) {
            rows.put(type, new ArrayList<>());
        }
        for (long dataset : List.of(101L, 102L, 109L)) {
            ObjectNode row = MAPPER.createObjectNode().put("id", dataset);
            Objects.requireNonNull(rows.get("Dataset")).add(row);
        }
        for (int i = 0; i < runs; i++) {
            run(runs < 50 ? 4 : 2);
        }
        rows.values().forEach(list -> Collections.shuffle(list, random));
    }

    private void objects() {
        object("ribosome", "GO:0022626");
        object("pump", "UniProtKB:P0CX35");
        object("membrane", "GO:0016020");
        object("rubisco", "PDB-1BXN");
        object("vesicle", null);
        if (random.nextInt(3) == 0) {
            object("again", "GO:0022626");
        }
    }

    private void object(String name, @Nullable String identifier) {
        objects.add(MAPPER.createObjectNode()
                .put("name", name)
                .put("is_particle", !name.equals("membrane"))
                .put("label", objects.size() + 1)
                .put("identifier", identifier));
    }

    private void run(int most) {
        ObjectNode run = add("Run").put("datasetId", pick(List.of(101L, 102L, 101L, 102L, 109L)));
        run.put("name", pick(NAMES));
        long id = run.path("id").longValue();
        List<ObjectNode> spacings = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            ObjectNode spacing = add("TomogramVoxelSpacing").put("voxelSpacing", pick(SPACINGS));
            spacing.put("runId", maybe(id, 10));
            spacings.add(spacing);
            for (int k = random.nextInt(most + 1); k > 0; k--) {
                tomogram(id, spacing);
            }
        }
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            annotation(id, spacings);
        }
    }

    private void tomogram(long run, ObjectNode spacing) {
        ObjectNode row = add("Tomogram");
        long id = row.path("id").longValue();
        row.put("alignmentId", maybe(500L + random.nextInt(5), 4))
                .put("depositionId", 400L + random.nextInt(3))
                .put("runId", maybe(run, 6))
                .put("tomogramVoxelSpacingId", maybe(spacing.path("id").longValue(), 12))
                .put("name", maybe(pick(NAMES), 4))
                .put("sizeX", random.nextInt(4000))
                .put("sizeY", random.nextInt(4000))
                .put("sizeZ", random.nextInt(4000))
                .put("voxelSpacing", spacing.path("voxelSpacing").doubleValue())
                .put("fiducialAlignmentStatus", pick(List.of("FIDUCIAL", "NON_FIDUCIAL")))
                .put("reconstructionMethod", pick(random.nextBoolean() ? METHODS.subList(3, 4) : METHODS))
                .put("processing", pick(random.nextBoolean() ? PROCESSING.subList(2, 3) : PROCESSING))
                .put("tomogramVersion", maybe(1.5, 4))
                .put("processingSoftware", random.nextInt(3) > 0 ? maybe("", 2) : pick(List.copyOf(SOFTWARE.keySet())))
                .put("reconstructionSoftware", pick(NAMES))
                .put("ctfCorrected", maybe(random.nextBoolean(), 3));
        for (String flag : List.of("isPortalStandard", "isAuthorSubmitted", "isVisualizationDefault")) {
            row.put(flag, maybe(random.nextBoolean(), 3));
        }
        String folder = BUCKET + "10/" + run + "/Tomograms/" + id + "/" + pick(List.of("a b", "\u00fc", "x%20#?", "t"));
        row.put("s3OmezarrDir", maybe(folder + ".zarr", 4)).put("httpsOmezarrDir", maybe("https://h/" + id, 4));
        row.put("fileSizeOmezarr", maybe(id * 1e9, 4)).put("s3MrcFile", maybe(folder + ".mrc", 4));
        row.put("httpsMrcFile", maybe("https://h/m" + id, 4)).put("fileSizeMrc", maybe(id * 0.5, 4));
        for (int scale = 0; scale < 3; scale++) {
            row.put("scale" + scale + "Dimensions", maybe("8,6,4", 3));
        }
        for (String axis : List.of("X", "Y", "Z")) {
            row.put("offset" + axis, random.nextInt(9) - 4);
        }
        row.put("neuroglancerConfig", maybe("{\"long\": true}", 2));
        for (String date : List.of("depositionDate", "releaseDate", "lastModifiedDate")) {
            row.put(date, maybe(date(), 4));
        }
        authors("Tomogram", id);
    }

    private void authors(String of, long id) {
        String column = Character.toLowerCase(of.charAt(0)) + of.substring(1) + "Id";
        for (int i = random.nextInt(5); i > 0; i--) {
            add(of + "Author")
                    .put(column, maybe(id, 12))
                    .put("authorListOrder", random.nextInt(3)) // with ties
                    .put("name", pick(AUTHORS));
        }
    }

    private void annotation(long run, List<ObjectNode> spacings) {
        ObjectNode row = add("Annotation");
        long id = row.path("id").longValue();
        String object = pick(List.of(
                "GO:0022626", "UniProtKB:P0CX35", "GO:0016020", "PDB-1BXN", "PDB-1bxn", "GO:9999999", "GO:0022626"));
        row.put("runId", maybe(run, 12))
                .put("depositionId", maybe(400L + random.nextInt(3), 4))
                .put("tomogramVoxelSpacingId", spacing(spacings, 2))
                .put("s3MetadataPath", "s3://m/" + id)
                .put("httpsMetadataPath", "https://m/" + id)
                .put("annotationPublication", maybe("EMD-1, PDB-2", 3))
                .put("annotationMethod", pick(NAMES))
                .put("annotationIngestId", "ingest-" + id)
                .put("groundTruthStatus", maybe(random.nextBoolean(), 3))
                .put("objectId", object)
                .put("objectName", pick(NAMES))
                .put("objectDescription", maybe(pick(NAMES), 3))
                .put("objectState", maybe("", 3))
                .put("objectCount", random.nextInt(3) == 0 ? null : (Integer) random.nextInt(9))
                .put("confidencePrecision", maybe(random.nextDouble() * 100, 3))
                .put("confidenceRecall", maybe(0.0, 3))
                .put("groundTruthUsed", maybe("\u00fc\"\\", 3))
                .put("annotationSoftware", maybe(pick(NAMES), 3))
                .put("isCuratorRecommended", maybe(random.nextBoolean(), 3))
                .put("methodType", pick(List.of("manual", "automated", "hybrid", "simulated")));
        for (String date : List.of("depositionDate", "releaseDate", "lastModifiedDate")) {
            row.put(date, date());
        }
        authors("Annotation", id);
        for (int i = random.nextInt(4); i > 0; i--) {
            ObjectNode shape = add("AnnotationShape").put("annotationId", maybe(id, 15));
            shape.put("shapeType", maybe(pick(random.nextBoolean() ? SHAPES.subList(0, 3) : SHAPES), 15));
            for (int k = random.nextInt(4); k > 0; k--) {
                file(id, shape, spacings);
            }
        }
    }

    private void file(long annotation, ObjectNode shape, List<ObjectNode> spacings) {
        String kind = shape.path("shapeType").asText();
        boolean points = kind.endsWith("Point");
        String format = random.nextInt(4) == 0 ? pick(FORMATS) : points ? "ndjson" : "zarr";
        ObjectNode row = add("AnnotationFile");
        long id = row.path("id").longValue();
        String path =
                BUCKET + "10/" + annotation + "/" + id + pick(List.of("", " b", "\u00fc", "%20#?")) + "." + format;
        row.put("alignmentId", maybe(500L, 3))
                .put("annotationShapeId", maybe(shape.path("id").longValue(), 15))
                .put("tomogramVoxelSpacingId", spacing(spacings, 4))
                .put("format", format)
                .put("s3Path", path)
                .put("fileSize", maybe(id * 1.0, 3))
                .put("httpsPath", "https://f/" + id)
                .put("isVisualizationDefault", maybe(random.nextBoolean(), 3))
                .put("source", maybe(pick(List.of("dataset_author", "community", "portal_standard")), 3));
        if (points) {
            this.points.put(path, lines(kind));
        }
    }

    private String lines(String kind) {
        List<String> lines = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            lines.add("{\"type\": \"x\", \"location\": {\"x\": " + random.nextInt(900) + ", \"y\": "
                    + random.nextDouble() * 100 + ", \"z\": " + random.nextInt(90) / 8.0 + "}"
                    + (kind.equals("OrientedPoint") || random.nextBoolean()
                            ? ", \"xyz_rotation_matrix\": [[0, -1, 0], [1, 0, 0], [0, 0, 1]]"
                            : "")
                    + "}");
        }
        return String.join(pick(List.of("\n", "\r\n", "\n\n")), lines) + (random.nextBoolean() ? "\n" : "");
    }

    private ObjectNode add(String type) {
        ObjectNode row = MAPPER.createObjectNode().put("id", ids.remove(ids.size() - 1));
        Objects.requireNonNull(rows.get(type)).add(row);
        return row;
    }

    private @Nullable Long spacing(List<ObjectNode> spacings, int oneIn) {
        return spacings.isEmpty() ? null : maybe(pick(spacings).path("id").longValue(), oneIn);
    }

    private String date() {
        return "202" + random.nextInt(6) + "-0" + (1 + random.nextInt(9)) + "-11T00:00:00+00:00";
    }

    /** Returns the value, or null once in so many times. */
    private <T> @Nullable T maybe(T value, int oneIn) {
        return random.nextInt(oneIn) == 0 ? null : value;
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** Returns copies of the rows, as a server changes its own. */
    Map<String, List<ObjectNode>> copy() {
        Map<String, List<ObjectNode>> copy = new LinkedHashMap<>();
        rows.forEach((type, list) -> {
            List<ObjectNode> copies = new ArrayList<>();
            list.forEach(row -> copies.add(row.deepCopy()));
            copy.put(type, copies);
        });
        return copy;
    }

    /** Returns the row of a type with an id; null for none, as for a key that is null. */
    @Nullable ObjectNode row(String type, JsonNode id) {
        Map<Long, ObjectNode> found = byId.computeIfAbsent(type, key -> {
            Map<Long, ObjectNode> index = new HashMap<>();
            Objects.requireNonNull(rows.get(type))
                    .forEach(row -> index.put(row.path("id").longValue(), row));
            return index;
        });
        return id.isNumber() ? found.get(id.longValue()) : null;
    }

    private static Map<String, String> software() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("cryoCARE", "cryocare");
        names.put("IMOD 4.11_beta-2", "imod4.11Beta2");
        names.put("Warp/M 1.0.9", "warp/M1.0.9");
        names.put("a/b//c", "a/B//C");
        names.put("\u00dcn\u00ef_code features", "\u00fcn\u00efCodeFeatures");
        names.put("x2y_3z", "x2Y3Z");
        names.put("stra\u00dfe \u00dfeta", "stra\u00dfeSseta");
        names.put("__IsoNet--v0.2__", "isonetV0.2");
        names.put("DeePict (2D+3D)", "deepict(2D+3D)");
        names.put("o'neill's tool", "o'Neill'STool");
        names.put("TOMO\u4e2d\u6587abc d\u00c9j\u00c0", "tomo\u4e2d\u6587AbcD\u00e9j\u00e0");
        names.put("novaCTF; rm -rf", "novactf;RmRf");
        names.put("\"quoted\" \\back", "\"Quoted\"\\Back");
        names.put("tab\tnew\nline", "tab\tNew\nLine");
        names.put("\u00a0nbsp a", "\u00a0NbspA");
        names.put("\u0391\u03a3 \u03a3\u0391\u03a3", "\u03b1\u03c2\u03a3\u03b1\u03c2");
        names.put("A", "a");
        names.put("9", "9");
        names.put("etomo%2F#?&", "etomo%2F#?&");
        names.put("\u0130stanbul \u0131l\u0131k", "i\u0307stanbulIl\u0131k");
        names.put("\ud801\udc28\ud801\udc00x", "\ud801\udc28\ud801\udc28x");
        names.put("..", "..");
        names.put("\ufb01ne \ufb00x", "fineFfx");
        names.put("zarr.zarr", "zarr.Zarr");
        names.put("x_features", "xFeatures");
        names.put("_-", ""); // an error in Python; like no software in Java
        names.put(" ", "");
        return Collections.unmodifiableMap(names);
    }
}
