package org.copick.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The delimiter of a table: a comma, a tab, or a semicolon as in spreadsheets of many countries.
 *
 * @param delimiter the character between cells
 * @param hintLine whether the first line is Excel's {@code sep=;}, which names the delimiter
 */
record CsvDialect(char delimiter, boolean hintLine) {
    private static final List<Character> READ = List.of(',', ';', '\t');

    /** The names of napari's columns. They are array axes, so z, y, x. */
    private static final List<String> NAPARI = List.of("axis-0", "axis-1", "axis-2");

    private static final Pattern HINT = Pattern.compile("\"?sep=(.)\"?\\1*", Pattern.CASE_INSENSITIVE);

    /**
     * Finds the delimiter that divides the header into cells with all of these names; a comma if none does.
     *
     * @param beginning the beginning of the file, with the whole header if it is shorter than a buffer
     */
    static CsvDialect of(String beginning, List<String> names) {
        List<String> lines =
                beginning.lines().filter(line -> !line.isBlank()).limit(2).toList();
        if (lines.isEmpty()) {
            return new CsvDialect(',', false);
        }
        Matcher hint = HINT.matcher(lines.get(0).strip());
        // strip would remove a tab, although it is the delimiter
        boolean tab = lines.get(0).strip().equalsIgnoreCase("sep=");
        if (hint.matches()) {
            return new CsvDialect(hint.group(1).charAt(0), true);
        }
        if (tab) {
            return new CsvDialect('\t', true);
        }
        for (char delimiter : READ) {
            if (cells(lines.get(0), delimiter).containsAll(names)) {
                return new CsvDialect(delimiter, false);
            }
        }
        return new CsvDialect(',', false);
    }

    /** Returns a phrase for a message that names another likely delimiter of a header, or empty text. */
    static String suspicion(String header, List<String> names) {
        for (char delimiter : new char[] {';', '\t', '|', ':', ' ', ','}) {
            if (cells(header, delimiter).containsAll(names)) {
                String shown = delimiter == ' ' ? "spaces" : delimiter == '\t' ? "tabs" : "\"" + delimiter + "\"";
                return "; its cells seem to be separated by " + shown
                        + ", but only commas, semicolons and tabs are supported";
            }
        }
        for (char delimiter : READ) {
            String renamed = renamed(cells(header, delimiter), names);
            if (!renamed.isEmpty()) {
                return renamed;
            }
        }
        return "";
    }

    /** Returns advice on which columns to rename if the missing ones exist under other names, otherwise empty text. */
    private static String renamed(List<String> cells, List<String> names) {
        List<String> others = new ArrayList<>();
        for (String name : names) {
            cells.stream()
                    .filter(cell -> cell.equalsIgnoreCase(name))
                    .findFirst()
                    .ifPresent(others::add);
        }
        if (others.size() == names.size()) {
            return "; rename the columns " + String.join(", ", others) + " to " + String.join(", ", names);
        }
        return cells.containsAll(NAPARI)
                ? "; this is a table of napari: rename " + String.join(", ", NAPARI) + " to z, y, x, whose unit is Å"
                : "";
    }

    private static List<String> cells(String header, char delimiter) {
        List<String> cells = new ArrayList<>();
        for (String cell : header.split(Pattern.quote(String.valueOf(delimiter)) + (delimiter == ' ' ? "+" : ""), -1)) {
            String name = cell.strip();
            boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
            cells.add(quoted ? name.substring(1, name.length() - 1).strip() : name);
        }
        return cells;
    }
}
