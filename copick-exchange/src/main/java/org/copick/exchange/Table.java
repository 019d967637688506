package org.copick.exchange;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.copick.error.CorruptDataException;

/**
 * A block of a STAR file: columns with names and rows of cells, which are text. Immutable; takes little more memory than
 * its text.
 */
public final class Table {
    private final String origin;
    private final boolean loop;
    private final Map<String, Integer> columns;
    private final StarRows rows;

    private Table(String origin, boolean loop, Map<String, Integer> columns, StarRows rows) {
        this.origin = origin;
        this.loop = loop;
        this.columns = columns;
        this.rows = rows;
    }

    /** A block of a file. */
    static Table of(Path file, String block, boolean loop, List<String> columns, StarRows rows) {
        return new Table(file + ", data_" + block, loop, places(columns), rows);
    }

    /** A block of keys with one value each, which is written without a loop. */
    public static Table ofPairs(Map<String, String> pairs) {
        StarRows.Builder rows = new StarRows.Builder();
        rows.add(List.copyOf(pairs.values()), 0);
        return new Table("the table", false, places(List.copyOf(pairs.keySet())), rows.build());
    }

    /** Starts a table of columns. */
    public static Builder builder() {
        return new Builder();
    }

    private static Map<String, Integer> places(List<String> columns) {
        Map<String, Integer> places = new LinkedHashMap<>();
        for (String column : columns) {
            checkName(column);
            places.put(column, places.size());
        }
        return places;
    }

    /** STAR cannot hold names with spaces in them. */
    static void checkName(String name) {
        if (name.chars().anyMatch(c -> c == '\n' || c == '\r' || StarParser.isSpace(c))) {
            throw new IllegalArgumentException("a name has no spaces, but this has: " + name);
        }
    }

    /** The names of the columns, in order, without the underscore that they have in the file. */
    public List<String> columns() {
        return List.copyOf(columns.keySet());
    }

    /** How many rows there are; a block of keys and values has one. */
    public int rows() {
        return rows.size();
    }

    /** Whether the block is a loop of rows, and not one value per key. */
    public boolean isLoop() {
        return loop;
    }

    /** Whether all of these columns are there. */
    public boolean has(String... names) {
        return columns.keySet().containsAll(List.of(names));
    }

    /**
     * The cells of a column.
     *
     * @throws CorruptDataException when there is no such column
     */
    public List<String> strings(String column) {
        String[] cells = new String[rows()];
        rows.forEach(place(column), (row, line, cell) -> cells[row] = cell);
        return List.of(cells);
    }

    /**
     * The cells of a column as numbers; {@code nan}, {@code <NA>} and {@code inf} are such.
     *
     * @throws CorruptDataException when there is no such column, or a cell is no number
     */
    public double[] doubles(String column) {
        return doubles(column, number -> true, "number");
    }

    /** The cells of a column as numbers that are neither infinite nor not a number. */
    double[] finite(String column) {
        return doubles(column, Double::isFinite, "finite number");
    }

    /** The cells of a column as finite numbers above 0. */
    double[] positive(String column) {
        return doubles(column, number -> number > 0 && Double.isFinite(number), "positive number");
    }

    private double[] doubles(String column, DoublePredicate allowed, String kind) {
        double[] cells = new double[rows()];
        rows.forEach(place(column), (row, line, cell) -> {
            try {
                cells[row] = DecimalText.parseReal(cell);
            } catch (NumberFormatException e) {
                throw wrong(column, row, line, cell, "number");
            }
            if (!allowed.test(cells[row])) {
                throw wrong(column, row, line, cell, kind);
            }
        });
        return cells;
    }

    /**
     * The cells of a column as whole numbers, exact to 64 bits.
     *
     * @throws CorruptDataException when there is no such column, or a cell is no whole number of 64 bits
     */
    public long[] longs(String column) {
        long[] cells = new long[rows()];
        rows.forEach(place(column), (row, line, cell) -> {
            try {
                cells[row] = DecimalText.parseWhole(cell);
            } catch (NumberFormatException e) {
                throw wrong(column, row, line, cell, "whole number of 64 bits");
            }
        });
        return cells;
    }

    /** Refuses the table when one of these columns is missing; {@code purpose} says what they are needed for. */
    void require(String purpose, String... names) {
        if (!has(names)) {
            throw refusal("for " + purpose + " the columns "
                    + Arrays.stream(names)
                            .filter(name -> !columns.containsKey(name))
                            .collect(Collectors.joining(", "))
                    + " are missing");
        }
    }

    CorruptDataException refusal(String why) {
        return new CorruptDataException(origin + ": " + why);
    }

    StarRows cells() {
        return rows;
    }

    private int place(String column) {
        Integer place = columns.get(column);
        if (place == null) {
            throw refusal("there is no column " + column);
        }
        return place;
    }

    private CorruptDataException wrong(String column, int row, long line, String cell, String kind) {
        String shown = cell.length() <= 40 ? cell : cell.substring(0, 40) + "…";
        return refusal((line > 0 ? "line " + line : "row " + (row + 1)) + ": " + column + " is \"" + shown
                + "\", which is no " + kind);
    }

    /** Makes a table column by column. */
    public static final class Builder {
        private final Map<String, IntFunction<String>> columns = new LinkedHashMap<>();
        private int size;

        private Builder() {}

        /** Adds a column of text. */
        public Builder strings(String column, List<String> cells) {
            return add(column, cells.size(), List.copyOf(cells)::get);
        }

        /** Adds a column of numbers; they are written with as many digits as they need to be read back exactly. */
        public Builder doubles(String column, double... cells) {
            double[] copy = cells.clone();
            return add(column, cells.length, row -> DecimalText.toString(copy[row]));
        }

        /** Adds a column of whole numbers. */
        public Builder longs(String column, long... cells) {
            long[] copy = cells.clone();
            return add(column, cells.length, row -> Long.toString(copy[row]));
        }

        private Builder add(String column, int length, IntFunction<String> cells) {
            if (!columns.isEmpty() && length != size) {
                throw new IllegalArgumentException(column + " has " + length + " cells, other columns have " + size);
            }
            if (columns.putIfAbsent(column, cells) != null) {
                throw new IllegalArgumentException("there is a column " + column + " already");
            }
            size = length;
            return this;
        }

        /** The table of the columns so far, a loop. */
        public Table build() {
            StarRows.Builder rows = new StarRows.Builder();
            List<String> cells = new ArrayList<>(columns.size());
            for (int row = 0; row < size; row++) {
                cells.clear();
                for (IntFunction<String> column : columns.values()) {
                    cells.add(column.apply(row));
                }
                rows.add(cells, 0);
            }
            return new Table("the table", true, places(List.copyOf(columns.keySet())), rows.build());
        }
    }
}
