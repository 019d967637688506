package org.copick.mesh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Collectors;

/** Compares scenes bit by bit. */
final class SameScene {
    private SameScene() {}

    static void assertSame(MeshScene expected, MeshScene actual, String what) {
        assertEquals(named(expected), named(actual), what);
        for (int i = 0; i < expected.geometries().size(); i++) {
            assertSame(expected.geometries().get(i), actual.geometries().get(i), what);
        }
        assertEquals(placed(expected), placed(actual), what);
        for (int i = 0; i < expected.instances().size(); i++) {
            assertArrayEquals(
                    expected.instances().get(i).matrix(),
                    actual.instances().get(i).matrix(),
                    what);
        }
    }

    private static void assertSame(Geometry expected, Geometry actual, String what) {
        String which = what + ": " + expected.name();
        assertEquals(expected.kind(), actual.kind(), which);
        assertArrayEquals(bits(expected), bits(actual), which);
        assertArrayEquals(expected.faces(), actual.faces(), which);
        assertArrayEquals(expected.colors(), actual.colors(), which);
    }

    private static String named(MeshScene scene) {
        return scene.geometries().stream().map(Geometry::name).collect(Collectors.joining("\n"));
    }

    private static String placed(MeshScene scene) {
        return scene.instances().stream().map(Instance::toString).collect(Collectors.joining("\n"));
    }

    private static int[] bits(Geometry geometry) {
        float[] vertices = geometry.vertices();
        int[] bits = new int[vertices.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(vertices[i]);
        }
        return bits;
    }
}
