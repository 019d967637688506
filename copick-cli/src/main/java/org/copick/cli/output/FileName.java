package org.copick.cli.output;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * File names that exports make from names in projects.
 *
 * <p>Characters that are special to a file system, a shell or a terminal are percent-encoded as in URLs, such as
 * {@code %1B}, one escape per byte of their UTF-8. Different names never become the same file name.
 */
public final class FileName {
    /** Separators, and the characters that Windows forbids. */
    private static final String REFUSED = "\\/:*?\"<>|";

    /** Device names of Windows, with any extension. */
    private static final Pattern DEVICE =
            Pattern.compile("(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\\..*)?", Pattern.CASE_INSENSITIVE);

    private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}");

    private FileName() {}

    /** Returns a safe file name for a name. */
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
            // an unpaired surrogate has no UTF-8; no valid character has these three bytes
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
