package org.copick.cli;

import java.util.Locale;

/** Text for terminals: names in files and messages of parsers may hold line breaks and commands that move the cursor. */
final class Printable {
    private Printable() {}

    /** Joins lines by a space and escapes other control characters. */
    static String line(String text) {
        return text(text.replaceAll("\\s*[\\r\\n]+\\s*", " "));
    }

    /** Escapes control characters as JSON does, but not line feeds and tabs, which separate lines and columns. */
    static String text(String text) {
        int first = 0;
        while (first < text.length() && !isEscaped(text, first)) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 8).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            if (isEscaped(text, i)) {
                shown.append(String.format(Locale.ROOT, "\\u%04x", (int) text.charAt(i)));
            } else {
                shown.append(text.charAt(i));
            }
        }
        return shown.toString();
    }

    private static boolean isEscaped(String text, int at) {
        char c = text.charAt(at);
        // the line feed may come with the next piece of a text
        boolean endsLine = c == '\r' && (at + 1 == text.length() || text.charAt(at + 1) == '\n');
        return Character.isISOControl(c) && c != '\n' && c != '\t' && !endsLine;
    }
}
