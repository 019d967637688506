package org.copick.picks;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.copick.internal.json.JsonLimits;
import org.jspecify.annotations.Nullable;

/**
 * Immutable copies of free-form JSON: text, numbers, booleans, lists, maps and nulls.
 *
 * <p>Equal numbers have the same class, so equality works.
 */
final class FreeFormJson {
    /** Most levels of nesting in free-form JSON. */
    static final int MAX_DEPTH = 200;

    /** The smallest integer with too many digits to be read again. */
    private static final BigInteger TOO_LONG = BigInteger.TEN.pow(JsonLimits.MAX_NUMBER);

    private FreeFormJson() {}

    /**
     * Returns an unmodifiable copy in the same order.
     *
     * @throws IllegalArgumentException if it has one of the {@code taken} keys, is nested too deep, or contains
     *     something that is not a JSON value
     */
    static Map<String, @Nullable Object> copy(Map<String, ? extends @Nullable Object> fields, Set<String> taken) {
        if (fields.isEmpty()) {
            return Map.of();
        }
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (taken.contains(name)) {
                throw new IllegalArgumentException("'" + name + "' is a known field; it cannot be an unknown one");
            }
            copy.put(name, copy(value, 0));
        });
        return Collections.unmodifiableMap(copy);
    }

    private static @Nullable Object copy(@Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("JSON may be nested at most " + MAX_DEPTH + " levels deep");
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((name, item) -> {
                if (!(name instanceof String text)) {
                    throw new IllegalArgumentException("the names of a JSON object are text, not " + name);
                }
                copy.put(text, copy(item, depth + 1));
            });
            return Collections.unmodifiableMap(copy);
        } else if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            list.forEach(item -> copy.add(copy(item, depth + 1)));
            return Collections.unmodifiableList(copy);
        } else if (value == null || value instanceof String || value instanceof Boolean || value instanceof Double) {
            return value;
        } else if (value instanceof BigInteger integer) {
            return integer(integer);
        } else if (value instanceof BigDecimal decimal) {
            return number(decimal.doubleValue(), decimal);
        } else if (value instanceof Float number) {
            return number.doubleValue();
        } else if (value instanceof Number number
                && (value instanceof Long
                        || value instanceof Integer
                        || value instanceof Short
                        || value instanceof Byte)) {
            return integer(BigInteger.valueOf(number.longValue()));
        }
        throw new IllegalArgumentException(
                "not a JSON value: " + value.getClass().getName());
    }

    /** Returns an integer in the smallest class that holds it. */
    static Number integer(BigInteger value) {
        if (value.bitLength() < Integer.SIZE) {
            return value.intValue();
        }
        if (value.bitLength() < Long.SIZE) {
            return value.longValue();
        }
        if (value.abs().compareTo(TOO_LONG) >= 0) {
            throw new IllegalArgumentException(
                    "an integer of " + value.bitLength() + " bits is too long for JSON here");
        }
        return value;
    }

    /** Returns a number with a fraction as the nearest double if that is exact, otherwise as a decimal. */
    static Number number(double nearest, BigDecimal exact) {
        boolean same = Double.isFinite(nearest) && new BigDecimal(PythonFloat.toString(nearest)).compareTo(exact) == 0;
        return same ? (Number) nearest : exact;
    }
}
