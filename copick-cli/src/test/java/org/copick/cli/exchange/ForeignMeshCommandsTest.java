package org.copick.cli.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.copick.AnnotationId;
import org.copick.Copick;
import org.copick.Root;
import org.copick.cli.Called;
import org.copick.mesh.MeshScene;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of imports of meshes by other programs. */
final class ForeignMeshCommandsTest {
    private static final float[] SQUARE = {0, 0, 0, 10, 0, 0, 10, 10, 0, 0, 10, 0};

    @TempDir
    private Path folder;

    private Path config = Path.of("");

    @BeforeEach
    void project() throws IOException {
        config = folder.resolve("copick.json");
        Files.writeString(config, """
                {"overlay_root": "%s", "pickable_objects": [{"name": "membrane", "is_particle": false, "label": 1}]}
                """.formatted(folder.resolve("p").toString().replace('\\', '/')));
        for (int mode = 2; mode <= 6; mode++) {
            put("mode" + mode, glb(mode, ""));
        }
        put("instanced", glb(4, ", \"extensionsRequired\": [\"EXT_mesh_gpu_instancing\"]"));
    }

    @Test
    void validateTellsWhatAReaderLoses() {
        String out = Called.copick("validate", "-c", config).out();

        assertTrue(line(out, "mode2_1_membrane.glb").endsWith("line loops are not read, so not shown: GLTF"), out);
        assertTrue(line(out, "mode3_1_membrane.glb").endsWith("line strips are not read, so not shown: GLTF"), out);
        assertTrue(line(out, "mode6_1_membrane.glb").contains("triangle fans, which Python copick skips"), out);
        assertTrue(line(out, "instanced_1_membrane.glb").contains("EXT_mesh_gpu_instancing"), out);
        assertFalse(out.contains("mode4_1_membrane.glb"), out);
        assertFalse(out.contains("mode5_1_membrane.glb"), out);
    }

    @Test
    void anImportSaysWhatItLoses() throws IOException {
        Path fan = folder.resolve("fan.glb");
        Files.write(fan, glb(6, ""));
        Path lines = folder.resolve("lines.glb");
        Files.write(lines, glb(1, ""));

        Called added =
                Called.copick("add", "mesh", fan, lines, "--object-name", "membrane", "--user-id", "me", "-c", config);

        assertEquals(0, added.status(), added.err());
        assertEquals(
                "copick: warning: " + lines + ": separate lines are read as one line through all vertices: GLTF",
                added.err().strip(),
                "nothing of the fan, which the import converts");
        try (Root root = Copick.open(config)) {
            MeshScene read = root.run("fan")
                    .mesh(AnnotationId.of("membrane").user("me").session("1"))
                    .scene();
            assertArrayEquals(new int[] {1, 2, 0, 2, 3, 0}, read.flatten().faces());
            assertEquals(0, read.findings().size());
        }
    }

    @Test
    void aFileWithoutGeometryIsRefused() throws IOException {
        Path loop = folder.resolve("loop.glb");
        Files.write(loop, glb(2, ""));
        Path nothing = folder.resolve("nothing.glb");
        Files.write(nothing, MeshScene.empty().toGlb());

        for (Path file : new Path[] {loop, nothing}) {
            String reason = file == loop ? " (line loops are not read, so not shown: GLTF)" : "";
            assertEquals(
                    "copick: cannot import " + file + ": its scene has no geometry" + reason
                            + "; export triangles, lines or points to it",
                    Called.copick("add", "mesh", file, "--object-name", "membrane", "-c", config)
                            .refused()
                            .err()
                            .strip());
        }
    }

    @Test
    void coloursUnderAMaterialAreImportedAndNotDigested() throws Exception {
        String painted = json(4, ", \"materials\": [{}]")
                .replace("\"POSITION\": 0}", "\"POSITION\": 0, \"COLOR_0\": 2}, \"material\": 0")
                .replace(
                        "\"accessors\": [",
                        "\"accessors\": [{\"bufferView\": 0, \"componentType\": 5126, \"count\": 4, \"type\": \"VEC3\"},"
                                + "{\"bufferView\": 1, \"componentType\": 5121, \"count\": 3, \"type\": \"SCALAR\"},"
                                + "{\"bufferView\": 0, \"componentType\": 5121, \"count\": 4, \"type\": \"VEC4\","
                                + " \"normalized\": true},");
        Path file = folder.resolve("painted.glb");
        Files.write(file, container(painted));
        put("shared", container(painted));

        Called.copick("add", "mesh", file, "--object-name", "membrane", "--user-id", "me", "-c", config)
                .succeeded();

        byte[] rgba =
                Arrays.copyOfRange(container(painted), container(painted).length - 52, container(painted).length - 36);
        try (Root root = Copick.open(config)) {
            MeshScene own = root.run("painted")
                    .mesh(AnnotationId.of("membrane").user("me").session("1"))
                    .scene();
            assertArrayEquals(rgba, own.geometries().get(0).colors());
        }
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(rgba));
        assertEquals(
                List.of(digest),
                new ObjectMapper()
                        .readTree(Called.copick("manifest", "--run", "painted", "-c", config)
                                .succeeded()
                                .out())
                        .findValuesAsText("colors_sha256"));
        assertFalse(
                Called.copick("manifest", "--run", "TS_001", "-c", config).out().contains(digest),
                "Python shows the material in place of the colours");
    }

    private void put(String user, byte[] glb) throws IOException {
        Path file = folder.resolve("p/ExperimentRuns/TS_001/Meshes/" + user + "_1_membrane.glb");
        Files.createDirectories(file.getParent());
        Files.write(file, glb);
    }

    private static String line(String text, String part) {
        return text.lines().filter(line -> line.contains(part)).findFirst().orElse("");
    }

    private static byte[] glb(int mode, String more) {
        return container(json(mode, more));
    }

    private static String json(int mode, String more) {
        int indices = mode == 4 ? 3 : 4;
        return """
                {"asset": {"version": "2.0"}, "scene": 0, "scenes": [{"nodes": [0]}], "nodes": [{"mesh": 0}],
                 "meshes": [{"primitives": [{"attributes": {"POSITION": 0}, "indices": 1, "mode": %d}]}],
                 "accessors": [{"bufferView": 0, "componentType": 5126, "count": 4, "type": "VEC3"},
                               {"bufferView": 1, "componentType": 5121, "count": %d, "type": "SCALAR"}],
                 "bufferViews": [{"buffer": 0, "byteLength": 48}, {"buffer": 0, "byteOffset": 48, "byteLength": 4}],
                 "buffers": [{"byteLength": 52}]%s}""".formatted(mode, indices, more);
    }

    private static byte[] container(String json) {
        byte[] text = (json + " ".repeat((4 - json.length() % 4) % 4)).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer file = ByteBuffer.allocate(12 + 8 + text.length + 8 + 52).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0x46546c67).putInt(2).putInt(file.capacity());
        file.putInt(text.length).putInt(0x4e4f534a).put(text).putInt(52).putInt(0x004e4942);
        for (float coordinate : SQUARE) {
            file.putFloat(coordinate);
        }
        return file.put(new byte[] {0, 1, 2, 3}).array();
    }
}
