package org.copick.mesh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.copick.error.CorruptDataException;
import org.copick.error.UnsupportedFeatureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests files of other programs: they are read as glTF defines, and what cannot be represented is named. */
class ForeignMeshTest {
    private static final float[] PYRAMID = {0, 0, 0, 100, 0, 0, 100, 100, 0, 0, 100, 0, 50, 50, 80};
    private static final int[] SIDES = {0, 1, 4, 1, 2, 4, 2, 3, 4, 3, 0, 4};

    @Test
    void aFanIsItsTriangles() {
        MeshScene scene = pyramid(6, 4, 0, 1, 2, 3, 0).scene();

        assertArrayEquals(SIDES, scene.geometries().get(0).faces());
        assertArrayEquals(PYRAMID, scene.geometries().get(0).vertices());
        assertFound(scene, "triangle fans", "GLTF");
    }

    @Test
    void aStripTurnsEveryOtherTriangleSoThatAllFaceTheSameWay() {
        MeshScene scene = pyramid(5, 0, 1, 4, 2, 3).scene();

        assertArrayEquals(
                new int[] {0, 1, 4, 2, 4, 1, 4, 2, 3}, scene.geometries().get(0).faces());
        assertEquals(List.of(), scene.findings());
    }

    @Test
    void trianglesWithoutAnAreaStay() {
        assertArrayEquals(
                new int[] {0, 1, 2, 2, 2, 1, 2, 2, 3, 4, 3, 2},
                pyramid(5, 0, 1, 2, 2, 3, 4).scene().geometries().get(0).faces());
        assertArrayEquals(
                new int[] {1, 1, 0, 1, 2, 0},
                pyramid(6, 0, 1, 1, 2).scene().geometries().get(0).faces());
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6})
    void twoVerticesMakeNoTriangle(int mode) {
        MeshScene scene = pyramid(mode, 0, 1).scene();

        assertEquals(0, scene.geometries().get(0).faces().length);
        assertEquals(5 * 3, scene.geometries().get(0).vertices().length);
    }

    @Test
    void aFanNeedsNoIndices() {
        Glb glb = pyramid(6, 0);
        glb.primitive().remove("indices");

        assertArrayEquals(
                new int[] {1, 2, 0, 2, 3, 0, 3, 4, 0},
                glb.scene().geometries().get(0).faces());
    }

    @Test
    void aFanOfVerticesThatAreNotThereIsRefused() {
        assertThrows(CorruptDataException.class, pyramid(6, 0, 1, 5)::scene);
    }

    @Test
    void aFanIsWrittenAsTriangles() {
        MeshScene scene = pyramid(6, 4, 0, 1, 2, 3, 0).scene();

        MeshScene again = MeshScene.parse(scene.toGlb(), "again");

        assertArrayEquals(SIDES, again.geometries().get(0).faces());
        assertEquals(List.of(), again.findings());
    }

    @Test
    void loopsAndStripsOfLinesAreNamed() {
        MeshScene loop = pyramid(2, 0, 1, 2, 3).scene();
        MeshScene strip = pyramid(3, 0, 1, 2, 3, 0).scene();

        assertEquals(List.of(), loop.geometries());
        assertEquals(List.of("line loops are not read, so not shown: GLTF"), loop.findings());
        assertEquals(List.of(), strip.geometries());
        assertEquals(List.of("line strips are not read, so not shown: GLTF"), strip.findings());
    }

    @Test
    void separateLinesAreNamed() {
        assertFound(pyramid(1, 0, 1, 2, 3).scene(), "separate lines", "GLTF");
        assertEquals(List.of(), pyramid(1, 0, 1, 1, 2, 2, 3, 3, 4).scene().findings(), "this is one line");
        Glb pairs = new Glb();
        pairs.floats("VEC3", 0, 0, 0, 1, 0, 0, 1, 0, 0, 2, 0, 0);
        place(pairs, 1);
        assertEquals(List.of(), pairs.scene().findings(), "the second line begins where the first one ends");
        Glb apart = new Glb();
        apart.floats("VEC3", 0, 0, 0, 1, 0, 0, 1, 0, 1, 2, 0, 0);
        place(apart, 1);
        assertFound(apart.scene(), "separate lines", "GLTF");
        assertFound(pyramid(1, 0, 77).scene(), "separate lines", "GLTF");
    }

    @Test
    void integersThatStandForFractionsAreScaled() {
        assertArrayEquals(
                new float[] {-1, -1, 0, 1, 64 / 127f, 0, 0, 0, -1},
                fractions(GltfCheck.BYTE, 1, -128, -127, 0, 127, 64, 0, 0, 0, -127));
        assertArrayEquals(
                new float[] {1, 51 / 255f, 0, 0, 0, 0, 0, 0, 0}, fractions(GltfCheck.UNSIGNED_BYTE, 1, 255, 51, 0, 0));
        assertArrayEquals(
                new float[] {-1, 1, 1 / 32767f, -1, 0, 0, 0, 0, 0},
                fractions(GltfCheck.SHORT, 2, -32768, 32767, 1, -32767));
        assertArrayEquals(
                new float[] {1, 13107 / 65535f, 0, 0, 0, 0, 0, 0, 0},
                fractions(GltfCheck.UNSIGNED_SHORT, 2, 65535, 13107));
    }

    @Test
    void theScaleOfTheNodeGivesQuantisedPositionsTheirSize() {
        Glb glb = new Glb();
        int view = glb.view(integers(2, 0, 0, 0, 0, 100, 0, 0, 0, 100, 100, 80, 0));
        glb.object("/bufferViews/" + view).put("byteStride", 8);
        glb.accessor(view, GltfCheck.SHORT, "VEC3", 3);
        glb.json.putArray("extensionsRequired").add("KHR_mesh_quantization").add("KHR_materials_unlit");
        place(glb, 4);
        glb.object("/nodes/0").putArray("scale").add(2).add(2).add(2);

        MeshScene scene = glb.scene();

        assertArrayEquals(
                new float[] {0, 0, 0, 100, 0, 0, 100, 100, 80},
                scene.geometries().get(0).vertices());
        assertEquals(Optional.of(new Bounds(0, 0, 0, 200, 200, 160)), scene.bounds());
        assertEquals(List.of(), scene.findings());
    }

    @Test
    void aMirroredTriangleKeepsItsOuterSide() {
        Glb glb = Glb.triangle();
        glb.object("/nodes/0").putArray("scale").add(-1).add(1).add(1);
        Glb twice = Glb.triangle();
        twice.object("/nodes/0").putArray("scale").add(-1).add(1).add(-1);

        assertArrayEquals(new int[] {2, 1, 0}, glb.scene().flatten().faces());
        assertArrayEquals(
                new float[] {0, 0, 0, -10, 0, 0, 0, 10, 0},
                glb.scene().flatten().vertices());
        assertArrayEquals(new int[] {0, 1, 2}, twice.scene().flatten().faces());
    }

    @Test
    void sparseElementsReplaceOthers() {
        Glb glb = Glb.triangle();
        glb.object("/accessors/0")
                .set(
                        "sparse",
                        glb.sparse(2, GltfCheck.UNSIGNED_SHORT, integers(2, 0, 2), Glb.floatBytes(1, 2, 3, 4, 5, 6)));

        MeshScene scene = glb.scene();

        assertArrayEquals(
                new float[] {1, 2, 3, 10, 0, 0, 4, 5, 6},
                scene.geometries().get(0).vertices());
        assertFound(scene, "sparse data", "GLTF");
    }

    @Test
    void sparseElementsReplaceZerosWithoutOtherData() {
        Glb glb = Glb.triangle();
        ObjectNode positions = glb.object("/accessors/0");
        positions.remove("bufferView");
        positions.set("sparse", glb.sparse(1, GltfCheck.UNSIGNED_INT, integers(4, 1), Glb.floatBytes(7, 8, 9)));
        ObjectNode indices = glb.object("/accessors/1");
        indices.set("sparse", glb.sparse(1, GltfCheck.UNSIGNED_BYTE, new byte[] {2}, integers(2, 0)));

        Geometry read = glb.scene().geometries().get(0);

        assertArrayEquals(new float[] {0, 0, 0, 7, 8, 9, 0, 0, 0}, read.vertices());
        assertArrayEquals(new int[] {0, 1, 0}, read.faces());
    }

    @Test
    void aRequiredExtensionThatIsNotKnownIsRefusedByName() {
        for (String name : List.of("EXT_mesh_gpu_instancing", "KHR_mesh_something", "ACME_shapes")) {
            Glb glb = Glb.triangle();
            glb.json.putArray("extensionsRequired").add("KHR_mesh_quantization").add(name);

            UnsupportedFeatureException refused = assertThrows(UnsupportedFeatureException.class, glb::scene);
            assertTrue(refused.toString().contains(name), refused::toString);
        }
    }

    @Test
    void compressionWithUncompressedDataIsIgnored() {
        Glb glb = Glb.triangle();
        glb.json.putArray("extensionsUsed").add("KHR_draco_mesh_compression");
        glb.primitive().putObject("extensions").putObject("KHR_draco_mesh_compression");

        assertArrayEquals(new int[] {0, 1, 2}, glb.scene().geometries().get(0).faces());
    }

    @Test
    void optionalExtensionsThatChangeTheSceneAreNamed() {
        Glb glb = Glb.triangle();
        ObjectNode node = glb.object("/nodes/0").put("name", "herd").put("skin", 0);
        node.putObject("extensions").putObject("EXT_mesh_gpu_instancing");
        node.putArray("weights").add(0).add(0.5);

        List<String> findings = glb.scene().findings();

        assertEquals(
                List.of(
                        "EXT_mesh_gpu_instancing is not applied, so nodes are shown once each: herd",
                        "skins are not applied; nodes show the mesh without its pose: herd",
                        "morph targets are not applied; nodes: herd"),
                findings);
    }

    @Test
    void theSceneThatIsShownIsTheOneThatTheFileNames() {
        Glb glb = Glb.triangle();
        glb.list("nodes")
                .addObject()
                .put("mesh", 0)
                .put("name", "far")
                .putArray("translation")
                .add(1000)
                .add(0)
                .add(0);
        ArrayNode scenes = glb.list("scenes");
        scenes.addObject().putArray("nodes").add(1);

        MeshScene first = glb.scene();
        glb.json.put("scene", 1);
        MeshScene second = glb.scene();

        assertEquals(Optional.of(new Bounds(0, 0, 0, 10, 10, 0)), first.bounds());
        assertEquals(
                List.of("not shown, because they are not in the scene that is shown: nodes: far"), first.findings());
        assertEquals(Optional.of(new Bounds(1000, 0, 0, 1010, 10, 0)), second.bounds());
        assertEquals(
                List.of("not shown, because they are not in the scene that is shown: nodes: 0"), second.findings());
    }

    @Test
    void withoutScenesOrNodesTheGeometryIsReadAndNamed() {
        Glb noScenes = Glb.triangle();
        noScenes.json.remove("scenes");
        Glb noNodes = Glb.triangle();
        noNodes.json.remove(List.of("scenes", "nodes"));

        assertArrayEquals(
                new int[] {0, 1, 2}, noScenes.scene().geometries().get(0).faces());
        assertEquals(
                List.of("not shown, because they are not in the scene that is shown: nodes: 0"),
                noScenes.scene().findings());
        assertEquals(1, noNodes.scene().geometries().size());
        assertEquals(
                List.of("not shown, because no node places them: geometries: GLTF"),
                noNodes.scene().findings());
    }

    @Test
    void manyPlacesAreCounted() {
        Glb glb = Glb.triangle();
        ArrayNode meshes = glb.list("meshes");
        for (int i = 0; i < 9; i++) {
            meshes.add(glb.object("/meshes/0").deepCopy().put("name", "part" + "x".repeat(200 * i)));
        }

        List<String> findings = glb.scene().findings();

        assertEquals(1, findings.size());
        assertTrue(findings.get(0).endsWith("… and 4 more"), findings::toString);
        assertTrue(findings.get(0).length() < 400, findings::toString);
    }

    @Test
    void verticesThatAreNotFiniteAreCounted() {
        Glb glb = new Glb();
        glb.floats("VEC3", Float.NaN, 0, 0, 1, Float.POSITIVE_INFINITY, 0, 0, Float.MAX_VALUE, Float.MAX_VALUE);
        place(glb, 4);

        assertEquals(
                List.of("vertices with coordinates that are not finite: 2 of GLTF"),
                glb.scene().findings());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"single", "scene", "copick-new", "copick-filled", "nested", "colours", "points", "quantized"})
    void filesThatPythonWroteLoseNothing(String name) {
        assertEquals(
                List.of(), MeshScene.parse(Glb.resource(name + ".glb"), name).findings());
    }

    private static Glb pyramid(int mode, int... indices) {
        Glb glb = new Glb();
        glb.floats("VEC3", PYRAMID);
        place(glb, mode);
        glb.primitive()
                .put(
                        "indices",
                        glb.accessor(
                                glb.view(integers(1, indices)), GltfCheck.UNSIGNED_BYTE, "SCALAR", indices.length));
        return glb;
    }

    /** Uses the first accessor as positions of a new mesh with one primitive, placed by one node. */
    private static void place(Glb glb, int mode) {
        ObjectNode primitive = glb.list("meshes")
                .addObject()
                .putArray("primitives")
                .addObject()
                .put("mode", mode);
        primitive.putObject("attributes").put("POSITION", 0);
        glb.list("nodes").addObject().put("mesh", 0);
        glb.json.putArray("scenes").addObject().putArray("nodes").add(0);
    }

    private static float[] fractions(int type, int bytes, int... values) {
        Glb glb = new Glb();
        int[] nine = Arrays.copyOf(values, 9);
        glb.accessor(glb.view(integers(bytes, nine)), type, "VEC3", 3);
        glb.object("/accessors/0").put("normalized", true);
        place(glb, 4);
        MeshScene scene = glb.scene();
        assertFound(scene, "normalised integers", "GLTF");
        return scene.geometries().get(0).vertices();
    }

    private static byte[] integers(int bytes, int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            switch (bytes) {
                case 1 -> buffer.put((byte) value);
                case 2 -> buffer.putShort((short) value);
                default -> buffer.putInt(value);
            }
        }
        return buffer.array();
    }

    private static void assertFound(MeshScene scene, String what, String where) {
        assertEquals(1, scene.findings().size(), scene.findings()::toString);
        String finding = scene.findings().get(0);
        assertTrue(finding.contains(what) && finding.endsWith(": " + where), finding);
    }
}
