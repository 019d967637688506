package org.copick.mesh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that meshes are read as trimesh reads them; {@code expected.json} contains what trimesh has read.
 *
 * <p>The files were written by trimesh and Python copick, or are of kinds that these read but do not write.
 */
class TrimeshFilesTest {
    /** The geometries that trimesh skips. */
    private static final Set<String> FANS =
            Set.of("single-modes/GLTF_1", "modes/plain_6", "modes/mode_7", "modes/mode_6_8", "modes/mode_6_9");

    static Stream<String> files() throws IOException {
        return names(expected()).stream();
    }

    @ParameterizedTest
    @MethodSource("files")
    void areReadAsTrimeshReadsThem(String name) throws IOException {
        MeshScene scene = MeshScene.parse(Glb.resource(name + ".glb"), name);
        assertIsWhatTrimeshReads(scene, name, painted(scene));
    }

    @ParameterizedTest
    @MethodSource("files")
    void areEqualAfterWriting(String name) throws IOException {
        MeshScene scene = MeshScene.parse(Glb.resource(name + ".glb"), name);

        MeshScene again = MeshScene.parse(scene.toGlb(), name);

        SameScene.assertSame(scene, again, name);
        assertEquals(Set.of(), painted(again), "materials are not written");
        assertIsWhatTrimeshReads(again, name, painted(scene));
        assertArrayEquals(scene.toGlb(), again.toGlb(), name);
    }

    /** Returns the names of the geometries for which trimesh shows the material instead of the colours. */
    private static Set<String> painted(MeshScene scene) {
        return scene.geometries().stream()
                .filter(Geometry::hasMaterial)
                .map(Geometry::name)
                .collect(Collectors.toSet());
    }

    private static void assertIsWhatTrimeshReads(MeshScene scene, String name, Set<String> painted) throws IOException {
        JsonNode expected = expected().path(name);
        List<Geometry> geometries = scene.geometries().stream()
                .filter(geometry -> !isFan(geometry, name))
                .toList();
        List<Instance> placed = scene.instances().stream()
                .filter(instance -> !isFan(instance.geometry(), name))
                .toList();
        assertEquals(
                names(expected.path("geometries")),
                geometries.stream().map(Geometry::name).toList());
        for (Geometry geometry : geometries) {
            assertGeometry(
                    expected.path("geometries").path(geometry.name()), geometry, painted.contains(geometry.name()));
        }
        JsonNode instances = expected.path("instances");
        assertEquals(
                instances.findValuesAsText("node"),
                placed.stream().map(Instance::node).toList());
        for (int i = 0; i < instances.size(); i++) {
            Instance instance = placed.get(i);
            assertEquals(
                    instances.path(i).path("geometry").textValue(),
                    instance.geometry().name());
            assertArrayEquals(decimals(instances.path(i).path("matrix")), instance.matrix(), 1e-12, instance.node());
        }
        assertBounds(expected.path("bounds"), scene.bounds().orElse(null), name);
    }

    private static boolean isFan(Geometry geometry, String file) {
        return FANS.contains(file + "/" + geometry.name());
    }

    private static void assertGeometry(JsonNode expected, Geometry actual, boolean painted) {
        String name = actual.name();
        assertEquals(expected.path("type").textValue(), actual.kind().trimeshName(), name);
        float[] vertices = actual.vertices();
        assertArrayEquals(
                decimals(expected.path("vertices")),
                IntStream.range(0, vertices.length)
                        .mapToDouble(i -> vertices[i])
                        .toArray(),
                name);
        assertArrayEquals(integers(expected.path("faces")), actual.faces(), name);
        byte[] colors = painted ? null : actual.colors();
        if (expected.has("colors")) {
            assertNotNull(colors, name);
            assertArrayEquals(
                    integers(expected.path("colors")),
                    IntStream.range(0, colors.length).map(i -> colors[i] & 0xff).toArray(),
                    name);
        } else {
            assertNull(colors, name);
        }
        assertBounds(expected.path("bounds"), actual.bounds().orElse(null), name);
    }

    private static void assertBounds(JsonNode expected, @Nullable Bounds actual, String name) {
        if (actual == null) {
            assertEquals(0, expected.size(), name);
            return;
        }
        assertArrayEquals(
                decimals(expected.path(0)), new double[] {actual.minX(), actual.minY(), actual.minZ()}, 1e-11, name);
        assertArrayEquals(
                decimals(expected.path(1)), new double[] {actual.maxX(), actual.maxY(), actual.maxZ()}, 1e-11, name);
    }

    private static JsonNode expected() throws IOException {
        return Glb.MAPPER.readTree(Glb.resource("expected.json"));
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static double[] decimals(JsonNode values) {
        return IntStream.range(0, values.size())
                .mapToDouble(i -> values.get(i).doubleValue())
                .toArray();
    }

    private static int[] integers(JsonNode values) {
        return IntStream.range(0, values.size())
                .map(i -> values.get(i).intValue())
                .toArray();
    }
}
