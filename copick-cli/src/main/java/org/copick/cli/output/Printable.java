package org.copick.cli.output;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Text for people: names in stores and messages of parsers may hold line breaks, commands that move the cursor, and
 * characters that reorder or hide others. They are escaped as in JSON: {@code \n}, {@code \t}, {@code \r} or the code of each
 * UTF-16 unit, as in {@code \u001b}. So the escapes mean the same where the text is JSON.
 */
public final class Printable {
    private Printable() {}

    /** Prints a row of columns with tabs between them. */
    public static void row(PrintWriter out, String... cells) {
        out.print(Arrays.stream(cells).map(Printable::line).collect(Collectors.joining("\t")));
        out.println();
    }

    /**
     * Prints the row of something that was to be written.
     *
     * @param isThere whether it was not written, because an equal one exists
     */
    public static void writtenRow(PrintWriter out, boolean isThere, String... cells) {
        String[] row = Arrays.copyOf(cells, cells.length + (isThere ? 1 : 0));
        if (isThere) {
            row[cells.length] = "there already";
        }
        row(out, row);
    }

    /** A number of bytes as a person reads it. */
    public static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 999.5 && unit < 4) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.3g %sB", value, "kMGTP".charAt(unit));
    }

    /** Escapes all of a text, so that it is one line or one cell. */
    public static String line(String text) {
        return escaped(text, true);
    }

    /** Escapes a text of our own, in which line feeds and tabs are meant. */
    static String text(String text) {
        return escaped(text, false);
    }

    /** Joins the lines of a message of another library. */
    public static String joined(String text) {
        return text.replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }

    /** Whether a character would do something to the text around it, or be invisible. */
    public static boolean isHostile(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static String escaped(String text, boolean ofOneLine) {
        int first = 0;
        while (first < text.length() && isPlain(text.charAt(first))) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 8).append(text, 0, first);
        for (int i = first; i < text.length(); ) {
            int character = text.codePointAt(i);
            int length = Character.charCount(character);
            if (!isHostile(character) || (!ofOneLine && isMeant(text, i))) {
                shown.appendCodePoint(character);
            } else {
                for (int unit = i; unit < i + length; unit++) {
                    escape(text.charAt(unit), shown);
                }
            }
            i += length;
        }
        return shown.toString();
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x7f;
    }

    private static boolean isMeant(String text, int at) {
        char c = text.charAt(at);
        // the line feed may come with the next piece of a text
        boolean endsLine = c == '\r' && (at + 1 == text.length() || text.charAt(at + 1) == '\n');
        return c == '\n' || c == '\t' || endsLine;
    }

    private static void escape(char unit, StringBuilder shown) {
        switch (unit) {
            case '\n' -> shown.append("\\n");
            case '\r' -> shown.append("\\r");
            case '\t' -> shown.append("\\t");
            default -> shown.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
        }
    }
}
