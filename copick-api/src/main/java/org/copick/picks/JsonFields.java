package org.copick.picks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.copick.internal.json.JsonLimits;

/**
 * Copies of free-form JSON: the same value always has the same node types (so equality works), and nothing that the
 * caller can still change is kept.
 */
final class JsonFields {
    /** How deep free-form JSON may nest. */
    static final int MAX_DEPTH = 200;

    /** The smallest integer with too many digits to be read again. */
    private static final BigInteger TOO_LONG = BigInteger.TEN.pow(JsonLimits.MAX_NUMBER);

    private JsonFields() {}

    /**
     * An unmodifiable copy in the same order.
     *
     * @throws IllegalArgumentException when it holds one of the {@code taken} keys, nests too deep, or holds a node
     *     that is no JSON value
     */
    static Map<String, JsonNode> copy(Map<String, JsonNode> fields, Set<String> taken) {
        if (fields.isEmpty()) {
            return Map.of();
        }
        Map<String, JsonNode> copy = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (taken.contains(name)) {
                throw new IllegalArgumentException("'" + name + "' is a field of its own, not an unknown one");
            }
            copy.put(name, copy(value, 0));
        });
        return Collections.unmodifiableMap(copy);
    }

    private static JsonNode copy(JsonNode node, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("JSON may nest " + MAX_DEPTH + " deep, this is deeper");
        }
        if (node.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(field -> copy.set(field.getKey(), copy(field.getValue(), depth + 1)));
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode(node.size());
            node.forEach(item -> copy.add(copy(item, depth + 1)));
            return copy;
        }
        if (node.isTextual() || node.isBoolean() || node.isNull()) {
            return node;
        }
        if (node.isIntegralNumber()) {
            return integer(node.bigIntegerValue());
        }
        if (node.isBigDecimal()) {
            return number(node.doubleValue(), node.decimalValue());
        }
        if (node.isNumber()) {
            return JsonNodeFactory.instance.numberNode(node.doubleValue());
        }
        throw new IllegalArgumentException("not a JSON value: " + node.getNodeType());
    }

    /** An integer in the smallest node that holds it. */
    static JsonNode integer(BigInteger value) {
        if (value.bitLength() < Integer.SIZE) {
            return JsonNodeFactory.instance.numberNode(value.intValue());
        }
        if (value.bitLength() < Long.SIZE) {
            return JsonNodeFactory.instance.numberNode(value.longValue());
        }
        if (value.abs().compareTo(TOO_LONG) >= 0) {
            throw new IllegalArgumentException(
                    "an integer of " + value.bitLength() + " bits is too long for JSON here");
        }
        return JsonNodeFactory.instance.numberNode(value);
    }

    /** Returns a number with a fraction, as the nearest double if that is the same number, else exactly. */
    static JsonNode number(double nearest, BigDecimal exact) {
        boolean same = Double.isFinite(nearest) && new BigDecimal(PythonFloat.toString(nearest)).compareTo(exact) == 0;
        return same ? JsonNodeFactory.instance.numberNode(nearest) : DecimalNode.valueOf(exact);
    }
}
