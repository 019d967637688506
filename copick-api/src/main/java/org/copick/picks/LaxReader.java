package org.copick.picks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import org.copick.error.CorruptDataException;
import org.copick.internal.json.JsonFailure;
import org.copick.internal.json.JsonLimits;
import org.copick.internal.json.JsonTree;
import org.jspecify.annotations.Nullable;

/**
 * A stream of JSON whose values are converted as in pydantic's lax mode.
 *
 * <p>Each reading method expects the parser on the value's first token and leaves it on the last one. A repeated key
 * is read each time, so the last value wins.
 */
final class LaxReader implements AutoCloseable {
    private static final int MAX_NESTING = FreeFormJson.MAX_DEPTH + 50;
    private static final int MAX_STRING = 1 << 24;
    private static final int MAX_SHOWN = 40;
    /** Longest text, 15 digits and a point, for which the nearest double always prints the same digits. */
    private static final int EXACT = 16;

    private static final String INTEGER = "a 64-bit integer";

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING)
                    .maxStringLength(MAX_STRING)
                    .build())
            .build();

    private final JsonLimits limits = new JsonLimits();
    private final JsonTree.Rules freeForm = new FreeForm();
    private final JsonParser parser;
    private final String location;

    /** Reads the value of one key. */
    @FunctionalInterface
    interface FieldReader {
        void read(String key) throws IOException;
    }

    /** Reads one item of a list. */
    @FunctionalInterface
    interface ItemReader {
        void read() throws IOException;
    }

    /** Reads a whole document. */
    @FunctionalInterface
    interface DocumentReader<T> {
        T read(LaxReader in) throws IOException;
    }

    private LaxReader(JsonParser parser, String location) {
        this.parser = parser;
        this.location = location;
    }

    /**
     * Reads a file that consists of one object.
     *
     * @param location the source of the bytes, for messages
     * @throws CorruptDataException if they are not UTF-8 JSON, hold something else, or {@code document} refuses them
     */
    static <T> T parse(byte[] json, String location, DocumentReader<T> document) {
        checkEncoding(json, location);
        try (LaxReader in = new LaxReader(FACTORY.createParser(json), location)) {
            if (in.parser.nextToken() == null) {
                throw new CorruptDataException(location + ": the file is empty, not a JSON object");
            }
            T result = document.read(in);
            if (in.parser.nextToken() != null) {
                throw in.error("nothing may follow the document");
            }
            return result;
        } catch (StreamConstraintsException e) {
            throw new CorruptDataException(location + ": " + JsonFailure.text(e), e);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw new CorruptDataException(location + ": not valid JSON" + where + ": " + JsonFailure.text(e), e);
        } catch (IOException e) {
            throw new CorruptDataException(location + ": not valid JSON: " + e.getMessage(), e);
        }
    }

    /** Refuses other encodings and a byte order mark, as Python does; Jackson would guess encodings. */
    private static void checkEncoding(byte[] json, String location) {
        for (int i = 0; i < Math.min(4, json.length); i++) {
            if (i == 0 && json[0] == (byte) 0xEF) {
                throw new CorruptDataException(location
                        + ": begins with a byte order mark, which Python copick refuses as well; store it without");
            }
            if (json[i] == 0 || (i < 2 && json[i] < 0)) {
                throw new CorruptDataException(location + ": not UTF-8 JSON");
            }
        }
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    /** Reads an object, key by key. */
    void object(FieldReader field) throws IOException {
        if (!parser.isExpectedStartObjectToken()) {
            throw expected("an object");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            field.read(key);
        }
    }

    /** Reads a list, item by item. */
    void array(ItemReader item) throws IOException {
        if (!parser.isExpectedStartArrayToken()) {
            throw expected("a list");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            item.read();
        }
    }

    /** Reads a list of exactly {@code count} numbers into {@code target}. */
    void numbers(double[] target, int offset, int count) throws IOException {
        if (!parser.isExpectedStartArrayToken()) {
            throw expected("a list of " + count + " numbers");
        }
        int n = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (n == count) {
                throw error("expected only " + count + " items");
            }
            target[offset + n++] = number();
        }
        if (n < count) {
            throw error("expected " + count + " items, found " + n);
        }
    }

    void skip() throws IOException {
        parser.skipChildren();
    }

    boolean isNull() {
        return parser.hasToken(JsonToken.VALUE_NULL);
    }

    String string() throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            throw expected("a string");
        }
        return parser.getText();
    }

    @Nullable String stringOrNull() throws IOException {
        return isNull() ? null : string();
    }

    /** Reads a float: a number, a number in a string, or a truth value. */
    double number() throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_FLOAT -> floating();
            case VALUE_NUMBER_INT -> {
                double whole = parser.getDoubleValue();
                if (Double.isInfinite(whole)) {
                    throw expected("a number in the range of a double");
                }
                yield whole;
            }
            case VALUE_TRUE -> 1;
            case VALUE_FALSE -> 0;
            case VALUE_STRING -> understood(LaxText.number(parser.getText()), "a number");
            default -> throw expected("a number");
        };
    }

    @Nullable Double numberOrNull() throws IOException {
        return isNull() ? null : Double.valueOf(number());
    }

    /** Reads a 64-bit integer: a number without a fraction, such a number in a string, or a truth value. */
    long integer() throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT -> {
                if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                    throw expected(INTEGER);
                }
                yield parser.getLongValue();
            }
            case VALUE_NUMBER_FLOAT -> {
                double value = floating();
                if (value != Math.rint(value) || Math.abs(value) >= 0x1p63) {
                    throw expected(INTEGER);
                }
                yield (long) value;
            }
            case VALUE_TRUE -> 1;
            case VALUE_FALSE -> 0;
            case VALUE_STRING -> understood(LaxText.integer(parser.getText()), INTEGER);
            default -> throw expected(INTEGER);
        };
    }

    /** Reads a truth value: true, false, 0, 1, or a word like "yes" or "off". */
    boolean truth() throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                double value = number();
                if (value != 0 && value != 1) {
                    throw expected("true or false");
                }
                yield value == 1;
            }
            case VALUE_STRING -> understood(LaxText.truth(parser.getText()), "true or false");
            default -> throw expected("true or false");
        };
    }

    private <T> T understood(@Nullable T parsed, String what) throws IOException {
        if (parsed == null) {
            throw expected(what);
        }
        return parsed;
    }

    /** Reads any value as a tree. */
    JsonNode tree() throws IOException {
        return JsonTree.value(parser, freeForm, limits);
    }

    /** Reads any value, as text, number, boolean, list, map or null. */
    @Nullable Object value() throws IOException {
        return JsonTree.plain(tree());
    }

    /** Converts numbers like {@link FreeFormJson}, and limits its depth rather than that of the whole document. */
    private final class FreeForm implements JsonTree.Rules {
        @Override
        public void checkDepth(int depth) {
            if (depth > FreeFormJson.MAX_DEPTH) {
                throw error("nests deeper than " + FreeFormJson.MAX_DEPTH);
            }
        }

        @Override
        public JsonNode fraction(JsonParser at) throws IOException {
            // checked before the value is converted: afterwards the parser reports 1e999 as Infinity
            boolean named = at.isNaN();
            double rounded = floating();
            String text = at.getText();
            boolean exact = text.length() <= EXACT && text.indexOf('e') < 0 && text.indexOf('E') < 0;
            return named || exact
                    ? JsonNodeFactory.instance.numberNode(rounded)
                    : JsonTree.tree(
                            FreeFormJson.number(rounded, JsonLimits.decimal(at).decimalValue()));
        }
    }

    private double floating() throws IOException {
        double value = parser.getDoubleValue();
        if (!Double.isFinite(value)) {
            String text = parser.getText();
            if (text.charAt(0) == '+' || text.endsWith("INF")) {
                throw expected("a number"); // Jackson reads these, Python does not
            }
        }
        return value;
    }

    /** Returns the exception for a key that is missing from the object just read. */
    CorruptDataException missing(String key) {
        return new CorruptDataException(location + ": " + place(key) + ": required, but missing");
    }

    /** Returns an exception about the value being read, or just read. */
    CorruptDataException error(String complaint) {
        return new CorruptDataException(location + ": " + place("") + ": " + complaint);
    }

    /** Returns an exception about the value just read, for a rule that the value's class checks. */
    CorruptDataException error(IllegalArgumentException cause) {
        return new CorruptDataException(location + ": " + place("") + ": " + cause.getMessage(), cause);
    }

    private CorruptDataException expected(String what) throws IOException {
        String found = switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> '"' + shown(parser.getText()) + '"';
            default -> shown(parser.getText());
        };
        return error("expected " + what + ", found " + found);
    }

    /** Returns the parser's position in the document, such as {@code points[3].location.y}. */
    private String place(String key) {
        StringBuilder place = new StringBuilder(key.isEmpty() ? "" : "." + key);
        for (JsonStreamContext at = parser.getParsingContext(); at != null; at = at.getParent()) {
            if (at.inArray() && at.hasCurrentIndex()) {
                place.insert(0, "[" + at.getCurrentIndex() + "]");
            } else if (at.inObject() && at.hasCurrentName()) {
                place.insert(0, "." + shown(at.getCurrentName()));
            }
        }
        return place.isEmpty() ? "the document" : place.charAt(0) == '.' ? place.substring(1) : place.toString();
    }

    private static String shown(String text) {
        int end = Math.min(text.length(), MAX_SHOWN);
        StringBuilder shown = new StringBuilder(end + 1);
        for (int i = 0; i < end; i++) {
            shown.append(Character.isISOControl(text.charAt(i)) ? '\uFFFD' : text.charAt(i));
        }
        return end < text.length() ? shown.append('…').toString() : shown.toString();
    }
}
