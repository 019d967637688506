package org.copick.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.copick.error.CorruptDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that each field that geometries depend on is refused if it has a wrong value. */
class WrongFieldsTest {
    private static final List<String> NO_INDEX = List.of(
            "null",
            "true",
            "\"0\"",
            "{}",
            "[]",
            "[0]",
            "-1",
            "0.5",
            "NaN",
            "1e300",
            "2147483648",
            "9007199254740992",
            "-9007199254740993",
            "18446744073709551616",
            "1e99999999999999",
            "-1e99999999999999",
            "9".repeat(999));
    private static final List<String> NO_LIST = List.of(
            "null", "true", "\"0\"", "{}", "{\"0\": 0}", "0", "0.5", "[null]", "[\"0\"]", "[-1]", "[0.5]", "[[]]");

    @Test
    void theFileWithoutChangeIsRight() {
        MeshScene scene = whole().scene();

        assertEquals(1, scene.geometries().size());
        assertEquals(1, scene.instances().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/scene",
                "/buffers/0/byteLength",
                "/bufferViews/0/buffer",
                "/bufferViews/0/byteOffset",
                "/bufferViews/0/byteLength",
                "/bufferViews/0/byteStride",
                "/accessors/0/bufferView",
                "/accessors/0/byteOffset",
                "/accessors/0/componentType",
                "/accessors/0/type",
                "/accessors/0/count",
                "/meshes/0/primitives/0/mode",
                "/meshes/0/primitives/0/indices",
                "/meshes/0/primitives/0/attributes",
                "/meshes/0/primitives/0/attributes/POSITION",
                "/meshes/0/primitives/0/attributes/COLOR_0",
                "/nodes/0/mesh"
            })
    void aNumberIsAWholeNumberInRange(String field) {
        for (String value : NO_INDEX) {
            assertRefused(field, value);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/scene",
                "/bufferViews/0/buffer",
                "/accessors/0/bufferView",
                "/meshes/0/primitives/0/mode",
                "/meshes/0/primitives/0/indices",
                "/meshes/0/primitives/0/attributes/POSITION",
                "/meshes/0/primitives/0/attributes/COLOR_0",
                "/nodes/0/children/0",
                "/scenes/0/nodes/0"
            })
    void danglingReferencesAreRefused(String field) {
        for (String value : List.of("99", "1000000", "2147483647")) {
            assertRefused(field, value);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/buffers",
                "/bufferViews",
                "/accessors",
                "/meshes",
                "/nodes",
                "/scenes",
                "/meshes/0/primitives",
                "/nodes/0/children",
                "/scenes/0/nodes",
                "/nodes/0/matrix",
                "/nodes/0/translation",
                "/nodes/0/rotation",
                "/nodes/0/scale"
            })
    void wrongListsAreRefused(String field) {
        for (String value : NO_LIST) {
            assertRefused(field, value);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/buffers/0",
                "/bufferViews/0",
                "/accessors/0",
                "/meshes/0",
                "/nodes/0",
                "/nodes/1",
                "/scenes/0",
                "/scenes/1",
                "/meshes/0/primitives/0"
            })
    void anElementIsAnObject(String field) {
        for (String value : List.of("null", "true", "\"0\"", "0", "0.5", "[]", "[0]", "[{}]")) {
            assertRefused(field, value);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nodes/0/matrix/5", "/nodes/0/translation/0", "/nodes/0/rotation/3", "/nodes/0/scale/2"})
    void aTransformIsOfFiniteNumbers(String field) {
        for (String value : List.of(
                "null",
                "true",
                "\"1\"",
                "{}",
                "[]",
                "NaN",
                "Infinity",
                "-Infinity",
                "1e999",
                "1e99999999999999",
                "9".repeat(999))) {
            assertRefused(field, value);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/meshes/0/name", "/nodes/0/name"})
    void aNameIsText(String field) {
        for (String value : List.of("true", "0", "0.5", "{}", "[]", "[\"a\"]")) {
            assertRefused(field, value);
        }
    }

    /** Returns a file with every field that can describe a geometry. */
    private static Glb whole() {
        Glb glb = Glb.triangle();
        glb.object("/bufferViews/0").put("byteStride", 12);
        glb.object("/accessors/0").put("byteOffset", 0);
        glb.primitive().put("mode", 4);
        glb.object("/meshes/0/primitives/0/attributes").put("COLOR_0", 0);
        glb.object("/meshes/0").put("name", "mesh");
        ObjectNode node = glb.object("/nodes/0").put("name", "node");
        numbers(node.putArray("matrix"), 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1);
        numbers(node.putArray("translation"), 1, 2, 3);
        numbers(node.putArray("rotation"), 0, 0, 0, 1);
        numbers(node.putArray("scale"), 1, 1, 1);
        node.putArray("children").add(1);
        glb.list("nodes").addObject();
        glb.list("scenes").addObject();
        glb.json.put("scene", 0);
        glb.json.putArray("buffers").addObject().put("byteLength", 42);
        return glb;
    }

    private static void numbers(ArrayNode list, double... numbers) {
        for (double number : numbers) {
            list.add(number);
        }
    }

    private static void assertRefused(String field, String value) {
        Glb glb = whole();
        JsonPointer pointer = JsonPointer.compile(field);
        JsonNode holder = glb.json.at(pointer.head());
        JsonNode other = Glb.value(value);
        if (holder instanceof ArrayNode list) {
            list.set(pointer.last().getMatchingIndex(), other);
        } else {
            ((ObjectNode) holder).set(pointer.last().getMatchingProperty(), other);
        }
        assertThrows(CorruptDataException.class, glb::scene, () -> field + " = " + value);
    }
}
