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
 * A block of a STAR file: named columns and rows of cells, which are text. Immutable.
 *
 * <p>Needs little more memory than its text.
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

    /** Creates a block of a file. */
    static Table of(Path file, String block, boolean loop, List<String> columns, StarRows rows) {
        return new Table(file + ", data_" + block, loop, places(columns), rows);
    }

    /**
     * {@return a block of keys with one value each, which is written without a loop}
     *
     * @param pairs the values by their keys without the underscore that they have in the file, in order
     * @throws IllegalArgumentException if a key contains spaces
     */
    public static Table ofPairs(Map<String, String> pairs) {
        StarRows.Builder rows = new StarRows.Builder();
        rows.add(List.copyOf(pairs.values()), 0);
        return new Table("the table", false, places(List.copyOf(pairs.keySet())), rows.build());
    }

    /** {@return a builder for a table of columns} */
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

    /** Refuses names with spaces, which STAR cannot hold. */
    static void checkName(String name) {
        if (name.chars().anyMatch(c -> c == '\n' || c == '\r' || StarParser.isSpace(c))) {
            throw new IllegalArgumentException("names must not contain spaces: " + name);
        }
    }

    /** {@return the names of the columns in order, without the underscore that they have in the file} */
    public List<String> columns() {
        return List.copyOf(columns.keySet());
    }

    /** {@return the number of rows; a block of keys and values has one} */
    public int rows() {
        return rows.size();
    }

    /** {@return whether the block is a loop of rows rather than one value per key} */
    public boolean isLoop() {
        return loop;
    }

    /**
     * {@return whether all of several columns exist}
     *
     * @param names the names of the columns, without underscore
     */
    public boolean has(String... names) {
        return columns.keySet().containsAll(List.of(names));
    }

    /**
     * {@return the cells of a column, row by row, without quotes}
     *
     * @param column the name of the column, without underscore
     * @throws CorruptDataException if there is no such column
     */
    public List<String> strings(String column) {
        String[] cells = new String[rows()];
        rows.forEach(place(column), (row, line, cell) -> cells[row] = cell);
        return List.of(cells);
    }

    /**
     * {@return the cells of a column as numbers, including {@code nan}, {@code <NA>} and {@code inf}}
     *
     * @param column the name of the column, without underscore
     * @throws CorruptDataException if there is no such column, or a cell is not a number
     */
    public double[] doubles(String column) {
        return doubles(column, number -> true, "number");
    }

    /** Returns the cells of a column as finite numbers. */
    double[] finite(String column) {
        return doubles(column, Double::isFinite, "finite number");
    }

    /** Returns the cells of a column as finite numbers above 0. */
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
     * {@return the cells of a column as whole numbers, exact to 64 bits}
     *
     * @param column the name of the column, without underscore
     * @throws CorruptDataException if there is no such column, or a cell is not a whole number of 64 bits
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

    /** Refuses the table if one of these columns is missing; {@code purpose} is what they are needed for. */
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
                + "\", which is not a " + kind);
    }

    /** Builds a table column by column. */
    public static final class Builder {
        private final Map<String, IntFunction<String>> columns = new LinkedHashMap<>();
        private int size;

        private Builder() {}

        /**
         * Adds a column of text.
         *
         * @param column the name of the column, without underscore and spaces
         * @param cells the cells, row by row
         * @return this builder
         * @throws IllegalArgumentException if the column exists already, or another one has more or fewer cells
         */
        public Builder strings(String column, List<String> cells) {
            return add(column, cells.size(), List.copyOf(cells)::get);
        }

        /**
         * Adds a column of numbers, written with as many digits as are needed to read them back exactly.
         *
         * @param column the name of the column, without underscore and spaces
         * @param cells the cells, row by row; NaN is written as {@code nan}
         * @return this builder
         * @throws IllegalArgumentException if the column exists already, or another one has more or fewer cells
         */
        public Builder doubles(String column, double... cells) {
            double[] copy = cells.clone();
            return add(column, cells.length, row -> DecimalText.toString(copy[row]));
        }

        /**
         * Adds a column of whole numbers.
         *
         * @param column the name of the column, without underscore and spaces
         * @param cells the cells, row by row
         * @return this builder
         * @throws IllegalArgumentException if the column exists already, or another one has more or fewer cells
         */
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

        /**
         * {@return a table of the columns so far, written as a loop}
         *
         * @throws IllegalArgumentException if a name contains spaces
         */
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
