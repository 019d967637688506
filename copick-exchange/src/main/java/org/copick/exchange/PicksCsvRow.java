package org.copick.exchange;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.copick.error.CorruptDataException;
import org.copick.picks.Point;
import org.copick.picks.Transform;
import org.jspecify.annotations.Nullable;

/** Converts rows to points, and reports wrong cells. */
final class PicksCsvRow {
    /** All columns, in the order in which they are written. */
    static final List<String> COLUMNS = Stream.of(
                    Stream.of("run_name", "x", "y", "z"),
                    IntStream.range(0, 16).mapToObj(i -> "transform_" + i / 4 + i % 4),
                    Stream.of("score", "instance_id"))
            .flatMap(names -> names)
            .toList();

    /** The columns that every file must have. */
    static final List<String> REQUIRED = List.of("x", "y", "z");

    private static final int RUN = 0;
    private static final int X = 1;
    private static final int Y = 2;
    private static final int Z = 3;
    private static final int TRANSFORM = 4;
    private static final int SCORE = 20;
    private static final int INSTANCE = 21;

    private final Path file;
    private final char delimiter;
    private final List<String> names;
    private final int[] places;
    private final boolean named;
    private final double[] elements = Transform.IDENTITY.toArray();
    private CsvDecimals.@Nullable Mark mark;

    /** The first line without a run; 0 if there is none. */
    private long unnamed;

    private boolean anyNamed;

    /**
     * Finds the columns.
     *
     * @param names the header's cells
     * @param delimiter the character between cells
     * @param named whether every row must have a run if one row has
     */
    PicksCsvRow(Path file, List<String> names, char delimiter, boolean named) {
        this.file = file;
        this.delimiter = delimiter;
        this.named = named;
        this.names = names.stream().map(String::strip).toList();
        this.places = COLUMNS.stream().mapToInt(this.names::indexOf).toArray();
        List<String> missing =
                REQUIRED.stream().filter(name -> !this.names.contains(name)).toList();
        if (!missing.isEmpty()) {
            String header = String.join(String.valueOf(delimiter), this.names);
            throw new CorruptDataException(file + ": the header has no column " + String.join(", ", missing)
                    + ", it is \"" + shown(header) + "\"" + CsvDialect.suspicion(header, REQUIRED));
        }
        Set<String> seen = new HashSet<>();
        for (String name : this.names) {
            if (!seen.add(name) && COLUMNS.contains(name)) {
                throw new CorruptDataException(file + ": the header has two columns " + name);
            }
        }
    }

    void accept(List<String> cells, long line, BiConsumer<String, Point> each) {
        if (cells.stream().allMatch(String::isBlank)) {
            return; // spreadsheets keep rows with only empty cells
        }
        if (cells.size() != names.size()) {
            throw new CorruptDataException(
                    at(line) + "there are " + cells.size() + " cells, but the header has " + names.size()
                            + (cells.size() > names.size() && delimiter == ','
                                    ? "; numbers with commas need quotes, or another delimiter such as ;"
                                    : ""));
        }
        String run = places[RUN] < 0 ? "" : cells.get(places[RUN]);
        if (named) {
            checkNamed(run, line);
        }
        Point point = new Point(
                finite(cells, X, line),
                finite(cells, Y, line),
                finite(cells, Z, line),
                transform(cells, line),
                instance(cells, line),
                score(cells, line),
                Map.of());
        each.accept(run, point);
    }

    private void checkNamed(String run, long line) {
        anyNamed |= !run.isEmpty();
        unnamed = run.isEmpty() && unnamed == 0 ? line : unnamed;
        if (anyNamed && unnamed > 0) {
            throw new CorruptDataException(
                    at(unnamed) + COLUMNS.get(RUN) + " is empty, but other rows name a run; fill it in");
        }
    }

    private Transform transform(List<String> cells, long line) {
        boolean any = false;
        for (int i = 0; i < elements.length; i++) {
            if (places[TRANSFORM + i] >= 0) {
                elements[i] = finite(cells, TRANSFORM + i, line);
                any = true;
            }
        }
        if (!any) {
            return Transform.IDENTITY;
        }
        try {
            return Transform.of(elements);
        } catch (IllegalArgumentException e) {
            throw new CorruptDataException(at(line) + e.getMessage(), e);
        }
    }

    private long instance(List<String> cells, long line) {
        int place = places[INSTANCE];
        if (place < 0 || cells.get(place).isBlank()) {
            return 0;
        }
        try {
            return DecimalText.parseWhole(plain(cells.get(place), line));
        } catch (NumberFormatException e) {
            throw new CorruptDataException(wrong("instance_id", cells.get(place), "whole number of 64 bits", line), e);
        }
    }

    private @Nullable Double score(List<String> cells, long line) {
        int place = places[SCORE];
        if (place < 0) {
            return 1.0;
        }
        return cells.get(place).isBlank() ? null : Double.valueOf(number(cells, SCORE, line));
    }

    private double finite(List<String> cells, int column, long line) {
        double number = number(cells, column, line);
        if (!Double.isFinite(number)) {
            throw new CorruptDataException(
                    wrong(COLUMNS.get(column), cells.get(places[column]), "finite number", line));
        }
        return number;
    }

    private double number(List<String> cells, int column, long line) {
        String cell = cells.get(places[column]);
        try {
            return DecimalText.parseReal(plain(cell, line));
        } catch (NumberFormatException e) {
            throw new CorruptDataException(wrong(COLUMNS.get(column), cell, "number", line), e);
        }
    }

    /** Returns the number with a decimal point and without separators. */
    private String plain(String cell, long line) {
        String number = cell.strip();
        if (!CsvDecimals.needsMark(number)) {
            return number;
        }
        if (mark == null) {
            mark = findMark(line);
        }
        if (!CsvDecimals.isWellGrouped(number, mark)) {
            throw new NumberFormatException(number);
        }
        return mark.plain(number);
    }

    /** Determines the decimal mark from all numbers of the file. */
    private CsvDecimals.Mark findMark(long line) {
        if (!Files.isRegularFile(file)) {
            throw new CorruptDataException(
                    at(line) + "numbers with decimal commas or separators of thousands are read from"
                            + " files only, not from pipes; write them with a decimal point");
        }
        CsvDecimals decimals = new CsvDecimals();
        try (CsvReader rows = CsvReader.open(file, REQUIRED)) {
            rows.next();
            for (List<String> cells = rows.next(); !cells.isEmpty(); cells = rows.next()) {
                for (int column = X; column < places.length; column++) {
                    if (places[column] >= 0 && places[column] < cells.size()) {
                        decimals.add(cells.get(places[column]).strip());
                    }
                }
            }
        }
        CsvDecimals.Mark found = decimals.mark();
        if (found == null) {
            throw new CorruptDataException(at(line) + decimals.problem());
        }
        return found;
    }

    private String wrong(String column, String cell, String kind, long line) {
        return at(line) + column + " is \"" + shown(cell) + "\", which is not a " + kind;
    }

    private static String shown(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    private String at(long line) {
        return file + ", line " + line + ": ";
    }
}
