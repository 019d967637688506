package org.copick.exchange;

import java.util.Arrays;
import java.util.function.DoublePredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Three columns that belong together, such as coordinates or angles. */
final class Triple {
    private final double[] first;
    private final double[] second;
    private final double[] third;

    private Triple(double[] first, double[] second, double[] third) {
        this.first = first;
        this.second = second;
        this.third = third;
    }

    /** Returns these columns of a table, or null if one of them is missing. */
    static @Nullable Triple of(Table table, String[] names) {
        return table.has(names)
                ? new Triple(table.finite(names[0]), table.finite(names[1]), table.finite(names[2]))
                : null;
    }

    /** Returns these columns of a table; missing ones are 0 as in RELION. Returns null if all are missing. */
    static @Nullable Triple orZero(Table table, String[] names) {
        double[][] columns = new double[3][];
        boolean any = false;
        for (int i = 0; i < 3; i++) {
            boolean there = table.has(names[i]);
            columns[i] = there ? table.finite(names[i]) : new double[table.rows()];
            any |= there;
        }
        return any ? new Triple(columns[0], columns[1], columns[2]) : null;
    }

    /** Returns whether all numbers of all rows meet a condition. */
    boolean all(DoublePredicate condition) {
        return Stream.of(first, second, third).flatMapToDouble(Arrays::stream).allMatch(condition);
    }

    /** Returns the numbers of a row, each multiplied by {@code factor}. */
    double[] scaled(int row, double factor) {
        return new double[] {first[row] * factor, second[row] * factor, third[row] * factor};
    }

    double[] at(int row) {
        return new double[] {first[row], second[row], third[row]};
    }
}
