package org.copick.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.copick.error.InvalidConfigException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProjectConfigTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    @Tag("statement-3")
    void defaultsAreThoseOfPython() {
        ProjectConfig config = parse("{'overlay_root': '/o', 'pickable_objects': []}");
        assertEquals(Optional.of("CoPick"), config.name());
        assertEquals(Optional.of("Let's CoPick!"), config.description());
        assertEquals(Optional.of("0.2.0"), config.version());
        assertEquals("filesystem", config.configType());
        assertEquals(Optional.empty(), config.userId());
        assertEquals(Optional.empty(), config.runs());
        assertEquals(Optional.empty(), config.staticRoot());
        assertEquals(List.of(), config.objects());
    }

    @Test
    void filamentsAreDeclaredOnlyInObjects() {
        FilamentSpec polar = new FilamentSpec(true, null, null);
        Map<String, Object> nothing = new HashMap<>();
        nothing.put("copick", null);
        for (Map<String, Object> metadata :
                List.<Map<String, Object>>of(Map.of(), nothing, Map.of("copick", Map.of("note", "kept")))) {
            assertEquals(
                    Optional.of(polar),
                    ObjectDefinition.particle("mt")
                            .metadata(metadata)
                            .filament(polar)
                            .build()
                            .filament());
        }
        for (Map<String, Object> metadata :
                List.<Map<String, Object>>of(Map.of("copick", "free text"), Map.of("copick", Map.of("filament", 5)))) {
            ObjectDefinition.Builder builder = ObjectDefinition.particle("mt").metadata(metadata);
            assertThrows(InvalidConfigException.class, () -> builder.filament(polar), () -> "" + metadata);
        }
    }

    @Test
    void rootsOfOtherBackendsAreKept() {
        ProjectConfig config = parse("{'config_type': 'mlcroissant', 'croissant_url': 'u', 'pickable_objects': [],"
                + " 'static_root': 's', 'static_fs_args': {'profile': 'lab'}}");
        ProjectConfig saved = ProjectConfig.parse(config.toJson(), "saved");
        assertEquals(config, saved);
        assertEquals(Optional.of("s"), saved.staticRoot());
        assertEquals(Map.of("profile", "lab"), saved.staticFsArgs());
        assertFalse(parse("{'config_type': 'cryoet_data_portal', 'pickable_objects': []}")
                .toJson()
                .contains("static"));
    }

    @Test
    void theTomogramsOfAConfigurationCannotBeChanged() {
        var tomograms = parse("{'overlay_root': '/o', 'pickable_objects': [], 'tomograms': {'10.0': ['wbp']}}")
                .tomograms()
                .orElseThrow();
        assertThrows(UnsupportedOperationException.class, () -> tomograms.put(5.0, List.of()));
    }

    @Test
    void emptyFilesAreReportedAsEmpty() {
        for (String empty : List.of("", "\n")) {
            InvalidConfigException refused =
                    assertThrows(InvalidConfigException.class, () -> ProjectConfig.parse(empty, "a.json"));
            assertEquals("invalid configuration a.json: it is empty", refused.getMessage());
        }
    }

    @Test
    void explicitNullsStayNull() {
        ProjectConfig config = parse(
                "{'overlay_root': '/o', 'pickable_objects': [], 'name': null, 'static_fs_args': null, 'tomograms': null}");
        assertEquals(Optional.empty(), config.name());
        assertTrue(config.toJson().contains("\"static_fs_args\": null"));
        assertEquals(Map.of(), config.staticFsArgs());
        assertEquals(Optional.empty(), config.tomograms());
    }

    @Test
    @Tag("statement-7")
    void objectsAreReadAsPythonReadsThem() {
        ObjectDefinition object = object("'label': '3', 'radius': '2.5', 'emdb_id': null, 'metadata': null");
        assertEquals(OptionalLong.of(3), object.label());
        assertEquals(OptionalDouble.of(2.5), object.radius());
        assertEquals(Color.DEFAULT, object.color());
        assertTrue(object.metadata().isEmpty());
        assertTrue(object.isParticle());
        assertEquals(OptionalLong.of(1), object("'radius': 1").label(), "the default label is 1");
        assertEquals(OptionalLong.empty(), object("'label': null").label());
        assertEquals(OptionalLong.of(-7), object("'label': -7").label());
    }

    @Test
    @Tag("statement-5")
    void goIdIsTheOlderNameOfIdentifier() {
        assertEquals(Optional.of("GO:1"), object("'go_id': 'GO:1'").identifier());
        ObjectDefinition both = object("'identifier': 'GO:2', 'go_id': 'GO:1'");
        assertEquals(Optional.of("GO:1"), both.identifier(), "the older name wins");
        assertEquals("GO:1", both.identifier().orElseThrow());
        assertFalse(both.toJson().contains("go_id"), "and is saved under the newer one");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'label': 0;pickable_objects[0].label",
                "'label': 1.5;pickable_objects[0].label",
                "'color': [1, 2, 3];pickable_objects[0].color",
                "'color': [1, 2, 3, 4, 5];pickable_objects[0].color",
                "'color': [1, 2, 3, 256];pickable_objects[0].color",
                "'color': [1, 2, 3, -1];pickable_objects[0].color",
                "'name': 'a_b';pickable_objects[0].name",
                "'name': '';pickable_objects[0].name",
                "'is_particle': null;pickable_objects[0].is_particle",
                "'is_particle': 2;pickable_objects[0].is_particle",
                "'emdb_id': 1234;pickable_objects[0].emdb_id",
                "'metadata': [];pickable_objects[0].metadata",
                "'metadata': {'copick': {'filament': true}};metadata.copick.filament",
                "'metadata': {'copick': {'filament': {'helical_rise_a': 0}}};helical_rise_a",
                "'is_particle': false, 'metadata': {'copick': {'filament': {}}};is_particle"
            })
    @Tag("statement-6")
    @Tag("statement-74")
    void badObjectsAreRefusedByField(String field, String named) {
        var refused = assertThrows(InvalidConfigException.class, () -> object(field));
        assertTrue(String.valueOf(refused.getMessage()).contains(named), refused::getMessage);
    }

    @Test
    @Tag("statement-74")
    void filamentsAreDeclaredInTheMetadata() {
        assertTrue(object("'metadata': {'copick': {'filament': {}}}").filament().isPresent());
        assertTrue(
                object("'metadata': {'copick': {'filament': null}}").filament().isEmpty());
        assertTrue(object("'metadata': {'copick': 'free text'}").filament().isEmpty());
        var spec = object("'metadata': {'copick': {'filament': {'polar': true, 'helical_rise_a': 8.1, 'other': 1}}}")
                .filament()
                .orElseThrow();
        assertEquals(new FilamentSpec(true, 8.1, null), spec);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'pickable_objects': []};overlay_root",
                "{'overlay_root': '/o'};pickable_objects",
                "{'overlay_root': '/o', 'pickable_objects': null};pickable_objects",
                "{'overlay_root': '/o', 'pickable_objects': {}};pickable_objects",
                "{'overlay_root': '/o', 'pickable_objects': ['x']};pickable_objects[0]",
                "{'overlay_root': '/o', 'pickable_objects': [], 'user_id': 'a_b'};user_id",
                "{'overlay_root': '/o', 'pickable_objects': [], 'user_id': ''};user_id",
                "{'overlay_root': '/o', 'pickable_objects': [], 'session_id': 1};session_id",
                "{'overlay_root': '/o', 'pickable_objects': [], 'version': 1};version",
                "{'overlay_root': 5, 'pickable_objects': []};overlay_root",
                "{'overlay_root': '/o', 'pickable_objects': [], 'static_fs_args': []};static_fs_args",
                "{'overlay_root': '/o', 'pickable_objects': [], 'voxel_spacings': ['x']};voxel_spacings",
                "{'overlay_root': '/o', 'pickable_objects': [], 'tomograms': {'x': []}};tomograms",
                "[];JSON object",
                "{'overlay_root': '/o',};line 1",
                "nonsense;line 1",
                "{} {};line 1"
            })
    @Tag("statement-4")
    void badConfigurationsAreRefusedByField(String json, String named) {
        var refused = assertThrows(InvalidConfigException.class, () -> parse(json));
        assertTrue(String.valueOf(refused.getMessage()).contains(named), refused::getMessage);
        assertTrue(String.valueOf(refused.getMessage()).contains("here.json"), refused::getMessage);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'overlay_root': '/o', 'pickable_objects': [], 'overlay_fs_args': {'secret': 'hunter2'}, 'session_id': 'own_'}",
                "{'overlay_fs_args': {'secret': 'hunter2' 'x'}}",
                "{'overlay_root': '/o', 'pickable_objects': [], 'overlay_fs_args': 'hunter2'}"
            })
    void messagesHoldNoValues(String json) {
        var refused = assertThrows(InvalidConfigException.class, () -> parse(json));
        assertFalse(String.valueOf(refused.getMessage()).contains("hunter2"), refused::getMessage);
    }

    @Test
    void itsTextHoldsNoValuesOfArguments() {
        ProjectConfig config =
                parse("{'overlay_root': '/o', 'pickable_objects': [], 'overlay_fs_args': {'secret': 'hunter2'}}");
        assertFalse(config.toString().contains("hunter2"));
        assertTrue(config.toJson().contains("hunter2"), "but saving keeps them");
    }

    @Test
    @Tag("statement-14")
    @Tag("statement-15")
    void savingKeepsEverythingInPythonsOrder() throws Exception {
        String original = "{'unknown_field': [1, 2.50, {'deep': null}], 'name': 'größer', 'overlay_root': 's3://b/o',"
                + "'overlay_fs_args': {'anon': true}, 'static_root': '/s', 'tomograms': {'10.0': ['wbp']},"
                + "'voxel_spacings': [10, '7.84'], 'runs': ['a', 'b'],"
                + "'pickable_objects': [{'name': 'x', 'is_particle': true, 'extra': 1.0, 'radius': 60,"
                + "'metadata': {'n': 9007199254740993, 'x': 1.0, 'y': 1e-7}}]}";
        ProjectConfig config = parse(original);
        String saved = config.toJson();
        JsonNode tree = MAPPER.readTree(saved);

        List<String> names = new ArrayList<>();
        tree.fieldNames().forEachRemaining(names::add);
        assertEquals(
                List.of(
                        "name",
                        "description",
                        "version",
                        "pickable_objects",
                        "user_id",
                        "session_id",
                        "runs",
                        "voxel_spacings",
                        "tomograms",
                        "config_type",
                        "overlay_root",
                        "static_root",
                        "overlay_fs_args",
                        "static_fs_args",
                        "unknown_field"),
                names);
        assertTrue(saved.startsWith("{\n    \"name\": \"gr\\u00"), "indented by four, with ASCII escapes");
        assertTrue(saved.contains("\"unknown_field\": [\n        1,\n        2.50,"), saved);
        assertEquals(60.0, tree.at("/pickable_objects/0/radius").doubleValue());
        assertTrue(saved.contains("\"radius\": 60.0"), "a float in Python is one in JSON");
        assertTrue(saved.contains("9007199254740993") && saved.contains("\"x\": 1.0"), saved);
        assertEquals(1, tree.at("/pickable_objects/0/extra").intValue());
        assertEquals(10.0, tree.at("/voxel_spacings/0").doubleValue());
        assertEquals("wbp", tree.at("/tomograms/10.0/0").asText());
        assertEquals(saved, ProjectConfig.parse(saved, "saved").toJson(), "saving again changes nothing");
    }

    @Test
    void otherBackendsKeepTheirFields() {
        ProjectConfig config =
                parse("{'config_type': 'cryoet_data_portal', 'pickable_objects': [], 'dataset_ids': [10301]}");
        assertEquals("cryoet_data_portal", config.configType());
        assertTrue(config.toJson().contains("dataset_ids"));
        assertFalse(config.toJson().contains("static_root"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void newDefinitionsHaveFiniteNumbers(double number) {
        ObjectDefinition.Builder builder = ObjectDefinition.builder("x", true);
        assertEquals(
                "the radius of the object \"x\" cannot be " + number + "; give a finite number of Å, not negative",
                assertThrows(InvalidConfigException.class, () -> builder.radius(number))
                        .getMessage());
        assertEquals(
                "the map threshold of the object \"x\" cannot be " + number + "; give a finite number",
                assertThrows(InvalidConfigException.class, () -> builder.mapThreshold(number))
                        .getMessage());
        assertThrows(InvalidConfigException.class, () -> builder.radius(-5));
        assertEquals(
                OptionalDouble.of(0.0),
                builder.radius(0).mapThreshold(-1.5).build().radius());
    }

    @Test
    void storedNumbersThatAreNotFiniteStay() {
        ObjectDefinition object = object("'radius': NaN, 'map_threshold': -Infinity");
        assertEquals(OptionalDouble.of(Double.NaN), object.radius());
        assertEquals(
                OptionalDouble.of(Double.NaN),
                object.toBuilder().label(5).build().radius());
        assertEquals(OptionalDouble.of(-5.0), object("'radius': -5").radius());
    }

    @Test
    void deepNestingIsRefusedQuickly() {
        String deep = "[".repeat(100_000);
        assertThrows(InvalidConfigException.class, () -> ProjectConfig.parse("{\"x\": " + deep, "deep.json"));
    }

    private static ObjectDefinition object(String fields) {
        String name = fields.contains("'name'") ? "" : "'name': 'x', ";
        String particle = fields.contains("'is_particle'") ? "" : "'is_particle': 'yes', ";
        return parse("{'overlay_root': '/o', 'pickable_objects': [{" + name + particle + fields + "}]}")
                .objects()
                .get(0);
    }

    private static ProjectConfig parse(String json) {
        return ProjectConfig.parse(json.replace('\'', '"'), "here.json");
    }
}
