package org.copick.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON as an {@code ObjectMapper} would, but without one: making the first of these takes a new process longer than
 * reading a small project's configuration; docs/performance.md says how long. Bare {@code NaN} and
 * {@code Infinity}, which Python writes, are read; more than 200 levels are refused, and so are more values than the heap
 * holds, numbers of more than 1000 characters, and text after the end.
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
     * The tree of a text, with doubles for fractions; missing where there is none.
     *
     * @throws com.fasterxml.jackson.core.JsonProcessingException when it is no JSON
     */
    public static JsonNode read(byte[] json) throws IOException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            return whole(parser, false);
        }
    }

    /**
     * Reads a document as above, and keeps fractions exactly as they are written.
     *
     * @throws com.fasterxml.jackson.core.JsonProcessingException when it is no JSON
     */
    public static JsonNode readExactly(String json) throws IOException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            return whole(parser, true);
        }
    }

    /** A value as text, number, boolean, list, map or null. */
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

    private static JsonNode whole(JsonParser parser, boolean exactly) throws IOException {
        if (parser.nextToken() == null) {
            return MissingNode.getInstance();
        }
        JsonNode tree = value(parser, exactly, new JsonLimits());
        if (parser.nextToken() != null) {
            throw new JsonParseException(parser, "there is more after the end");
        }
        return tree;
    }

    private static JsonNode value(JsonParser parser, boolean exactly, JsonLimits limits) throws IOException {
        limits.count(parser);
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                ObjectNode object = NODES.objectNode();
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    parser.nextToken();
                    object.set(name, value(parser, exactly, limits));
                }
                yield object;
            }
            case START_ARRAY -> {
                ArrayNode array = NODES.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(parser, exactly, limits));
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
            case VALUE_NUMBER_FLOAT ->
                exactly && !parser.isNaN() ? JsonLimits.decimal(parser) : NODES.numberNode(parser.getDoubleValue());
            default -> throw new JsonParseException(parser, "unexpected " + parser.currentToken());
        };
    }
}
