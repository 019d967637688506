package org.copick.mesh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which vertices, faces and colours make a valid geometry. */
class GeometryTest {
    private static final float[] CORNERS = {0, 0, 0, 10, 0, 0, 0, 10, 0};

    @Test
    void trianglesAreOfVerticesAndFaces() {
        Geometry triangle = Geometry.triangles("one", CORNERS, new int[] {2, 1, 0});

        assertEquals("one", triangle.name());
        assertEquals(Geometry.Kind.TRIANGLES, triangle.kind());
        assertArrayEquals(CORNERS, triangle.vertices());
        assertArrayEquals(new int[] {2, 1, 0}, triangle.faces());
        assertNull(triangle.colors());
    }

    @Test
    void pointsAndLinesHaveNoFaces() {
        assertEquals(Geometry.Kind.POINTS, Geometry.points("a", CORNERS).kind());
        assertEquals(Geometry.Kind.LINE, Geometry.line("b", CORNERS).kind());
        assertEquals(0, Geometry.points("a", CORNERS).faces().length);
        assertEquals(0, Geometry.line("b", CORNERS).faces().length);
    }

    @Test
    void coloursMakeAnotherGeometry() {
        Geometry plain = Geometry.points("a", CORNERS);
        byte[] rgba = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

        Geometry painted = plain.withColors(rgba);

        assertArrayEquals(rgba, painted.colors());
        assertArrayEquals(CORNERS, painted.vertices());
        assertEquals("a", painted.name());
        assertNull(plain.colors());
    }

    @Test
    void aGeometryMayBeEmpty() {
        Geometry nothing =
                Geometry.triangles("nothing", new float[0], new int[0]).withColors(new byte[0]);

        assertEquals(Optional.empty(), nothing.bounds());
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void verticesThatAreNotFiniteAreRefused(float number) {
        for (int at = 0; at < 6; at++) {
            float[] vertices = new float[6];
            vertices[at] = number;
            String vertex = "vertex " + at / 3;
            assertRefused(vertex, () -> Geometry.triangles("a", vertices, new int[0]));
            assertRefused(vertex, () -> Geometry.points("a", vertices));
            assertRefused(vertex, () -> Geometry.line("a", vertices));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 5})
    void partsOfVerticesAreRefused(int length) {
        float[] vertices = new float[length];
        assertRefused("three coordinates each", () -> Geometry.triangles("a", vertices, new int[0]));
        assertRefused("three coordinates each", () -> Geometry.points("a", vertices));
        assertRefused("three coordinates each", () -> Geometry.line("a", vertices));
        assertRefused("three vertex numbers each", () -> Geometry.triangles("a", CORNERS, new int[length]));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void facesOfVerticesThatAreNotThereAreRefused(int vertex) {
        assertRefused(
                "face 1 uses vertex " + vertex + " of 3",
                () -> Geometry.triangles("a", CORNERS, new int[] {0, 1, 2, 0, vertex, 2}));
    }

    @Test
    void facesOfNoVerticesAreRefused() {
        assertRefused("of 0", () -> Geometry.triangles("a", new float[0], new int[3]));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 9, 11, 13, 16})
    void coloursAreFourBytesForEachVertex(int length) {
        assertRefused("four", () -> Geometry.points("a", CORNERS).withColors(new byte[length]));
        assertRefused("four", () -> Geometry.triangles("a", CORNERS, new int[0]).withColors(new byte[length]));
    }

    @Test
    void linesHaveNoColours() {
        assertRefused("line", () -> Geometry.line("a", CORNERS).withColors(new byte[12]));
    }

    @Test
    void aGeometryHasAName() {
        assertRefused("name", () -> Geometry.triangles("", CORNERS, new int[0]));
        assertRefused("name", () -> Geometry.points("", CORNERS));
        assertRefused("name", () -> Geometry.line("", CORNERS));
    }

    static void assertRefused(String because, Executable what) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, what);
        assertTrue(String.valueOf(refused.getMessage()).contains(because), refused::toString);
    }
}
