package org.copick.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON like an {@code ObjectMapper}, but without creating one. Creating the first one takes a new process longer
 * than reading a small project's configuration; docs/performance.md says how long. The bare {@code NaN} and
 * {@code Infinity} that Python writes are accepted. More than 200 levels of nesting, more values than the heap holds,
 * numbers of more than 1000 characters, and text after the end are rejected.
 */
public final class JsonTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(200).build())
            .configure(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS, true)
            .build();

    private JsonTree() {}

    /**
     * {@return the tree of a text, with doubles for fractions; a missing node for an empty text}
     *
     * @param json the text in UTF-8, UTF-16 or UTF-32
     * @throws com.fasterxml.jackson.core.JsonProcessingException if the text is not JSON, or exceeds a limit
     */
    public static JsonNode read(byte[] json) throws IOException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            return whole(parser, at -> NODES.numberNode(at.getDoubleValue()));
        }
    }

    /**
     * {@return the tree of a text, with fractions exactly as written; a missing node for an empty text}
     *
     * @param json the text
     * @throws com.fasterxml.jackson.core.JsonProcessingException if the text is not JSON, or exceeds a limit
     */
    public static JsonNode readExactly(String json) throws IOException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            return whole(parser, at -> at.isNaN() ? NODES.numberNode(at.getDoubleValue()) : JsonLimits.decimal(at));
        }
    }

    /**
     * Converts a node to a text, number, boolean, list, map or null.
     *
     * @param value a node of any kind
     * @return the plain value; null for JSON's null and for a missing node
     */
    public static @Nullable Object plain(JsonNode value) {
        if (value instanceof ObjectNode object) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            object.properties().forEach(field -> fields.put(field.getKey(), plain(field.getValue())));
            return fields;
        }
        if (value instanceof ArrayNode array) {
            List<@Nullable Object> items = new ArrayList<>();
            array.forEach(item -> items.add(plain(item)));
            return items;
        }
        return value.isNumber()
                ? value.numberValue()
                : value.isTextual() ? value.textValue() : value.isBoolean() ? value.booleanValue() : null;
    }

    /**
     * {@return the fields of an object as an unmodifiable map of plain values, in their order}
     *
     * @param fields the nodes by name
     */
    public static Map<String, @Nullable Object> plainFields(Map<String, JsonNode> fields) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        fields.forEach((name, value) -> plain.put(name, plain(value)));
        return Collections.unmodifiableMap(plain);
    }

    /**
     * {@return the fields of an object as an unmodifiable map of plain values, in their order}
     *
     * @param object the object, which may change afterwards
     */
    public static Map<String, @Nullable Object> plainFields(ObjectNode object) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        object.properties().forEach(field -> plain.put(field.getKey(), plain(field.getValue())));
        return Collections.unmodifiableMap(plain);
    }

    /**
     * {@return the tree of a plain value}
     *
     * @param plain text, number, boolean, list, map with text keys, or null
     * @throws IllegalArgumentException for any other value, naming its class
     */
    public static JsonNode tree(@Nullable Object plain) {
        if (plain == null) {
            return NODES.nullNode();
        } else if (plain instanceof Map<?, ?> map) {
            return object(map);
        } else if (plain instanceof Iterable<?> list) {
            ArrayNode array = NODES.arrayNode();
            list.forEach(item -> array.add(tree(item)));
            return array;
        } else if (plain instanceof String text) {
            return NODES.textNode(text);
        } else if (plain instanceof Boolean truth) {
            return NODES.booleanNode(truth);
        } else if (plain instanceof BigDecimal number) {
            return DecimalNode.valueOf(number);
        } else if (plain instanceof BigInteger number) {
            return NODES.numberNode(number);
        } else if (plain instanceof Double || plain instanceof Float) {
            return NODES.numberNode(((Number) plain).doubleValue());
        } else if (plain instanceof Long number) {
            return NODES.numberNode(number.longValue());
        } else if (plain instanceof Integer || plain instanceof Short || plain instanceof Byte) {
            return NODES.numberNode(((Number) plain).intValue());
        }
        throw new IllegalArgumentException("a " + plain.getClass().getName()
                + " is not a JSON value; give text, a number, a boolean, a list, a map or null");
    }

    /**
     * {@return the tree of a map}
     *
     * @param fields plain values by name, as {@link #tree} takes them
     * @throws IllegalArgumentException for a name that is not text, or a value that is not plain
     */
    public static ObjectNode object(Map<?, ?> fields) {
        ObjectNode object = NODES.objectNode();
        fields.forEach((name, value) -> {
            if (!(name instanceof String key)) {
                throw new IllegalArgumentException("the names of a JSON object are text, not " + name);
            }
            object.set(key, tree(value));
        });
        return object;
    }

    /** Rules that differ between document formats. */
    @FunctionalInterface
    public interface Rules {
        /**
         * {@return the node of a number with a fraction or an exponent}
         *
         * @param at the parser, whose current token is the number
         * @throws IOException if the number cannot be read or is not allowed
         */
        JsonNode fraction(JsonParser at) throws IOException;

        /**
         * Throws an exception for a value nested too deeply. Does nothing by default, because the parser has a limit.
         *
         * @param depth the number of lists and objects around the value
         * @throws IOException if the value is nested too deeply
         */
        default void checkDepth(int depth) throws IOException {}
    }

    private static JsonNode whole(JsonParser parser, Rules rules) throws IOException {
        if (parser.nextToken() == null) {
            return MissingNode.getInstance();
        }
        JsonNode tree = value(parser, rules, new JsonLimits());
        if (parser.nextToken() != null) {
            throw new JsonParseException(parser, "there is more after the end");
        }
        return tree;
    }

    /**
     * Reads the value that starts at the parser's current token, and leaves the parser at its last token.
     *
     * @param parser the parser at the first token of the value
     * @param rules the rules of the document's format
     * @param limits the limits of the document, which count the values read
     * @return the tree of the value
     * @throws IOException if the text is not JSON, or exceeds a limit
     */
    public static JsonNode value(JsonParser parser, Rules rules, JsonLimits limits) throws IOException {
        return value(parser, rules, limits, 0);
    }

    private static JsonNode value(JsonParser parser, Rules rules, JsonLimits limits, int depth) throws IOException {
        rules.checkDepth(depth);
        limits.count(parser);
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                ObjectNode object = NODES.objectNode();
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    parser.nextToken();
                    object.set(name, value(parser, rules, limits, depth + 1));
                }
                yield object;
            }
            case START_ARRAY -> {
                ArrayNode array = NODES.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(parser, rules, limits, depth + 1));
                }
                yield array;
            }
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(parser.getBooleanValue());
            case VALUE_NULL -> NODES.nullNode();
            case VALUE_NUMBER_INT ->
                switch (parser.getNumberType()) {
                    case INT -> NODES.numberNode(parser.getIntValue());
                    case LONG -> NODES.numberNode(parser.getLongValue());
                    default -> NODES.numberNode(parser.getBigIntegerValue());
                };
            case VALUE_NUMBER_FLOAT -> rules.fraction(parser);
            default -> throw new JsonParseException(parser, "unexpected " + parser.currentToken());
        };
    }
}
