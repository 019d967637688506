package org.copick.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.copick.Annotation;
import org.copick.Entity;
import org.copick.Level;
import org.copick.Picks;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.Tomogram;
import org.copick.Volume;
import org.copick.VoxelSpacing;
import org.copick.picks.PicksDocument;
import org.copick.zarr.Region;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares projects in the portal with what Python copick reads: every entity, value and fact of the portal. */
final class PortalManifestTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path folder;

    private PortalServer server;

    @BeforeEach
    void open() throws IOException {
        server = new PortalServer();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void showsWhatPythonShows() throws IOException {
        List<String> expected = new ArrayList<>();
        for (JsonNode run : PortalProject.manifest("main").path("runs")) {
            describe(run, expected);
        }
        List<String> found = new ArrayList<>();
        try (PortalProject project = PortalProject.main(server, folder)) {
            for (Run run : project.root.runs()) {
                if (!run.name().equals("my-run")) { // which Python does not list
                    describe(run, found);
                }
            }
        }
        assertEquals(String.join("\n", expected), String.join("\n", found));
    }

    @Test
    void readsWhatPythonReads() throws IOException {
        JsonNode contents = PortalProject.contents();
        int compared = 0;
        try (PortalProject project = PortalProject.main(server, folder)) {
            for (Run run : project.root.runs()) {
                for (Picks picks : run.picks()) {
                    compared += compare(contents, picks);
                }
                for (Segmentation segmentation : run.segmentations()) {
                    compared += compare(contents, segmentation, segmentation.volume());
                }
                for (VoxelSpacing spacing : run.voxelSpacings()) {
                    for (Tomogram tomogram : spacing.tomograms()) {
                        compared += compare(contents, tomogram, tomogram.volume());
                    }
                }
            }
        }
        long ofPortal = 0;
        for (Map.Entry<String, JsonNode> each : contents.properties()) {
            ofPortal += each.getKey().startsWith("s3://") && !each.getKey().contains("/10599/") ? 1 : 0;
        }
        assertEquals(ofPortal, compared);
    }

    private static int compare(JsonNode contents, Picks picks) throws IOException {
        JsonNode content = contents.path(picks.location());
        if (content.isMissingNode()) {
            assertTrue(!picks.readOnly(), picks.location());
            return 0;
        }
        ObjectNode expected = (ObjectNode) content.path("document");
        PicksDocument wanted = PicksDocument.parse(MAPPER.writeValueAsBytes(expected), "manifest");
        assertEquals(wanted, picks.document(), picks.location());
        return 1;
    }

    private static int compare(JsonNode contents, Entity entity, Volume volume) {
        JsonNode content = contents.path(entity.location());
        if (content.isMissingNode()) {
            assertTrue(!entity.readOnly(), entity.location());
            return 0;
        }
        List<String> expected = new ArrayList<>();
        content.path("levels")
                .forEach(level -> expected.add(
                        level.path("path").asText() + " " + level.path("dtype").asText() + " "
                                + level.path("sha256").asText()));
        List<String> found = new ArrayList<>();
        for (Level level : volume.levels()) {
            found.add(level.path() + " " + level.array().numpyType() + " " + sha256(level));
        }
        assertEquals(expected, found, entity.location());
        return 1;
    }

    private static String sha256(Level level) {
        long[] shape = level.array().shape();
        long elements = 1;
        for (long length : shape) {
            elements *= length;
        }
        byte[] bytes = new byte[(int) (elements * level.array().dataType().bytes())];
        level.array().readBytes(Region.of(new long[shape.length], shape), bytes);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Describes a run of the manifest, in the order of copick for Java. */
    private static void describe(JsonNode run, List<String> lines) {
        JsonNode portal = run.path("portal");
        lines.add(run.path("name").asText() + " " + portal.path("run_id") + " "
                + portal.path("run_name").asText() + " " + portal.path("dataset_id"));
        for (JsonNode spacing : run.path("voxel_spacings")) {
            String vs = spacing.path("portal_vs_id").isNumber()
                    ? spacing.path("portal_vs_id").asText()
                    : "none";
            lines.add("  " + spacing.path("voxel_size").doubleValue() + " " + vs);
            for (JsonNode tomogram : spacing.path("tomograms")) {
                boolean mine = !tomogram.path("read_only").booleanValue();
                lines.add("    " + tomogram.path("tomo_type").asText() + " "
                        + (mine ? "mine" : tomogram.path("path").asText()) + " "
                        + facts(tomogram.path("portal").path("metadata")) + " "
                        + (mine ? "" : list(tomogram.path("portal").path("authors"))));
            }
        }
        for (String kind : List.of("picks", "segmentations")) {
            TreeMap<String, String> sorted = new TreeMap<>();
            for (JsonNode each : run.path(kind)) {
                JsonNode facts = each.path("portal");
                String size =
                        kind.equals("picks") ? "" : each.path("voxel_size").doubleValue() + " ";
                boolean mine = !each.path("read_only").booleanValue();
                String id = each.path("user_id").asText() + "_"
                        + each.path("session_id").asText() + "_"
                        + each.path(kind.equals("picks") ? "object_name" : "name")
                                .asText();
                sorted.put(
                        id,
                        "  " + kind + " " + size + id + " " + each.path("from_tool") + " "
                                + each.path("type").asText("") + " "
                                + (mine ? "mine" : each.path("path").asText()) + " "
                                + facts(facts.path("annotation")) + " " + facts(facts.path("shape")) + " "
                                + facts(facts.path("file")) + " " + (mine ? "" : list(facts.path("authors"))));
            }
            lines.addAll(sorted.values());
        }
    }

    private static void describe(Run run, List<String> lines) {
        Map<String, Object> portal = run.metadata();
        lines.add(run.name() + " " + portal.get("portal_run_id") + " " + portal.get("portal_run_name") + " "
                + portal.get("portal_dataset_id"));
        for (VoxelSpacing spacing : run.voxelSpacings()) {
            Object vs = spacing.metadata().getOrDefault("portal_vs_id", "none");
            lines.add("  " + spacing.voxelSize() + " " + vs);
            for (Tomogram tomogram : spacing.tomograms()) {
                boolean mine = !tomogram.readOnly();
                lines.add("    " + tomogram.type() + " " + (mine ? "mine" : tomogram.location()) + " "
                        + facts(tomogram, "portal_metadata") + " " + (mine ? "" : authors(tomogram)));
            }
        }
        for (String kind : List.of("picks", "segmentations")) {
            TreeMap<String, String> sorted = new TreeMap<>();
            for (Annotation each : kind.equals("picks") ? run.picks() : run.segmentations()) {
                String size = each instanceof Segmentation segmentation ? segmentation.voxelSize() + " " : "";
                String type = each instanceof Segmentation segmentation
                        ? segmentation.type().name().toLowerCase(java.util.Locale.ROOT)
                        : "";
                boolean mine = !each.readOnly();
                String name = each instanceof Segmentation segmentation ? segmentation.name() : each.objectName();
                String id = each.userId() + "_" + each.sessionId() + "_" + name;
                sorted.put(
                        id,
                        "  " + kind + " " + size + id + " " + each.fromTool() + " " + type + " "
                                + (mine ? "mine" : each.location()) + " " + facts(each, "portal_annotation") + " "
                                + facts(each, "portal_shape") + " " + facts(each, "portal_file") + " "
                                + (mine ? "" : authors(each)));
            }
            lines.addAll(sorted.values());
        }
    }

    private static String list(JsonNode names) {
        List<String> list = new ArrayList<>();
        names.forEach(name -> list.add(name.asText()));
        return list.stream().sorted().toList().toString(); // Python's order is that of the answer
    }

    private static String authors(Entity entity) {
        List<String> names = new ArrayList<>();
        ((List<?>) entity.metadata().getOrDefault("portal_authors", List.of()))
                .forEach(name -> names.add(String.valueOf(name)));
        return names.stream().sorted().toList().toString();
    }

    private static String facts(JsonNode fields) {
        TreeMap<String, Object> facts = new TreeMap<>();
        fields.properties()
                .forEach(field -> facts.put(field.getKey(), field.getValue().asText()));
        return facts.toString();
    }

    /** Returns the facts without dates, which the manifest leaves out. */
    private static String facts(Entity entity, String name) {
        TreeMap<String, Object> facts = new TreeMap<>();
        if (entity.metadata().get(name) instanceof Map<?, ?> fields) {
            fields.forEach((field, value) -> {
                if (!String.valueOf(field).endsWith("_date")) {
                    facts.put(String.valueOf(field), value.toString());
                }
            });
        }
        return facts.toString();
    }
}
