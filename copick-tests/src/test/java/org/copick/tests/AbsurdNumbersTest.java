package org.copick.tests;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.copick.cache.ChunkCache;
import org.copick.config.ProjectConfig;
import org.copick.error.CopickException;
import org.copick.picks.FilamentsDocument;
import org.copick.picks.PicksDocument;
import org.copick.storage.WriteCondition;
import org.copick.zarr.Multiscale;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrGroup;
import org.copick.zarr.ZarrNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests numbers that exceed every type of the JVM, in every place of every document: kept exactly, or a typed error.
 */
class AbsurdNumbersTest {
    private static final Pattern NUMBER =
            Pattern.compile("(?<=[:\\[,]) *-?[0-9]+(\\.[0-9]+)?(e[+-]?[0-9]+)?(?=[,\\]}])");
    private static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final String CONFIG = """
            {"config_type":"filesystem","name":"k","overlay_root":"o","voxel_spacings":[10],"zz":7,"yy":[{"a":7}],
            "disk_cache":{"path":"cache","max_bytes":7},"overlay_fs_args":{"a":7},
            "pickable_objects":[{"name":"a","is_particle":1,"label":7,"radius":7,"map_threshold":7,"color":[7,7,7,7],
            "zz":7,"metadata":{"q":[7],"copick":{"filament":{"polar":1,"helical_rise_a":7,"helical_twist_deg":7}}}}]}
            """;
    private static final String PICKS = """
            {"pickable_object_name":"a","user_id":"u","session_id":"1","run_name":"r","voxel_spacing":7,"unit":"angstrom",
            "zz":7,"trust_orientation":1,"points":[{"location":{"x":7,"y":7,"z":7},"zz":[7],
            "transformation_":[[7,0,0,7],[0,1,0,0],[0,0,1,0],[0,0,0,1]],"instance_id":7,"score":7}]}
            """;
    private static final String FILAMENTS = """
            {"pickable_object_name":"a","user_id":"u","session_id":"1","run_name":"r","voxel_spacing":7,"unit":"angstrom",
            "version":1,"zz":7,"filaments":[{"instance_id":7,"points":[[7,0,0],[9,9,9]],"polarity_known":1,"score":7,"radius":7,
            "metadata":{"q":7},"zz":7,"curve":{"kind":"catmull-rom","control_points":[[7,0,0],[9,9,9]],"step":7,"alpha":0.5,
            "degree":3,"smoothing":7,"knots":[7],"zz":7}}]}
            """;
    private static final String ARRAY_2 = """
            {"zarr_format":2,"shape":[4,4],"chunks":[4,4],"dtype":"TYPE","filters":[{"id":"shuffle","elementsize":4}],
            "compressor":{"id":"blosc","clevel":5,"shuffle":1,"blocksize":0},"order":"C","fill_value":7}
            """;
    private static final String ARRAY_3 = """
            {"zarr_format":3,"node_type":"array","shape":[4,4],"data_type":"TYPE","chunk_key_encoding":{"name":"default"},
            "chunk_grid":{"name":"regular","configuration":{"chunk_shape":[4,4]}},"fill_value":7,
            "codecs":[{"name":"sharding_indexed","configuration":{"chunk_shape":[2,2],"codecs":[{"name":"bytes"},
            {"name":"zstd","configuration":{"level":3}},{"name":"numcodecs.shuffle","configuration":{"elementsize":4}}],
            "index_codecs":[{"name":"bytes"},{"name":"crc32c"}]}}]}
            """;
    private static final String GROUP = """
            {"zz":7,"multiscales":[{"version":0.4,"axes":[{"name":"z","unit":"angstrom"},{"name":"y","unit":"nanometer"}],
            "datasets":[{"path":"0","coordinateTransformations":[{"type":"scale","scale":[7,7]},
            {"type":"translation","translation":[7,7]}]}],
            "coordinateTransformations":[{"type":"scale","scale":[7,7]}]}]}
            """;

    static List<String> numbers() {
        return List.of(
                "1e99999999999999",
                "-1e99999999999999",
                "1e-99999999999999",
                "1e2147483647",
                "1e-2147483647",
                "1e9999999",
                "1e400",
                "1e-400",
                "4.9406564584124654e-324",
                "1.00000000000000000000001",
                "12345678901234567890",
                "9223372036854775808",
                "-9223372036854775809",
                "1e19",
                "9".repeat(999),
                "-" + "9".repeat(999),
                "9".repeat(1000),
                "9".repeat(1001),
                "9".repeat(100_000),
                "0." + "3".repeat(990),
                "0." + "3".repeat(2000),
                "1" + "3".repeat(990) + "e5",
                "1" + "0".repeat(400) + ".5");
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void configurationsKeepThemOrAreRefused(String number) {
        everywhere(CONFIG, number, json -> {
            ProjectConfig config = ProjectConfig.parse(json, "here");
            String saved = config.toJson();
            assertEquals(saved, ProjectConfig.parse(saved, "there").toJson());
            assertKept(json, saved, "/zz", "/yy", "/pickable_objects/0/zz", "/pickable_objects/0/metadata");
        });
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void picksKeepThemOrAreRefused(String number) {
        everywhere(PICKS, number, json -> {
            PicksDocument picks = PicksDocument.parse(json.getBytes(StandardCharsets.UTF_8), "here");
            byte[] saved = picks.toJson();
            assertEquals(picks, PicksDocument.parse(saved, "there"));
            assertKept(json, new String(saved, StandardCharsets.UTF_8), "/zz", "/points/0/zz");
        });
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void filamentsKeepThemOrAreRefused(String number) {
        everywhere(FILAMENTS, number, json -> {
            FilamentsDocument filaments = FilamentsDocument.parse(json.getBytes(StandardCharsets.UTF_8), "here");
            byte[] saved = filaments.toJson();
            assertEquals(filaments, FilamentsDocument.parse(saved, "there"));
            String text = new String(saved, StandardCharsets.UTF_8);
            assertKept(json, text, "/zz", "/filaments/0/zz", "/filaments/0/metadata", "/filaments/0/curve/zz");
        });
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void zarrMetadataAreReadOrRefused(String number) {
        for (String type : List.of("<f4", "<f8", "<u8", "|u1", "|b1", "<f2")) {
            everywhere(ARRAY_2.replace("TYPE", type), number, json -> open(".zarray", json));
        }
        for (String type : List.of("float32", "float64", "uint64", "uint8", "bool", "float16")) {
            everywhere(ARRAY_3.replace("TYPE", type), number, json -> open("zarr.json", json));
        }
        everywhere(GROUP, number, json -> {
            if (open(".zattrs", json) instanceof ZarrGroup group) {
                assertTrue(group.attributes().size() > 0);
                Multiscale.of(group);
            }
        });
    }

    private static ZarrNode open(String key, String json) {
        MemoryStore store = new MemoryStore();
        if (key.equals(".zattrs")) {
            store.write(".zgroup", "{\"zarr_format\":2}".getBytes(StandardCharsets.UTF_8), WriteCondition.ANY);
            String array = ARRAY_2.replace("TYPE", "<f4");
            store.write("0/.zarray", array.getBytes(StandardCharsets.UTF_8), WriteCondition.ANY);
        }
        store.write(key, json.getBytes(StandardCharsets.UTF_8), WriteCondition.ANY);
        return new Zarr(ChunkCache.ofBytes(0)).open(store, "").orElseThrow();
    }

    /** A reader of a document. */
    @FunctionalInterface
    private interface Reading {
        void of(String json) throws IOException;
    }

    private static void everywhere(String document, String number, Reading reading) {
        assertDoesNotThrow(() -> reading.of(document), "the unchanged document is read");
        List<String> changed = new ArrayList<>();
        for (Matcher place = NUMBER.matcher(document); place.find(); ) {
            changed.add(document.substring(0, place.start()) + number + document.substring(place.end()));
            changed.add(document.substring(0, place.start()) + "\"" + number + "\"" + document.substring(place.end()));
        }
        assertTrue(changed.size() > 8, document);
        for (String json : changed) {
            try {
                reading.of(json);
            } catch (CopickException e) {
                assertTrue(e.toString().length() < 1000, e::toString);
            } catch (IOException | RuntimeException | Error e) {
                fail(json.length() > 3000 ? json.substring(0, 3000) : json, e);
            }
        }
    }

    /** Checks that the values at these places are numerically equal, and that fractions have not become integers. */
    private static void assertKept(String json, String saved, String... places) throws IOException {
        JsonNode original = exactly(json);
        JsonNode copy = exactly(saved);
        for (String place : places) {
            JsonNode before = original.at(place);
            JsonNode after = copy.at(place);
            assertTrue(isSame(before, after), () -> place + ": " + before + " became " + after);
        }
    }

    private static JsonNode exactly(String json) throws IOException {
        // even this mapper cannot read this number; as a string it differs from every number that it could be changed
        // to
        return EXACT.readTree(json.replaceAll("(?<!\")-?1e-?99999999999999(?!\")", "\"$0\""));
    }

    private static boolean isSame(JsonNode before, JsonNode after) {
        if (before.isNumber() && after.isNumber()) {
            BigDecimal value = before.decimalValue();
            return before.isIntegralNumber() == after.isIntegralNumber() && value.compareTo(after.decimalValue()) == 0;
        }
        if (!before.isContainerNode() || before.size() != after.size()) {
            return before.equals(after);
        }
        if (before.isArray()) {
            for (int i = 0; i < before.size(); i++) {
                if (!isSame(before.get(i), after.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return before.properties().stream()
                .allMatch(field -> after.has(field.getKey()) && isSame(field.getValue(), after.get(field.getKey())));
    }

    @Test
    void namedNumbersStayNumbers() throws IOException {
        String config = CONFIG.replace("\"zz\":7", "\"zz\":[NaN,-Infinity,Infinity]");
        String saved = ProjectConfig.parse(config, "here").toJson();
        assertTrue(saved.contains("NaN") && saved.contains("-Infinity") && !saved.contains("\"NaN\""), saved);
        assertEquals(saved, ProjectConfig.parse(saved, "there").toJson());
    }

    @Test
    void moreValuesThanTheHeapHoldsAreRefused() {
        long most = Runtime.getRuntime().maxMemory() / 512;
        assumeTrue(most < 20_000_000, "the heap is too large for a quick test");
        String many = "[" + "[],".repeat((int) most) + "1]";
        ZarrGroup group = (ZarrGroup) open(".zattrs", "{\"a\":" + many + "}");
        refused(group::attributes);
        refused(() -> ProjectConfig.parse(CONFIG.replace("\"zz\":7", "\"zz\":" + many), "here"));
        byte[] picks = PICKS.replace("\"zz\":7", "\"zz\":" + many).getBytes(StandardCharsets.UTF_8);
        refused(() -> PicksDocument.parse(picks, "here"));
    }

    private static void refused(Executable reading) {
        CopickException refused = assertThrows(CopickException.class, reading);
        assertTrue(String.valueOf(refused.getMessage()).contains("-Xmx"), refused::toString);
    }
}
