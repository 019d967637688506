package org.copick.mesh;

import static org.copick.mesh.GeometryTest.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that geometries are placed by nodes with unique names. */
class SceneBuilderTest {
    private static final Geometry TRIANGLE =
            Geometry.triangles("part", new float[] {0, 0, 0, 10, 0, 0, 0, 10, 0}, new int[] {0, 1, 2});
    private static final double[] IDENTITY = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};

    @Test
    void geometriesArePlacedOnNodesOfTheirNames() {
        MeshScene scene = MeshScene.of(TRIANGLE, Geometry.points("a", new float[] {0, 0, 7}));

        assertEquals(List.of("part", "a"), names(scene));
        assertEquals(List.of("a", "part"), nodes(scene));
        assertArrayEquals(IDENTITY, scene.instances().get(0).matrix());
        assertEquals(Optional.of(new Bounds(0, 0, 0, 10, 10, 7)), scene.bounds());
    }

    @Test
    void aGeometryMayBePlacedAgain() {
        double[] moved = {0, -1, 0, 5, 1, 0, 0, 6, 0, 0, 2, 7, 0, 0, 0, 1};

        MeshScene scene = MeshScene.builder()
                .place(TRIANGLE)
                .place(TRIANGLE, moved)
                .place("mine", TRIANGLE, moved)
                .place(TRIANGLE)
                .build();
        moved[3] = Double.NaN;

        assertEquals(List.of("part"), names(scene));
        assertEquals(List.of("mine", "part", "part_1", "part_2"), nodes(scene));
        assertArrayEquals(
                new double[] {0, -1, 0, 5, 1, 0, 0, 6, 0, 0, 2, 7, 0, 0, 0, 1},
                scene.instances().get(0).matrix());
        assertEquals(Optional.of(new Bounds(-5, 0, 0, 10, 16, 7)), scene.bounds());
    }

    @Test
    void laterPlacementsAppearInTheNextScene() {
        MeshScene.Builder builder = MeshScene.builder().place(TRIANGLE);
        MeshScene first = builder.build();
        MeshScene second = builder.place(TRIANGLE).build();

        assertEquals(List.of("part"), nodes(first));
        assertEquals(List.of("part", "part_1"), nodes(second));
    }

    @Test
    void worldIsReservedForTheRootNodeOfTrimesh() {
        Geometry world = Geometry.points("world", new float[3]);

        assertEquals(List.of("world_1"), nodes(MeshScene.of(world)));
        assertRefused("world", () -> MeshScene.builder().place("world", world, IDENTITY));
    }

    @Test
    void anEmptySceneHasNothing() {
        MeshScene scene = MeshScene.empty();

        assertTrue(scene.geometries().isEmpty());
        assertTrue(scene.instances().isEmpty());
        assertEquals(Optional.empty(), scene.bounds());
        assertEquals(0, scene.flatten().vertices().length);
    }

    @Test
    void twoGeometriesOfOneNameAreRefused() {
        Geometry other = TRIANGLE.withColors(new byte[12]);

        assertRefused("two geometries are called part", () -> MeshScene.of(TRIANGLE, other));
        assertRefused(
                "two geometries", () -> MeshScene.builder().place(TRIANGLE).place("b", other, IDENTITY));
    }

    @Test
    void aNodeThatIsThereIsNotReplaced() {
        MeshScene.Builder builder = MeshScene.builder().place(TRIANGLE).place("b", TRIANGLE, IDENTITY);

        assertRefused("a node b already", () -> builder.place("b", TRIANGLE, IDENTITY));
        assertRefused("a node part already", () -> builder.place("part", TRIANGLE, IDENTITY));
        assertRefused("name", () -> builder.place("", TRIANGLE, IDENTITY));
        assertEquals(List.of("b", "part"), nodes(builder.build()));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void transformsThatAreNotFiniteAreRefused(double number) {
        for (int i = 0; i < 16; i++) {
            double[] matrix = IDENTITY.clone();
            matrix[i] = number;
            assertRefused("not finite", () -> MeshScene.builder().place(TRIANGLE, matrix));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 13, 14, 15})
    void transformsGivenColumnByColumnAreRefused(int translation) {
        double[] matrix = IDENTITY.clone();
        matrix[translation] = 100;

        assertRefused("row by row", () -> MeshScene.builder().place(TRIANGLE, matrix));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 12, 15, 17})
    void transformsOfOtherSizesAreRefused(int length) {
        assertRefused("4 × 4", () -> MeshScene.builder().place(TRIANGLE, new double[length]));
        assertRefused("4 × 4", () -> MeshScene.builder().place("a", TRIANGLE, new double[length]));
    }

    private static List<String> names(MeshScene scene) {
        return scene.geometries().stream().map(Geometry::name).toList();
    }

    private static List<String> nodes(MeshScene scene) {
        return scene.instances().stream().map(Instance::node).toList();
    }
}
