package org.copick.mesh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeshSceneTest {
    private static final float[] CORNERS = {0, 0, 0, 10, 0, 0, 0, 10, 0};

    @Test
    void aTriangleHasItsVerticesAndFaces() {
        MeshScene scene = Glb.triangle().scene();

        Geometry only = scene.geometries().get(0);
        assertArrayEquals(CORNERS, only.vertices());
        assertArrayEquals(new int[] {0, 1, 2}, only.faces());
        assertNull(only.colors());
        assertEquals(Optional.of(new Bounds(0, 0, 0, 10, 10, 0)), scene.bounds());
    }

    @Test
    void withoutIndicesEachThreeVerticesAreATriangle() {
        Glb glb = Glb.triangle();
        glb.primitive().remove("indices");

        assertArrayEquals(new int[] {0, 1, 2}, glb.scene().geometries().get(0).faces());
    }

    @Test
    void indicesMayBeOneOrFourBytesEach() {
        Glb bytes = Glb.triangle();
        bytes.primitive()
                .put("indices", bytes.accessor(bytes.view(new byte[] {2, 1, 0}), GltfCheck.UNSIGNED_BYTE, "SCALAR", 3));
        Glb ints = Glb.triangle();
        byte[] wide = ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(1)
                .putInt(2)
                .putInt(0)
                .array();
        ints.primitive().put("indices", ints.accessor(ints.view(wide), GltfCheck.UNSIGNED_INT, "SCALAR", 3));

        assertArrayEquals(new int[] {2, 1, 0}, bytes.scene().geometries().get(0).faces());
        assertArrayEquals(new int[] {1, 2, 0}, ints.scene().geometries().get(0).faces());
    }

    @Test
    void aStripTurnsEveryOtherTriangle() {
        Glb glb = Glb.triangle();
        glb.primitive().put("mode", 5);
        glb.primitive()
                .put(
                        "indices",
                        glb.accessor(glb.view(new byte[] {0, 1, 2, 0, 1}), GltfCheck.UNSIGNED_BYTE, "SCALAR", 5));

        assertArrayEquals(
                new int[] {0, 1, 2, 0, 2, 1, 2, 0, 1},
                glb.scene().geometries().get(0).faces());
    }

    @Test
    void verticesMayBeInterleavedWithOtherData() {
        Glb glb = Glb.triangle();
        ByteBuffer rows = ByteBuffer.allocate(20 * 3).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 3; i++) {
            for (int c = 0; c < 3; c++) {
                rows.putFloat(20 * i + 8 + 4 * c, CORNERS[3 * i + c]);
            }
        }
        int view = glb.view(rows.array());
        glb.object("/bufferViews/" + view).put("byteStride", 20);
        int accessor = glb.accessor(view, GltfCheck.FLOAT, "VEC3", 3);
        glb.object("/accessors/" + accessor).put("byteOffset", 8);
        glb.object("/meshes/0/primitives/0/attributes").put("POSITION", accessor);

        assertArrayEquals(CORNERS, glb.scene().geometries().get(0).vertices());
    }

    @Test
    void transformsOfParentsAreApplied() {
        Glb glb = Glb.triangle();
        glb.object("/nodes/0").putArray("translation").add(1).add(2).add(3);
        ObjectNode parent = glb.list("nodes").addObject().put("name", "parent");
        parent.putArray("scale").add(2).add(2).add(2);
        parent.putArray("children").add(0);
        glb.object("/scenes/0").putArray("nodes").add(1);

        MeshScene scene = glb.scene();

        assertEquals(Optional.of(new Bounds(2, 4, 6, 22, 24, 6)), scene.bounds());
        assertArrayEquals(
                new float[] {2, 4, 6, 22, 4, 6, 2, 24, 6}, scene.flatten().vertices());
        assertArrayEquals(new int[] {0, 1, 2}, scene.flatten().faces());
    }

    @Test
    void oneGeometryIsPlacedByEachOfItsNodes() {
        Glb glb = Glb.triangle();
        ObjectNode again = glb.list("nodes").addObject().put("mesh", 0);
        again.putArray("translation").add(100).add(0).add(0);
        glb.object("/scenes/0").putArray("nodes").add(0).add(1);

        MeshScene scene = glb.scene();

        assertEquals(1, scene.geometries().size());
        assertEquals(2, scene.instances().size());
        assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5}, scene.flatten().faces());
    }

    @Test
    void equalNamesGetNumbers() {
        Glb glb = Glb.triangle();
        glb.object("/meshes/0").put("name", "part");
        glb.list("meshes").add(glb.object("/meshes/0").deepCopy());
        glb.list("meshes").add(glb.object("/meshes/0").deepCopy());

        assertEquals(
                List.of("part", "part_1", "part_2"),
                glb.scene().geometries().stream().map(Geometry::name).toList());
    }

    @Test
    void coloursOfAnyTypeAreReadAsFourBytes() {
        Glb glb = Glb.triangle();
        glb.object("/meshes/0/primitives/0/attributes")
                .put("COLOR_0", glb.floats("VEC3", 0, 0.5f, 1, -3, 2, Float.NaN, 1, 1, 1));

        assertArrayEquals(
                new byte[] {0, (byte) 128, -1, -1, 0, -1, 0, -1, -1, -1, -1, -1},
                glb.scene().geometries().get(0).colors());
    }

    @Test
    void aFileWithNothingInItIsAnEmptyScene() {
        Glb glb = new Glb();

        assertEquals(List.of(), glb.scene().geometries());
        assertEquals(Optional.empty(), glb.scene().bounds());
        assertTrue(MeshScene.parse(
                        Glb.container("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8), new byte[0]), "empty")
                .instances()
                .isEmpty());
    }
}
