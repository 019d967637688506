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
 * Copies of free-form JSON as text, numbers, booleans, lists, maps and nulls: the same number always has the same class (so
 * equality works), and nothing can be changed any more.
 */
final class FreeFormJson {
    /** How deep free-form JSON may nest. */
    static final int MAX_DEPTH = 200;

    /** The smallest integer with too many digits to be read again. */
    private static final BigInteger TOO_LONG = BigInteger.TEN.pow(JsonLimits.MAX_NUMBER);

    private FreeFormJson() {}

    /**
     * An unmodifiable copy in the same order.
     *
     * @throws IllegalArgumentException when it holds one of the {@code taken} keys, nests too deep, or holds what is no JSON
     *     value
     */
    static Map<String, @Nullable Object> copy(Map<String, ? extends @Nullable Object> fields, Set<String> taken) {
        if (fields.isEmpty()) {
            return Map.of();
        }
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (taken.contains(name)) {
                throw new IllegalArgumentException("'" + name + "' is a field of its own, not an unknown one");
            }
            copy.put(name, copy(value, 0));
        });
        return Collections.unmodifiableMap(copy);
    }

    private static @Nullable Object copy(@Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("JSON may nest " + MAX_DEPTH + " deep, this is deeper");
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

    /** An integer in the smallest class that holds it. */
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

    /** Returns a number with a fraction, as the nearest double if that is the same number, else exactly. */
    static Number number(double nearest, BigDecimal exact) {
        boolean same = Double.isFinite(nearest) && new BigDecimal(PythonFloat.toString(nearest)).compareTo(exact) == 0;
        return same ? (Number) nearest : exact;
    }
}
