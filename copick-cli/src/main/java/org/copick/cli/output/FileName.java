package org.copick.cli.output;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names of files that exports make of names in projects. Characters that mean something else to a file system, a shell or a
 * terminal are written as in URLs, {@code %1B} for each byte of their UTF-8, so that two names never become one file.
 */
public final class FileName {
    /** Separators, and the characters that Windows does not allow. */
    private static final String REFUSED = "\\/:*?\"<>|";

    /** Devices of Windows, whatever the ending. */
    private static final Pattern DEVICE =
            Pattern.compile("(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\\..*)?", Pattern.CASE_INSENSITIVE);

    private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}");

    private FileName() {}

    /** The name of a file or folder. */
    public static String of(String name) {
        StringBuilder safe = new StringBuilder(name.length());
        boolean isDevice = DEVICE.matcher(name).matches();
        for (int i = 0; i < name.length(); ) {
            int character = name.codePointAt(i);
            int next = i + Character.charCount(character);
            boolean isFirst = i == 0 && (isDevice || character == '-' || character == '.');
            boolean isLast = next == name.length() && (character == '.' || character == ' ');
            if (isFirst || isLast || isUnsafe(character) || isEscape(name, i)) {
                escape(name.substring(i, next), safe);
            } else {
                safe.appendCodePoint(character);
            }
            i = next;
        }
        return safe.toString();
    }

    private static boolean isUnsafe(int character) {
        return Printable.isHostile(character) || REFUSED.indexOf(character) >= 0;
    }

    private static boolean isEscape(String name, int at) {
        return ESCAPE.matcher(name).region(at, name.length()).lookingAt();
    }

    private static void escape(String character, StringBuilder safe) {
        char unit = character.charAt(0);
        if (character.length() == 1 && Character.isSurrogate(unit)) {
            // half a character, which UTF-8 does not have; these three bytes are of nothing else
            append(0xe0 | (unit >> 12), safe);
            append(0x80 | ((unit >> 6) & 0x3f), safe);
            append(0x80 | (unit & 0x3f), safe);
            return;
        }
        for (byte each : character.getBytes(StandardCharsets.UTF_8)) {
            append(each & 0xff, safe);
        }
    }

    private static void append(int octet, StringBuilder safe) {
        safe.append(String.format(Locale.ROOT, "%%%02X", octet));
    }
}
