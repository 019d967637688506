package org.copick.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Conditions on the columns of a table that are known without reading, all of which a row must meet.
 *
 * @param conditions the conditions
 */
record KeyFilter(List<Condition> conditions) implements Serializable {
    static final KeyFilter ALL = new KeyFilter(List.of());

    KeyFilter {
        conditions = List.copyOf(conditions);
    }

    /** A condition on one column. */
    sealed interface Condition extends Serializable {
        /** Returns the column. */
        String column();

        /** Returns whether a value of the column passes. */
        boolean accepts(Object value);
    }

    /**
     * A condition that accepts some values.
     *
     * @param column the column
     * @param values texts or numbers, as {@link Keys} has them
     */
    record OneOf(String column, List<Object> values) implements Condition {
        OneOf {
            values = List.copyOf(values);
        }

        @Override
        public boolean accepts(Object value) {
            return values.contains(value);
        }

        @Override
        public String toString() {
            return values.size() == 1 ? column + " = " + values.get(0) : column + " in " + values;
        }
    }

    /**
     * A condition that accepts texts with a prefix.
     *
     * @param column the column
     * @param prefix the prefix
     */
    record StartsWith(String column, String prefix) implements Condition {
        @Override
        public boolean accepts(Object value) {
            return value instanceof String text && text.startsWith(prefix);
        }

        @Override
        public String toString() {
            return column + " starts with " + prefix;
        }
    }

    /** Returns this filter with one more condition. */
    KeyFilter and(Condition condition) {
        List<Condition> all = new ArrayList<>(conditions);
        all.add(condition);
        return new KeyFilter(all);
    }

    /** Returns whether a row passes, of which {@code values} knows the columns. */
    boolean accepts(Function<String, Object> values) {
        return conditions.stream().allMatch(each -> each.accepts(values.apply(each.column())));
    }

    /** Returns whether entities of a run may pass. */
    boolean acceptsRun(String run) {
        return conditions.stream().filter(each -> each.column().equals("run")).allMatch(each -> each.accepts(run));
    }

    /** Returns the runs that can pass if a condition names them; empty if any run can. */
    Optional<Set<String>> runs() {
        Set<String> named = null;
        for (Condition each : conditions) {
            if (each.column().equals("run") && each instanceof OneOf some) {
                Set<String> values = new TreeSet<>();
                some.values().forEach(value -> values.add((String) value));
                if (named == null) {
                    named = values;
                } else {
                    named.retainAll(values);
                }
            }
        }
        return Optional.ofNullable(named);
    }

    @Override
    public String toString() {
        return conditions.toString();
    }
}
