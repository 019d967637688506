package org.copick.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.aggregate.AggregateFunc;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.aggregate.Count;
import org.apache.spark.sql.connector.expressions.aggregate.CountStar;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Numbers of rows, for each group.
 *
 * @param groups the columns whose values make a group
 * @param counted for each number the column whose values are counted where they are not null; empty for all rows
 */
record Counting(List<String> groups, List<String> counted) implements Serializable {
    private static final String ALL_ROWS = "";

    Counting {
        groups = List.copyOf(groups);
        counted = List.copyOf(counted);
    }

    /** Returns what an aggregation counts; empty if it wants something else. */
    static Optional<Counting> of(TableKind table, Aggregation aggregation) {
        List<String> groups = new ArrayList<>();
        for (Expression each : aggregation.groupByExpressions()) {
            Optional<String> column = column(each).filter(table.keys()::contains);
            if (column.isEmpty()) {
                return Optional.empty();
            }
            groups.add(column.get());
        }
        List<String> counted = new ArrayList<>();
        for (AggregateFunc each : aggregation.aggregateExpressions()) {
            Optional<String> column = counted(table, each);
            if (column.isEmpty()) {
                return Optional.empty();
            }
            counted.add(column.get());
        }
        return Optional.of(new Counting(groups, counted));
    }

    private static Optional<String> counted(TableKind table, AggregateFunc function) {
        if (function instanceof CountStar) {
            return Optional.of(ALL_ROWS);
        }
        if (!(function instanceof Count count) || count.isDistinct()) {
            return Optional.empty();
        }
        // what is null in a volume is known only when its metadata are read
        return column(count.column())
                .filter(table::has)
                .filter(name -> !table.isOptional(name) || table == TableKind.PICKS || table == TableKind.FILAMENTS)
                .map(name -> table.isOptional(name) ? name : ALL_ROWS);
    }

    private static Optional<String> column(Expression expression) {
        return expression instanceof NamedReference reference && reference.fieldNames().length == 1
                ? Optional.of(reference.fieldNames()[0])
                : Optional.empty();
    }

    /** Returns the columns of the result: the groups, then the numbers. */
    StructType schema(TableKind table) {
        List<StructField> fields = new ArrayList<>();
        for (String group : groups) {
            fields.add(Arrays.stream(table.schema().fields())
                    .filter(field -> field.name().equals(group))
                    .findFirst()
                    .orElseThrow());
        }
        for (int i = 0; i < counted.size(); i++) {
            fields.add(DataTypes.createStructField("count_" + i, DataTypes.LongType, false));
        }
        return new StructType(fields.toArray(new StructField[0]));
    }

    /** Returns whether a number counts the values of an optional column. */
    boolean countsValues() {
        return counted.stream().anyMatch(column -> !column.equals(ALL_ROWS));
    }

    /** Adds up numbers by group, in the order in which groups appear. Not safe for use by several threads. */
    final class Sums {
        private final Map<List<Object>, long[]> byGroup = new LinkedHashMap<>();

        /** Adds the rows of an entity. */
        void add(ListedEntity entity, int level, long rows, java.util.function.ToLongFunction<String> values) {
            List<Object> group = new ArrayList<>();
            groups.forEach(column -> group.add(Keys.of(entity, column, level)));
            long[] sums = byGroup.computeIfAbsent(group, any -> new long[counted.size()]);
            for (int i = 0; i < sums.length; i++) {
                String column = counted.get(i);
                sums[i] += column.equals(ALL_ROWS) ? rows : values.applyAsLong(column);
            }
            if (rows == 0 && !groups.isEmpty() && isZero(sums)) {
                byGroup.remove(group); // no row, no group
            }
        }

        private boolean isZero(long[] sums) {
            return Arrays.stream(sums).allMatch(sum -> sum == 0);
        }

        /** Returns a row of values for each group. Without columns to group by there is always one. */
        List<List<Object>> rows() {
            if (groups.isEmpty() && byGroup.isEmpty()) {
                byGroup.put(List.of(), new long[counted.size()]);
            }
            List<List<Object>> rows = new ArrayList<>();
            byGroup.forEach((group, sums) -> {
                List<Object> row = new ArrayList<>(group);
                Arrays.stream(sums).forEach(row::add);
                rows.add(row);
            });
            return rows;
        }
    }

    @Override
    public String toString() {
        return "counts by " + groups;
    }
}
