package org.copick.fs;

import java.util.Locale;
import java.util.Set;

/** Detects names that Windows cannot store, or would silently change. */
final class WindowsNames {
    private static final String FORBIDDEN = "<>:\"|?*\\";

    private static final Set<String> DEVICES = Set.of(
            "CON",
            "PRN",
            "AUX",
            "NUL",
            "CONIN$",
            "CONOUT$", //
            "COM0",
            "COM1",
            "COM2",
            "COM3",
            "COM4",
            "COM5",
            "COM6",
            "COM7",
            "COM8",
            "COM9", //
            "LPT0",
            "LPT1",
            "LPT2",
            "LPT3",
            "LPT4",
            "LPT5",
            "LPT6",
            "LPT7",
            "LPT8",
            "LPT9", //
            "COM\u00b9",
            "COM\u00b2",
            "COM\u00b3",
            "LPT\u00b9",
            "LPT\u00b2",
            "LPT\u00b3");

    private WindowsNames() {}

    /** Returns the problem on Windows with a name, which is one segment of a key; an empty text if there is none. */
    static String problem(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ') {
                return "a control character";
            }
            if (FORBIDDEN.indexOf(c) >= 0) {
                return "the character " + c;
            }
        }
        if (name.endsWith(".") || name.endsWith(" ")) {
            return "a dot or space at the end";
        }
        int dot = name.indexOf('.');
        String stem = (dot < 0 ? name : name.substring(0, dot)).stripTrailing().toUpperCase(Locale.ROOT);
        return DEVICES.contains(stem) ? "the device name " + stem : "";
    }
}
