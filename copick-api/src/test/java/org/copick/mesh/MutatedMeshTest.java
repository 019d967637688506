package org.copick.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.copick.error.CopickException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests valid files with random changes: they are read as consistent scenes or refused with a typed error. */
class MutatedMeshTest {
    private static final int ROUNDS = 700;

    @ParameterizedTest
    @ValueSource(strings = {"scene", "nested", "transforms", "colour-types", "modes"})
    void changedBytesAreReadOrRefused(String name) {
        byte[] valid = Glb.resource(name + ".glb");
        Random random = new Random(3);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] changed = valid.clone();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            assertReadOrRefused(changed, "round " + round + " of seed 3");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"scene", "nested", "transforms", "colour-types", "modes"})
    void changedDescriptionsAreReadOrRefused(String name) throws Exception {
        GlbContainer container = GlbContainer.parse(Glb.resource(name + ".glb"), name, new Findings());
        byte[] binary = new byte[container.binary().capacity()];
        container.binary().get(0, binary);
        Random random = new Random(4);
        for (int round = 0; round < ROUNDS; round++) {
            ObjectNode json = container.json().deepCopy();
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                change(json, random);
            }
            byte[] changed = Glb.container(Glb.MAPPER.writeValueAsBytes(json), binary);
            assertReadOrRefused(changed, "round " + round + " of seed 4: " + json);
        }
    }

    private static void assertReadOrRefused(byte[] file, String what) {
        try {
            MeshScene scene = MeshScene.parse(file, "changed");
            assertSound(scene, what);
            assertWritten(scene, what);
        } catch (CopickException expected) {
            assertTrue(expected.toString().contains(": changed"), () -> what + ": " + expected);
        } catch (RuntimeException | Error e) {
            fail(what, e);
        }
    }

    private static void assertSound(MeshScene scene, String what) {
        for (Geometry geometry : scene.geometries()) {
            int vertices = geometry.vertices().length / 3;
            byte[] colors = geometry.colors();
            assertTrue(colors == null || colors.length == 4 * vertices, what);
            for (int vertex : geometry.faces()) {
                assertTrue(vertex >= 0 && vertex < vertices, what);
            }
            assertNotInverted(geometry.bounds().orElse(null), what);
        }
        assertUnique(scene.geometries().stream().map(Geometry::name).toList(), what);
        assertUnique(scene.instances().stream().map(Instance::node).toList(), what);
        for (Instance instance : scene.instances()) {
            for (double number : instance.matrix()) {
                assertTrue(Double.isFinite(number), what);
            }
        }
        assertNotInverted(scene.bounds().orElse(null), what);
        int vertices = scene.flatten().vertices().length / 3;
        for (int vertex : scene.flatten().faces()) {
            assertTrue(vertex >= 0 && vertex < vertices, what);
        }
    }

    private static void assertWritten(MeshScene scene, String what) {
        MeshScene again = MeshScene.parse(scene.toGlb(), "changed");
        if (scene.geometries().stream().allMatch(geometry -> geometry.vertices().length > 0)) {
            SameScene.assertSame(scene, again, what);
        }
    }

    private static void assertNotInverted(@Nullable Bounds bounds, String what) {
        assertTrue(
                bounds == null
                        || !(bounds.minX() > bounds.maxX()
                                || bounds.minY() > bounds.maxY()
                                || bounds.minZ() > bounds.maxZ()),
                what);
    }

    private static void assertUnique(List<String> names, String what) {
        assertEquals(names.size(), new HashSet<>(names).size(), what);
    }

    /** Replaces, removes, adds or swaps one value at a random place. */
    private static void change(ObjectNode json, Random random) {
        List<Runnable> changes = new ArrayList<>();
        collect(json, random, changes);
        changes.get(random.nextInt(changes.size())).run();
    }

    private static void collect(JsonNode node, Random random, List<Runnable> changes) {
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> {
                changes.add(() -> object.set(name, other(random)));
                changes.add(() -> object.remove(name));
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                changes.add(() -> array.set(index, other(random)));
                changes.add(() -> array.add(other(random)));
                changes.add(
                        () -> array.add(array.get(random.nextInt(array.size())).deepCopy()));
            }
        }
        node.forEach(child -> collect(child, random, changes));
    }

    private static JsonNode other(Random random) {
        ArrayNode holder = Glb.MAPPER.createArrayNode();
        switch (random.nextInt(10)) {
            case 0 -> holder.add(random.nextInt(12));
            case 1 -> holder.add(-1);
            case 2 -> holder.add(1L << random.nextInt(63));
            case 3 -> holder.add(Double.MAX_VALUE);
            case 4 -> holder.add("text");
            case 5 -> holder.addNull();
            case 6 -> holder.addArray().add(1);
            case 7 -> holder.addObject().put("count", 3);
            case 8 -> holder.add(Double.NaN);
            default -> holder.add(random.nextBoolean());
        }
        return holder.get(0);
    }
}
