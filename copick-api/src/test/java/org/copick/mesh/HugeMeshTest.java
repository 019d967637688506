package org.copick.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.copick.error.CorruptDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that small files which describe huge meshes take neither long nor much memory. */
@Timeout(120)
class HugeMeshTest {
    @Test
    void aChainOfManyNodesIsWalkedWithoutRecursion() {
        int nodes = 100_000;
        Glb glb = Glb.triangle();
        for (int i = 1; i < nodes; i++) {
            ObjectNode node = glb.list("nodes").addObject();
            node.putArray("children").add(i - 1);
            node.putArray("translation").add(1).add(0).add(-2);
        }
        glb.object("/scenes/0").putArray("nodes").add(nodes - 1);

        MeshScene scene = glb.scene();

        assertEquals(1, scene.instances().size());
        Bounds bounds = scene.bounds().orElseThrow();
        assertEquals(nodes - 1, bounds.minX());
        assertEquals(-2 * (nodes - 1), bounds.minZ());
    }

    @Test
    void oneMeshMayBePlacedManyTimes() {
        int nodes = 50_000;
        Glb glb = Glb.triangle();
        ArrayNode placed = glb.object("/scenes/0").putArray("nodes").add(0);
        for (int i = 1; i < nodes; i++) {
            ObjectNode node = glb.list("nodes").addObject().put("mesh", 0).put("name", "same");
            node.putArray("translation").add(i).add(0).add(0);
            placed.add(i);
        }

        MeshScene scene = glb.scene();

        assertEquals(nodes, scene.instances().size());
        assertEquals(nodes + 9, scene.bounds().orElseThrow().maxX());
        assertEquals(3 * nodes, scene.flatten().faces().length);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void pathsThatDoubleWithEachNodeAreRefused(boolean sameChildTwice) {
        Glb glb = Glb.triangle();
        for (int level = 0; level < 40; level++) {
            int next = glb.list("nodes").size() + 1;
            ArrayNode children = glb.list("nodes").addObject().putArray("children");
            if (sameChildTwice) {
                children.add(next).add(next);
            } else {
                glb.list("nodes").addObject().putArray("children").add(next + 1);
                children.add(next).add(next + 1);
            }
        }
        glb.list("nodes").addObject().put("mesh", 0);
        glb.object("/scenes/0").putArray("nodes").add(1);

        assertThrows(CorruptDataException.class, glb::scene);
    }

    @Test
    void namesThatTakeLongToTellApartAreRefused() {
        Glb glb = Glb.triangle();
        for (int twice = 0; twice < 2; twice++) {
            for (int i = 0; i < 20_000; i++) {
                glb.list("nodes").addObject().put("name", "n_" + i);
            }
        }

        assertThrows(CorruptDataException.class, glb::scene);
    }

    @Test
    void accessorsWithoutDataAreBounded() {
        Glb glb = Glb.triangle();
        long most = Runtime.getRuntime().maxMemory() / 1_000_000;
        for (long i = 0; i <= most; i++) {
            glb.list("accessors")
                    .addObject()
                    .put("componentType", GltfCheck.UNSIGNED_BYTE)
                    .put("type", "SCALAR")
                    .put("count", 1_000_000);
        }

        assertThrows(CorruptDataException.class, glb::scene);
    }

    @Test
    void copiesBeyondMemoryAreNotFlattened() {
        int vertices = 100_000;
        Glb glb = Glb.triangle();
        glb.object("/meshes/0/primitives/0/attributes").put("POSITION", glb.floats("VEC3", new float[3 * vertices]));
        long copies = Runtime.getRuntime().maxMemory() / 4 / (12L * vertices) + 1;
        ArrayNode placed = glb.object("/scenes/0").putArray("nodes").add(0);
        for (int i = 1; i <= copies; i++) {
            glb.list("nodes").addObject().put("mesh", 0);
            placed.add(i);
        }
        MeshScene scene = glb.scene();

        CorruptDataException found = assertThrows(CorruptDataException.class, scene::flatten);

        assertTrue(found.toString().contains("instances()"), found::toString);
        assertEquals(copies + 1, scene.instances().size());
    }

    /** A JSON tree in memory is up to forty times as large as its text. */
    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "[[1]]", "{\"a\":[{}]}", "{\"a\":{\"a\":{}}}"})
    void aDescriptionOfEmptyThingsIsBounded(String thing) {
        StringBuilder json = new StringBuilder("{\"asset\": [" + thing);
        long tokens = Runtime.getRuntime().maxMemory() / 256;
        for (long i = 0; i < tokens / 2; i++) {
            json.append(',').append(thing);
        }
        byte[] file = Glb.container(json.append("]}").toString().getBytes(StandardCharsets.US_ASCII), new byte[0]);

        assertThrows(CorruptDataException.class, () -> MeshScene.parse(file, "file"));
    }

    @Test
    void aNumberOfManyDigitsIsRefused() {
        String digits = "9".repeat(2_000_000);
        for (String json : List.of(
                "{\"scene\": " + digits + "}",
                "{\"scene\": -" + digits + "." + digits + "}",
                "{\"scenes\": [{}], \"scene\": 1e" + digits + "}",
                "{\"scenes\": [{}], \"scene\": 1e99999999}")) {
            byte[] file = Glb.container(json.getBytes(StandardCharsets.US_ASCII), new byte[0]);
            assertThrows(CorruptDataException.class, () -> MeshScene.parse(file, "file"));
        }
    }
}
