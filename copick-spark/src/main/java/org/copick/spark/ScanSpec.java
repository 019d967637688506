package org.copick.spark;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The content of a scan, as the driver sends it to the executors.
 *
 * @param project the project
 * @param options the options of the read
 * @param filter the conditions on rows
 * @param columns the columns to read, in the order of the rows
 * @param limit the largest number of rows that are needed, or -1
 * @param counting what to count instead of returning rows, or null
 */
record ScanSpec(
        Project project,
        SourceOptions options,
        KeyFilter filter,
        List<String> columns,
        int limit,
        @Nullable Counting counting)
        implements Serializable {

    ScanSpec {
        columns = List.copyOf(columns);
    }

    TableKind table() {
        return options.table();
    }

    /** Returns whether a column is read. */
    boolean reads(String column) {
        return columns.contains(column);
    }

    /** Returns text for plans, without anything that may be a secret. */
    @Override
    public String toString() {
        return "copick " + table().text() + ", filters " + filter
                + (limit < 0 ? "" : ", limit " + limit)
                + (counting == null ? "" : ", " + counting);
    }
}
