package org.copick.cli.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.copick.cli.Called;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that {@code add object --exist-ok} changes only the fields of the given options. */
final class AddObjectTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path folder;

    private Path config = Path.of("");

    @BeforeEach
    void project() throws IOException {
        config = Files.writeString(folder.resolve("copick.json"), """
                {"overlay_root": "overlay", "pickable_objects": [
                  {"name": "membrane", "is_particle": false, "label": 7, "color": [1, 2, 3, 4], "emdb_id": null,
                    "pdb_id": null, "identifier": "GO:1", "map_threshold": 0.5, "radius": 12.5, "metadata": {}},
                  {"name": "tubule", "is_particle": true, "label": 8, "color": [5, 6, 7, 8], "emdb_id": null,
                    "pdb_id": "1ABC", "identifier": null, "map_threshold": null, "radius": 125.0, "metadata":
                    {"lab": "a", "copick": {"filament": {"polar": true, "helical_rise_a": 40.5}}}}]}
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "membrane|--color=9,8,7,6|color|[9,8,7,6]",
                "membrane|--radius=3|radius|3.0",
                "membrane|--object-type=particle|is_particle|true",
                "membrane|--label=5|label|5",
                "membrane|--pdb-id=4V60|pdb_id|\"4V60\"",
                "tubule|--emdb-id=1234|emdb_id|\"1234\"",
                "tubule|--helical-twist=2.5|metadata|"
                        + "{\"lab\":\"a\",\"copick\":{\"filament\":{\"polar\":true,\"helical_rise_a\":40.5,"
                        + "\"helical_twist_deg\":2.5}}}",
                "tubule|--no-polar|metadata|"
                        + "{\"lab\":\"a\",\"copick\":{\"filament\":{\"polar\":false,\"helical_rise_a\":40.5}}}",
                "tubule|--metadata={\"b\":1}|metadata|"
                        + "{\"b\":1,\"copick\":{\"filament\":{\"polar\":true,\"helical_rise_a\":40.5}}}",
                "tubule|--object-type=particle|metadata|{\"lab\":\"a\"}"
            })
    void oneOptionChangesOneField(String object, String option, String field, String value) throws IOException {
        ObjectNode expected = object(object).deepCopy();
        expected.set(field, MAPPER.readTree(value));

        Called called = Called.copick("add", "object", "--name", object, "--exist-ok", option, "-c", config);

        assertEquals(0, called.status(), called::err);
        assertEquals(expected, object(object));
    }

    @Test
    void newObjectsHaveTheDefaults() throws IOException {
        assertEquals(
                0,
                Called.copick("add", "object", "--name", "new", "--exist-ok", "-c", config)
                        .status());
        assertEquals(50, object("new").get("radius").asDouble());
        assertTrue(object("new").get("is_particle").asBoolean());
        assertEquals(9, object("new").get("label").asInt());
    }

    @Test
    void filamentOptionsNeedAFilament() throws IOException {
        Called called =
                Called.copick("add", "object", "--name", "membrane", "--exist-ok", "--helical-rise", "4", "-c", config);
        assertEquals(2, called.status());
        assertFalse(object("membrane").has("copick"));
    }

    private JsonNode objects() throws IOException {
        return MAPPER.readTree(config.toFile()).get("pickable_objects");
    }

    private ObjectNode object(String name) throws IOException {
        for (JsonNode object : objects()) {
            if (object.get("name").asText().equals(name)) {
                return (ObjectNode) object;
            }
        }
        throw new AssertionError(name);
    }
}
