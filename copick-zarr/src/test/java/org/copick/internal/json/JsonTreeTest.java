package org.copick.internal.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Trees equal those of Jackson's mapper, and text that the mapper rejects is rejected. */
class JsonTreeTest {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(200).build())
            .configure(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS, true)
            .build();
    private static final ObjectMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectMapper EXACT = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final String[] SCALARS = {
        "0",
        "-7",
        "2147483648",
        "123456789012345678901234567890",
        "1.50",
        "-0.0",
        "1e3",
        "1.0E-400",
        "NaN",
        "-Infinity",
        "true",
        "false",
        "null",
        "\"\"",
        "\"a\\u00e9\\n\\\"\"",
        "\"\ud83d\ude00\""
    };

    @FunctionalInterface
    private interface Reader {
        JsonNode read() throws IOException;
    }

    private static void assertSame(String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        compare(json, () -> MAPPER.readTree(bytes), () -> JsonTree.read(bytes));
        compare(json, () -> EXACT.readTree(json), () -> JsonTree.readExactly(json));
    }

    private static void compare(String json, Reader wanted, Reader reader) throws IOException {
        @Nullable JsonNode expected;
        try {
            expected = wanted.read();
        } catch (JsonProcessingException e) {
            assertThrows(JsonProcessingException.class, reader::read, json);
            return;
        }
        JsonNode tree = reader.read();
        assertEquals(expected, tree, json);
        assertEquals(expected.getClass(), tree.getClass(), json);
        assertEquals(expected.toString(), tree.toString());
        assertEquals(MAPPER.convertValue(expected, Object.class), JsonTree.plain(tree), json);
    }

    private static String random(Random random, int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(3);
        StringBuilder json = new StringBuilder();
        switch (kind) {
            case 0 -> json.append(SCALARS[random.nextInt(SCALARS.length)]);
            case 1 -> {
                json.append('[');
                for (int i = random.nextInt(4); i > 0; i--) {
                    json.append(random(random, depth - 1)).append(i > 1 ? ", " : "");
                }
                json.append(']');
            }
            default -> {
                json.append('{');
                for (int i = random.nextInt(4); i > 0; i--) {
                    json.append('"').append((char) ('a' + random.nextInt(3))).append("\": ");
                    json.append(random(random, depth - 1)).append(i > 1 ? "," : "");
                }
                json.append('}');
            }
        }
        return json.toString();
    }

    @Test
    void readsWhatTheMapperReads() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            String json = random(random, 4);
            assertSame(json);
            // also truncated, and with one character changed
            assertSame(json.substring(0, random.nextInt(json.length())));
            StringBuilder changed = new StringBuilder(json);
            changed.setCharAt(random.nextInt(json.length()), "{}[],:\"1a ".charAt(random.nextInt(10)));
            assertSame(changed.toString());
        }
    }

    @Test
    void refusesWhatIsDeepOrLong() throws IOException {
        for (int depth : new int[] {199, 200, 201, 100_000}) {
            assertSame("[".repeat(depth) + "]".repeat(depth));
        }
        assertSame("1".repeat(2000));
        assertSame("0." + "1".repeat(2000));
        assertSame("{} {}");
        assertSame(" ");
    }
}
