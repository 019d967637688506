package org.copick.tests.zarr;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.copick.cache.ChunkCache;
import org.copick.error.CopickException;
import org.copick.error.CorruptDataException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.zarr.Zarr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that opening an array refuses metadata that violate the format or require more memory than available. */
class HostileMetadataTest {
    private static final String VALID = "{\"zarr_format\":2,\"shape\":[4,4],\"chunks\":[2,2],\"dtype\":\"<f4\","
            + "\"compressor\":null,\"filters\":null,\"fill_value\":0,\"order\":\"C\"}";

    static Stream<String> broken() {
        return Stream.of(
                "",
                "{",
                "[]",
                "null",
                "\"text\"",
                "{}",
                "{\"zarr_format\":2}",
                VALID + "x",
                "{\"a\":".repeat(100_000),
                "[".repeat(100_000),
                with("\"zarr_format\":2", "\"zarr_format\":1"),
                with("\"zarr_format\":2", "\"zarr_format\":\"2\""),
                with("\"zarr_format\":2", "\"zarr_format\":4"),
                with("[4,4]", "[4]"),
                with("[4,4]", "[4,-4]"),
                with("[4,4]", "[4,4.5]"),
                with("[4,4]", "[4,\"4\"]"),
                with("[4,4]", "[4,null]"),
                with("[4,4]", "7.5"),
                with("[4,4]", "null"),
                with("[4,4]", "{}"),
                with("[4,4]", "[4611686018427387904,4611686018427387904]"),
                with("[4,4]", "[4,9223372036854775808]"),
                with("[4,4]", "[4,1e99]"),
                with("[2,2]", "[2]"),
                with("[2,2]", "[2,0]"),
                with("[2,2]", "[2,-2]"),
                with("[2,2]", "[65536,65536]"),
                with("[2,2]", "[2147483648,2]"),
                with("[2,2]", "[2147483647,2]"),
                with("[2,2]", "[268435456,1]"),
                with("[2,2]", "\"2,2\""),
                with("[4,4]", "[" + "1,".repeat(99) + "1]").replace("[2,2]", "[" + "1,".repeat(99) + "1]"),
                with("\"<f4\"", "4"),
                with("\"<f4\"", "null"),
                with("\"<f4\"", "\"\""),
                with("\"<f4\"", "\"<g\""),
                with("\"<f4\"", "\"<f99999999999\""),
                with("\"C\"", "\"A\""),
                with("\"C\"", "7"),
                with("\"order\":\"C\"", "\"order\":\"C\",\"dimension_separator\":\"..\""),
                with("\"fill_value\":0", "\"fill_value\":\"much\""),
                with("\"fill_value\":0", "\"fill_value\":[0]"),
                with("\"fill_value\":0", "\"fill_value\":{}"),
                with("\"<f4\"", "\"|u1\"").replace("\"fill_value\":0", "\"fill_value\":256"),
                with("\"<f4\"", "\"|u1\"").replace("\"fill_value\":0", "\"fill_value\":-1"),
                with("\"<f4\"", "\"<i8\"").replace("\"fill_value\":0", "\"fill_value\":9223372036854775808"),
                with("\"<f4\"", "\"<i4\"").replace("\"fill_value\":0", "\"fill_value\":1e999999999"),
                with("\"<f4\"", "\"<i4\"").replace("\"fill_value\":0", "\"fill_value\":0.5"),
                with("\"filters\":null", "\"filters\":7"),
                with("\"filters\":null", "\"filters\":[7]"),
                with("\"filters\":null", "\"filters\":[{}]"),
                with("\"filters\":null", "\"filters\":[" + "{\"id\":\"zlib\"},".repeat(99) + "{\"id\":\"zlib\"}]"),
                with("\"filters\":null", "\"filters\":[{\"id\":\"delta\"}]"),
                with("\"filters\":null", "\"filters\":[{\"id\":\"delta\",\"dtype\":\"<f3\"}]"),
                with("\"filters\":null", "\"filters\":[{\"id\":\"shuffle\",\"elementsize\":0}]"),
                with("\"filters\":null", "\"filters\":[{\"id\":\"shuffle\",\"elementsize\":-4}]"),
                with("\"filters\":null", "\"filters\":[{\"id\":\"shuffle\",\"elementsize\":\"4\"}]"),
                with("\"compressor\":null", "\"compressor\":\"blosc\""),
                with("\"compressor\":null", "\"compressor\":[]"),
                with("\"compressor\":null", "\"compressor\":{\"id\":5}"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void brokenMetadataAreRefused(String metadata) {
        CopickException refused = assertThrows(CopickException.class, () -> open(metadata));

        assertTrue(
                refused instanceof CorruptDataException || refused instanceof UnsupportedFeatureException,
                refused::toString);
        assertTrue(refused.toString().contains("memory:"), refused::toString);
        assertTrue(refused.toString().length() < 500, "the message is short");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<c8", "<c16", "|S5", "<U5", "|O", "<M8[ns]", "<m8[s]", "|V3", "<f16", "|b4"})
    void typesThatAreNotReadAreNamed(String type) {
        CopickException refused =
                assertThrows(CopickException.class, () -> open(VALID.replace("\"<f4\"", "\"" + type + "\"")));

        assertTrue(refused.toString().contains(type.substring(1)), refused::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lzma", "zfpy", "pcodec", "vlen-utf8", "json2"})
    void codecsThatAreNotReadAreNamed(String codec) {
        UnsupportedFeatureException refused = assertThrows(
                UnsupportedFeatureException.class,
                () -> open(VALID.replace("\"compressor\":null", "\"compressor\":{\"id\":\"" + codec + "\"}")));

        assertTrue(refused.toString().contains("unsupported codec \"" + codec + "\""), refused::toString);
    }

    private static void open(String metadata) {
        MemoryStore store = new MemoryStore();
        store.write("a/.zarray", metadata.getBytes(StandardCharsets.UTF_8), WriteCondition.ANY);
        new Zarr(ChunkCache.ofBytes(0)).open(store, "a");
    }

    private static String with(String part, String other) {
        return VALID.replace(part, other);
    }
}
