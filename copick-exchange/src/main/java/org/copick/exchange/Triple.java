package org.copick.exchange;

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

    /** These columns of a table, or null when one of them is missing. */
    static @Nullable Triple of(Table table, String[] names) {
        return table.has(names)
                ? new Triple(table.finite(names[0]), table.finite(names[1]), table.finite(names[2]))
                : null;
    }

    /** The numbers of a row, each times {@code factor}. */
    double[] scaled(int row, double factor) {
        return new double[] {first[row] * factor, second[row] * factor, third[row] * factor};
    }

    double[] at(int row) {
        return new double[] {first[row], second[row], third[row]};
    }
}
