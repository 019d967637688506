package org.copick.cli.output;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Escaping of texts that are printed for people.
 *
 * <p>Names in stores and messages of parsers may hold line breaks, terminal commands, and characters that reorder or
 * hide text. They are escaped as in JSON: {@code \n}, {@code \t}, {@code \r}, or the code of each UTF-16 unit such as
 * {@code \u001b}. JSON text therefore keeps its meaning.
 */
public final class Printable {
    private Printable() {}

    /** Prints a row of cells, separated by tabs. */
    public static void row(PrintWriter out, String... cells) {
        out.print(Arrays.stream(cells).map(Printable::line).collect(Collectors.joining("\t")));
        out.println();
    }

    /**
     * Prints the row of an entity to write; an existing equal one is marked {@code there already}.
     *
     * @param isThere whether an equal one existed and nothing was written
     */
    public static void writtenRow(PrintWriter out, boolean isThere, String... cells) {
        String[] row = Arrays.copyOf(cells, cells.length + (isThere ? 1 : 0));
        if (isThere) {
            row[cells.length] = "there already";
        }
        row(out, row);
    }

    /** Returns a number of bytes with a decimal unit, such as {@code 1.04 MB}. */
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

    /** Escapes a text so that it is one line and one cell. */
    public static String line(String text) {
        return escaped(text, true);
    }

    /** Escapes a text of the command, and keeps its line feeds and tabs. */
    static String text(String text) {
        return escaped(text, false);
    }

    /** Joins the lines of a message from another library. */
    public static String joined(String text) {
        return text.replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }

    /** Returns whether a character affects the text around it, or is invisible. */
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
        // the line feed may be in the next piece of a text
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
