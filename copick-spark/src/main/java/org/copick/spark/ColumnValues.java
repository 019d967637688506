package org.copick.spark;

import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** The value of a column in a row, which is numbered from 0. */
@FunctionalInterface
interface ColumnValues {
    @Nullable Object at(int row);

    /** Returns the rows that have these values. A row is made when it is reached. */
    static Iterator<InternalRow> rows(int count, List<String> columns, Function<String, ColumnValues> values) {
        ColumnValues[] ofRow = columns.stream().map(values).toArray(ColumnValues[]::new);
        return IntStream.range(0, count).mapToObj(row -> row(ofRow, row)).iterator();
    }

    /** Returns a column that has one value in all rows, which is known without reading the entity. */
    static ColumnValues ofKey(ListedEntity entity, String column, int level) {
        Object value = Keys.of(entity, column, level);
        Object shown = value instanceof String text ? UTF8String.fromString(text) : value;
        return row -> shown;
    }

    private static InternalRow row(ColumnValues[] values, int row) {
        @Nullable Object[] fields = new @Nullable Object[values.length];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = values[i].at(row);
        }
        return new GenericInternalRow(fields);
    }
}
