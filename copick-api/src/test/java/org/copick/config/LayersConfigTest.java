package org.copick.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import org.copick.error.InvalidConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LayersConfigTest {
    private static final String THREE = """
            {"overlay_root": "/o", "static_root": "s3://b/s", "pickable_objects": [],
             "overlay_fs_args": {"auto_mkdir": true}, "static_fs_args": {"secret": "hunter2"},
             "layers": [
               {"name": "mine", "root": "/o", "colour": [1, 2]},
               {"name": "team", "root": "/t", "fs_args": {"key": "hunter3"}, "read_only": true},
               {"name": "public", "root": "s3://b/s", "fs_args": null}],
             "later": {"kept": null}}
            """;

    @Test
    void layersAreReadInOrder() {
        ProjectConfig config = ProjectConfig.parse(THREE, "x");
        List<LayerConfig> layers = layers(config);
        assertEquals(
                List.of("mine", "team", "public"),
                layers.stream().map(LayerConfig::name).toList());
        assertEquals(
                List.of(false, true, true),
                layers.stream().map(LayerConfig::readOnly).toList());
        assertEquals("{auto_mkdir=true}", String.valueOf(config.fsArgs(layers.get(0))), "those of the overlay");
        assertEquals("{key=hunter3}", String.valueOf(config.fsArgs(layers.get(1))), "its own");
        assertEquals("{secret=hunter2}", String.valueOf(config.fsArgs(layers.get(2))), "the static root's");
        assertFalse((config.toString() + layers).contains("hunter"), "secrets are not shown");
    }

    @Test
    void aConfigurationWithoutLayersHasNone() {
        assertEquals(
                Optional.empty(),
                ProjectConfig.parse("{\"overlay_root\": \"/o\", \"pickable_objects\": []}", "x")
                        .layers());
        assertFalse(ProjectConfig.parse("{\"overlay_root\": \"/o\", \"pickable_objects\": []}", "x")
                .toJson()
                .contains("layers"));
    }

    @Test
    void layersAreSavedAsTheyWereRead() throws Exception {
        ProjectConfig config = ProjectConfig.parse(THREE, "x");
        JsonNode saved = new ObjectMapper().readTree(config.toJson());
        assertEquals("[1,2]", saved.at("/layers/0/colour").toString());
        assertTrue(saved.at("/layers/0/fs_args").isMissingNode(), "secrets are not written twice");
        assertEquals("hunter3", saved.at("/layers/1/fs_args/key").textValue());
        assertTrue(saved.at("/later/kept").isNull());
        assertEquals(config, ProjectConfig.parse(config.toJson(), "x"));
        assertEquals(
                config.layers(),
                ProjectConfig.parse(config.withObjects(List.of()).toJson(), "x").layers());
    }

    @Test
    void layersOfOtherKindsOfProjectsAreLeftAlone() {
        ProjectConfig config =
                ProjectConfig.parse("{\"config_type\": \"portal\", \"pickable_objects\": [], \"layers\": 3}", "x");
        assertEquals(Optional.empty(), config.layers());
        assertEquals(3, config.unknown().get("layers"));
    }

    @Test
    void aProjectMayBeReadOnlyAltogether() {
        String json = config("{'name': 'a', 'root': '/o', 'read_only': true}");
        assertTrue(layers(ProjectConfig.parse(json, "x")).get(0).readOnly());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "3|layers must be a list",
                "[]|layers must hold at least one",
                "[3]|layers[0] must be an object",
                "[{}]|layers[0].name is missing",
                "[{'name': ''}]|layers[0].name must not be empty",
                "[{'name': 'a'}]|layers[0].root is missing",
                "[{'name': 'a', 'root': 1}]|layers[0].root must be text",
                "[{'name': 'a', 'root': '/o', 'fs_args': 'x'}]|layers[0].fs_args must be an object",
                "[{'name': 'a', 'root': '/o', 'read_only': 'perhaps'}]|layers[0].read_only must be true or false",
                "[{'name': 'a', 'root': '/o'}, {'name': 'a', 'root': '/s'}]|layers[1].name is also the name of another",
                "[{'name': 'a', 'root': '/o'}, {'name': 'b', 'root': '/s', 'read_only': false}]|only the first",
                "[{'name': 'a', 'root': '/o/'}, {'name': 'b', 'root': '/s'}]|overlay_root must be spelled exactly like",
                "[{'name': 'b', 'root': '/s'}, {'name': 'a', 'root': '/o'}]|overlay_root must be spelled exactly like",
                "[{'name': 'a', 'root': '/o'}, {'name': 'b', 'root': '/x'}]|static_root must be spelled exactly like"
            })
    void badLayersAreRefusedByField(String layers, String problem) {
        String json = ("{'overlay_root': '/o', 'static_root': '/s', 'pickable_objects': [], 'layers': " + layers + "}")
                .replace('\'', '"');
        var refused = assertThrows(InvalidConfigException.class, () -> ProjectConfig.parse(json, "x.json"));
        assertTrue(String.valueOf(refused.getMessage()).contains(problem), refused::getMessage);
        assertTrue(String.valueOf(refused.getMessage()).contains("x.json"), refused::getMessage);
    }

    private static String config(String layers) {
        return ("{'overlay_root': '/o', 'pickable_objects': [], 'layers': [" + layers + "]}").replace('\'', '"');
    }

    private static List<LayerConfig> layers(ProjectConfig config) {
        return config.layers().orElseThrow();
    }
}
