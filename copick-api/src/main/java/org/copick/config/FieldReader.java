package org.copick.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.copick.error.InvalidConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object, read with the conversions of Python copick's models (spec section 1.2).
 *
 * <p>Integers may be integral numbers or numeric text, numbers may be numeric text, and booleans may be the usual
 * words. Messages never contain values, because fields may hold secrets.
 */
final class FieldReader {
    private static final Set<String> TRUE = Set.of("1", "true", "t", "yes", "y", "on");
    private static final Set<String> FALSE = Set.of("0", "false", "f", "no", "n", "off");

    /** Longer text cannot be a 64-bit number, and parsing it would take long. */
    private static final int MAX_DIGITS = 4300;

    private final ObjectNode node;
    private final String path;
    private final Set<String> known = new TreeSet<>();

    FieldReader(ObjectNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /** Returns the fields that have not been requested, in file order. */
    Map<String, JsonNode> unknown() {
        Map<String, JsonNode> rest = new LinkedHashMap<>();
        node.properties().forEach(field -> {
            if (!known.contains(field.getKey())) {
                rest.put(field.getKey(), field.getValue());
            }
        });
        return rest;
    }

    boolean has(String name) {
        known.add(name);
        return node.has(name);
    }

    @Nullable JsonNode get(String name) {
        known.add(name);
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value;
    }

    JsonNode required(String name) {
        JsonNode value = get(name);
        if (value == null) {
            throw invalid(name, node.has(name) ? "must not be null" : "is missing");
        }
        return value;
    }

    String text(String name) {
        return asText(name, required(name));
    }

    @Nullable String optionalText(String name) {
        JsonNode value = get(name);
        return value == null ? null : asText(name, value);
    }

    /** Returns the text of a field; {@code byDefault} if the field is absent, null if it is null. */
    @Nullable String textOr(String name, @Nullable String byDefault) {
        return has(name) ? optionalText(name) : byDefault;
    }

    boolean bool(String name) {
        return asBool(name, required(name));
    }

    @Nullable Boolean optionalBool(String name) {
        JsonNode value = get(name);
        return value == null ? null : asBool(name, value);
    }

    @Nullable Double optionalDecimal(String name) {
        JsonNode value = get(name);
        return value == null ? null : asDecimal(name, value);
    }

    FieldReader object(String name) {
        if (required(name) instanceof ObjectNode object) {
            return new FieldReader(object, path + name + ".");
        }
        throw invalid(name, "must be an object");
    }

    ObjectNode objectOrEmpty(String name) {
        JsonNode value = get(name);
        if (value == null) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (value instanceof ObjectNode object) {
            return object.deepCopy();
        }
        throw invalid(name, "must be an object");
    }

    @Nullable List<JsonNode> optionalList(String name) {
        JsonNode value = get(name);
        if (value == null) {
            return null;
        }
        if (!value.isArray()) {
            throw invalid(name, "must be a list");
        }
        return value.valueStream().toList();
    }

    String asText(String name, JsonNode value) {
        if (!value.isTextual()) {
            throw invalid(name, "must be text in quotes");
        }
        return value.textValue();
    }

    double asDecimal(String name, JsonNode value) {
        if (value.isNumber()) {
            double number = value.doubleValue();
            if (Double.isInfinite(number) && !value.isDouble()) {
                throw invalid(name, "must be a number in the range of a double");
            }
            return number;
        }
        if (value.isBoolean()) {
            return value.booleanValue() ? 1 : 0;
        }
        if (value.isTextual()) {
            try {
                return Double.parseDouble(value.textValue().strip());
            } catch (NumberFormatException notANumber) {
                throw invalid(name, "must be a number");
            }
        }
        throw invalid(name, "must be a number");
    }

    long asInteger(String name, JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue() ? 1 : 0;
        }
        try {
            if (value.isNumber()) {
                return value.decimalValue().longValueExact();
            }
            if (value.isTextual() && value.textValue().length() <= MAX_DIGITS) {
                return new BigDecimal(value.textValue().strip()).longValueExact();
            }
        } catch (ArithmeticException | NumberFormatException notIntegral) {
            throw invalid(name, "must be a whole number of at most 64 bits");
        }
        throw invalid(name, value.isTextual() ? "must be a shorter number" : "must be a whole number");
    }

    private boolean asBool(String name, JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        String word = value.isNumber() && (value.asDouble() == 0 || value.asDouble() == 1)
                ? Integer.toString(value.asInt())
                : value.isTextual() ? value.textValue().toLowerCase(java.util.Locale.ROOT) : "";
        if (TRUE.contains(word)) {
            return true;
        }
        if (FALSE.contains(word)) {
            return false;
        }
        throw invalid(name, "must be true or false");
    }

    InvalidConfigException invalid(String name, String problem) {
        return new InvalidConfigException("invalid configuration: " + path + name + " " + problem);
    }
}
