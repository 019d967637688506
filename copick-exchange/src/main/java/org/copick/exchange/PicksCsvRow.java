package org.copick.exchange;

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

/** Makes points of rows: which cell holds what, and what is said of cells that are wrong. */
final class PicksCsvRow {
    /** All columns, in the order in which they are written. */
    static final List<String> COLUMNS = Stream.of(
                    Stream.of("run_name", "x", "y", "z"),
                    IntStream.range(0, 16).mapToObj(i -> "transform_" + i / 4 + i % 4),
                    Stream.of("score", "instance_id"))
            .flatMap(names -> names)
            .toList();

    private static final int RUN = 0;
    private static final int X = 1;
    private static final int Y = 2;
    private static final int Z = 3;
    private static final int TRANSFORM = 4;
    private static final int SCORE = 20;
    private static final int INSTANCE = 21;

    private final Path file;
    private final List<String> names;
    private final int[] places;
    private final double[] elements = Transform.IDENTITY.toArray();

    /**
     * Finds the columns.
     *
     * @param names the header's cells
     */
    PicksCsvRow(Path file, List<String> names) {
        this.file = file;
        this.names = names.stream().map(String::strip).toList();
        this.places = COLUMNS.stream().mapToInt(this.names::indexOf).toArray();
        List<String> missing = Stream.of("x", "y", "z")
                .filter(name -> !this.names.contains(name))
                .toList();
        if (!missing.isEmpty()) {
            throw new CorruptDataException(file + ": the header has no column " + String.join(", ", missing));
        }
        Set<String> seen = new HashSet<>();
        for (String name : this.names) {
            if (!seen.add(name) && COLUMNS.contains(name)) {
                throw new CorruptDataException(file + ": the header has two columns " + name);
            }
        }
    }

    void accept(List<String> cells, long line, BiConsumer<String, Point> each) {
        if (cells.size() != names.size()) {
            throw new CorruptDataException(
                    at(line) + "there are " + cells.size() + " cells, but the header has " + names.size());
        }
        String run = places[RUN] < 0 ? "" : cells.get(places[RUN]);
        Point point = new Point(
                number(cells, X, line),
                number(cells, Y, line),
                number(cells, Z, line),
                transform(cells, line),
                instance(cells, line),
                score(cells, line),
                Map.of());
        each.accept(run, point);
    }

    private Transform transform(List<String> cells, long line) {
        boolean any = false;
        for (int i = 0; i < elements.length; i++) {
            if (places[TRANSFORM + i] >= 0) {
                elements[i] = number(cells, TRANSFORM + i, line);
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
            return Numbers.parseWhole(cells.get(place));
        } catch (NumberFormatException e) {
            throw wrong("instance_id", cells.get(place), "whole number of 64 bits", line, e);
        }
    }

    private @Nullable Double score(List<String> cells, long line) {
        int place = places[SCORE];
        if (place < 0) {
            return 1.0;
        }
        return cells.get(place).isBlank() ? null : Double.valueOf(number(cells, SCORE, line));
    }

    private double number(List<String> cells, int column, long line) {
        String cell = cells.get(places[column]);
        try {
            return Numbers.parseReal(cell);
        } catch (NumberFormatException e) {
            throw wrong(COLUMNS.get(column), cell, "number", line, e);
        }
    }

    private CorruptDataException wrong(String column, String cell, String kind, long line, Exception cause) {
        String shown = cell.length() <= 40 ? cell : cell.substring(0, 40) + "…";
        return new CorruptDataException(at(line) + column + " is \"" + shown + "\", which is no " + kind, cause);
    }

    private String at(long line) {
        return file + ", line " + line + ": ";
    }
}
