package org.copick.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a:b",
                "a<b",
                "a>b",
                "a|b",
                "a?b",
                "a*b",
                "a\"b",
                "a\\b",
                "a\tb",
                "\u0001",
                "a.",
                "a ",
                "...",
                " ",
                "CON",
                "con",
                "Nul",
                "nul.json",
                "COM1",
                "com9.tar.gz",
                "LPT\u00b2",
                "aux .json",
                "CONIN$",
                "prn"
            })
    void namesThatWindowsCannotHold(String name) {
        assertNotEquals("", WindowsNames.problem(name), name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                ".meta",
                ".zarray",
                " a",
                "a b",
                "0.0.0",
                "10.000_u_1_a.zarr",
                "CONSOLE",
                "COM10",
                "nulls",
                "a.con",
                "COM",
                "\u00e9",
                "a@b+c=d~e,f;g",
                "x-con"
            })
    void namesThatWindowsHolds(String name) {
        assertEquals("", WindowsNames.problem(name), name);
    }

    @Test
    void everyPartOfAKeyIsLookedAt() {
        assertEquals("", Names.problem("a/b c/d.json", true));
        assertNotEquals("", Names.problem("a/nul/d.json", true));
        assertNotEquals("", Names.problem("a\\b/c", true));
        assertNotEquals("", Names.problem("a/b.", true));
        assertEquals("", Names.problem("nul/a\\b/c.", false), "other systems allow these names");
    }
}
