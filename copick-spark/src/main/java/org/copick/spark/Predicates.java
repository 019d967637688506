package org.copick.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Translates Spark's predicates to conditions on listings. */
final class Predicates {
    private Predicates() {}

    /**
     * Adds a predicate to a filter.
     *
     * @return the filter with the predicate; empty if Spark has to evaluate it
     */
    static Optional<KeyFilter> add(KeyFilter filter, TableKind table, Predicate predicate) {
        Expression[] operands = predicate.children();
        if (predicate.name().equals("AND")) {
            return add(filter, table, (Predicate) operands[0])
                    .flatMap(with -> add(with, table, (Predicate) operands[1]));
        }
        if (operands.length == 0 || !(operands[0] instanceof NamedReference reference)) {
            return Optional.empty();
        }
        String column = String.join(".", reference.fieldNames());
        if (!table.keys().contains(column)) {
            return Optional.empty();
        }
        if (predicate.name().equals("IS_NOT_NULL")) {
            return Optional.of(filter);
        }
        List<Object> values = new ArrayList<>();
        for (Expression each : Arrays.copyOfRange(operands, 1, operands.length)) {
            Object value = value(table, column, each);
            if (value == null) {
                return Optional.empty();
            }
            values.add(value);
        }
        return switch (predicate.name()) {
            case "=", "<=>", "IN" -> Optional.of(filter.and(new KeyFilter.OneOf(column, values)));
            case "STARTS_WITH" ->
                values.get(0) instanceof String prefix
                        ? Optional.of(filter.and(new KeyFilter.StartsWith(column, prefix)))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Returns a literal as {@link Keys} has values; null if it is something else. */
    private static @Nullable Object value(TableKind table, String column, Expression expression) {
        if (!(expression instanceof Literal<?> literal)
                || !literal.dataType().equals(table.schema().apply(column).dataType())) {
            return null;
        }
        if (literal.value() instanceof Double number) {
            return number + 0.0; // -0.0 equals 0.0 in Spark
        }
        return literal.value() instanceof UTF8String text ? text.toString() : literal.value();
    }
}
