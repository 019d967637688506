package org.copick.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import org.copick.error.InvalidNameException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EntityNamesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "mito*chondria;mito-chondria",
                "session with spaces;session-with-spaces",
                "user:with:invalid/chars;user-with-invalid-chars",
                "a__b;a--b",
                "segmentation<>name;segmentation--name",
                "-test-;test",
                "_a_;a",
                "x|y?z\"w;x-y-z-w",
                "good.picker-1+2,=@#%&!$()[]{}^~';good.picker-1+2,=@#%&!$()[]{}^~'"
            })
    @Tag("statement-16")
    @Tag("statement-17")
    @Tag("statement-19")
    void sanitizesAsPythonDoes(String name, String expected) {
        assertEquals(expected, EntityNames.sanitize(name));
        assertEquals(name.equals(expected), EntityNames.isSanitized(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "___", " ", "**", "\u0000"})
    @Tag("statement-17")
    void nothingLeftIsRefused(String name) {
        assertThrows(InvalidNameException.class, () -> EntityNames.sanitize(name));
    }

    @Test
    @Tag("statement-18")
    void replacesExactlyTheListedCodePoints() {
        Set<Integer> listed = new TreeSet<>();
        for (int c = 0; c <= 0x20; c++) {
            listed.add(c);
        }
        for (int c = 0x2000; c <= 0x200a; c++) {
            listed.add(c);
        }
        for (int c : new int[] {
            0x22, 0x2a, 0x2f, 0x3a, 0x3c, 0x3e, 0x3f, 0x5c, 0x5f, 0x7c, 0x7f, 0x85, 0xa0, 0x1680, 0x2028, 0x2029,
            0x202f, 0x205f, 0x3000
        }) {
            listed.add(c);
        }
        Set<Integer> replaced = new TreeSet<>();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (c != '-' && (c < 0xd800 || c > 0xdfff)) {
                String name = "a" + Character.toString(c) + "b";
                if (EntityNames.sanitize(name).equals("a-b")) {
                    replaced.add(c);
                } else {
                    assertEquals(name, EntityNames.sanitize(name), () -> "kept as it is");
                }
            }
        }
        assertEquals(listed, replaced);
    }

    @Test
    void creationIsStrictAndProposesAName() {
        var refused =
                assertThrows(InvalidNameException.class, () -> EntityNames.checkedForCreation("user id", "anna_b"));
        assertTrue(String.valueOf(refused.getMessage()).contains("\"anna-b\" would do"), refused::getMessage);
        assertEquals("anna.b", EntityNames.checkedForCreation("user id", "anna.b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", ".hidden", "..", ".", "a.", "a/b", "a\\b", "a\u0000", "x*", "x?", "T[1]", "a:b", " a", "a "
            })
    void runNamesThatWouldBreakSomethingAreRefused(String name) {
        assertThrows(InvalidNameException.class, () -> EntityNames.checkedRunName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TS_001", "grid 2 tomo-14", "run-4.b", "ä", "日本", "a+b=c@d"})
    void ordinaryRunNamesAreFine(String name) {
        assertEquals(name, EntityNames.checkedRunName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {".hidden", "a.", "..", "a\u0000b", "a/b"})
    void entityNamesThatWouldBreakSomethingAreRefused(String name) {
        var refused =
                assertThrows(InvalidNameException.class, () -> EntityNames.checkedForCreation("session id", name));
        assertFalse(String.valueOf(refused.getMessage()).contains("\u0000"), "control characters are shown, not sent");
    }
}
