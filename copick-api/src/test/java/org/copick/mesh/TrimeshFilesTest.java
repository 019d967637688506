package org.copick.mesh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that trimesh wrote give what trimesh reads from them; {@code expected.json} is what it said. */
class TrimeshFilesTest {
    @ParameterizedTest
    @ValueSource(strings = {"scene", "single"})
    void areReadAsTrimeshReadsThem(String name) throws IOException {
        JsonNode expected = Glb.MAPPER.readTree(Glb.resource("expected.json")).path(name);

        MeshScene scene = MeshScene.parse(Glb.resource(name + ".glb"), name);

        assertEquals(
                names(expected.path("geometries")),
                scene.geometries().stream().map(Geometry::name).toList());
        for (Geometry geometry : scene.geometries()) {
            JsonNode one = expected.path("geometries").path(geometry.name());
            assertEquals(one.path("type").textValue(), geometry.kind().trimeshName());
            assertArrayEquals(decimals(one.path("vertices")), geometryVertices(geometry), geometry.name());
            assertArrayEquals(integers(one.path("faces")), geometry.faces(), geometry.name());
            byte[] colors = geometry.colors();
            if (one.has("colors") && colors != null) {
                assertArrayEquals(
                        integers(one.path("colors")),
                        IntStream.range(0, colors.length)
                                .map(i -> colors[i] & 0xff)
                                .toArray());
            }
            assertEquals(one.has("colors"), colors != null, geometry.name());
        }
        assertEquals(
                names(expected.path("instances")).stream().sorted().toList(),
                scene.instances().stream().map(Instance::node).toList());
        for (Instance instance : scene.instances()) {
            JsonNode one = expected.path("instances").path(instance.node());
            assertEquals(one.path("geometry").textValue(), instance.geometry().name());
            assertArrayEquals(decimals(one.path("matrix")), instance.matrix(), 1e-12, instance.node());
        }
        Bounds bounds = scene.bounds().orElseThrow();
        assertArrayEquals(
                new double[] {bounds.minX(), bounds.minY(), bounds.minZ()},
                decimals(expected.path("bounds").path(0)),
                1e-12);
        assertArrayEquals(
                new double[] {bounds.maxX(), bounds.maxY(), bounds.maxZ()},
                decimals(expected.path("bounds").path(1)),
                1e-12);
    }

    private static double[] geometryVertices(Geometry geometry) {
        float[] vertices = geometry.vertices();
        return IntStream.range(0, vertices.length).mapToDouble(i -> vertices[i]).toArray();
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
