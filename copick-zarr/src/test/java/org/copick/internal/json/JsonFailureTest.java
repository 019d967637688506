package org.copick.internal.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages about invalid JSON are readable, and name neither classes nor settings of the parser. */
class JsonFailureTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"a\": | Unexpected end-of-input within/between Object entries",
                "{\"a\": [1, | Unexpected end-of-input within/between Array entries",
                "{\"a\": [1 | Unexpected end-of-input: expected close marker for Array (opened at line 1, column 7)",
                "{\"a | Unexpected end-of-input in field name",
                "[1] 2 | there is more after the end"
            })
    void whatIsWrongIsSaid(String json, String expected) {
        assertEquals(expected, text(json));
    }

    @Test
    void settingsOfTheParserAreNotNamed() {
        for (String json : new String[] {
            "[".repeat(5000),
            "[" + "1".repeat(2000) + "]",
            "[1, 01]",
            "[.5]",
            "[nan]",
            "{\"a\": \"\n\"}",
            "{'a': 1}",
            "{a: 1}",
            "[1,]",
            "{\"" + "a".repeat(60_000) + "\": 1}"
        }) {
            String text = text(json);
            assertTrue(!text.contains("`") && !text.contains("Source:") && !text.contains("\n"), text);
        }
        assertEquals("Document nesting depth (201) exceeds the maximum allowed (200)", text("[".repeat(5000)));
    }

    private static String text(String json) {
        return JsonFailure.text(assertThrows(
                JsonProcessingException.class, () -> JsonTree.read(json.getBytes(StandardCharsets.UTF_8)), json));
    }
}
