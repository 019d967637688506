package org.copick.picks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes a document in one of its two forms: as Python stores it, or as Python's model in a manifest. */
final class JsonOutput {
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
            .characterEscapes(new DeleteEscaped())
            .build();

    /** Indent 4, {@code ": "} and newlines, {@code []} and {@code {}} for empty values. */
    private static final DefaultPrettyPrinter INDENT_4 = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator(""))
            .withObjectIndenter(Lines.INDENT_4)
            .withArrayIndenter(Lines.INDENT_4);

    /** A document that can be written in either form. */
    @FunctionalInterface
    interface Writable {
        void write(JsonOutput out) throws IOException;
    }

    final JsonGenerator json;
    private final boolean manifest;

    private JsonOutput(JsonGenerator json, boolean manifest) {
        this.json = json;
        this.manifest = manifest;
    }

    /** Returns an output to a manifest: strict JSON, restricted to the contents of Python's model. */
    static JsonOutput manifest(JsonGenerator json) {
        return new JsonOutput(json, true);
    }

    /** Returns the document as Python's {@code json.dump(…, indent=4)} writes it. */
    static byte[] stored(Writable document) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder()) {
            try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
                json.setPrettyPrinter(INDENT_4.createInstance());
                document.write(new JsonOutput(json, false));
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void field(String key, @Nullable String value) throws IOException {
        json.writeFieldName(key);
        json.writeString(value);
    }

    void field(String key, @Nullable Double value) throws IOException {
        json.writeFieldName(key);
        if (value == null) {
            json.writeNull();
        } else {
            number(value);
        }
    }

    void number(double value) throws IOException {
        if (!manifest) {
            json.writeNumber(PythonFloat.toString(value));
        } else if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeString(PythonFloat.toString(value));
        }
    }

    /** Writes the keys that Python would drop, in the stored form only. */
    void unknown(Map<String, @Nullable Object> fields) throws IOException {
        if (!manifest) {
            fields(fields);
        }
    }

    /** Writes further keys of a curve. A manifest omits those that are null, as Python's model does. */
    void curveFields(Map<String, @Nullable Object> fields) throws IOException {
        for (Map.Entry<String, @Nullable Object> field : fields.entrySet()) {
            if (!manifest || field.getValue() != null) {
                json.writeFieldName(field.getKey());
                value(field.getValue());
            }
        }
    }

    void fields(Map<String, @Nullable Object> fields) throws IOException {
        for (Map.Entry<String, @Nullable Object> field : fields.entrySet()) {
            json.writeFieldName(field.getKey());
            value(field.getValue());
        }
    }

    private void value(@Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> field : map.entrySet()) {
                json.writeFieldName((String) field.getKey());
                value(field.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object item : list) {
                value(item);
            }
            json.writeEndArray();
        } else if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof BigInteger integer) {
            json.writeNumber(integer);
        } else if (value instanceof BigDecimal decimal && !manifest) {
            json.writeNumber(decimal);
        } else if (value instanceof Double || value instanceof BigDecimal) {
            number(((Number) value).doubleValue());
        } else if (value instanceof Number integer) {
            json.writeNumber(integer.longValue());
        } else {
            json.writeNull();
        }
    }

    /**
     * Writes line breaks with their indentation as whole strings, because they make up two thirds of a document of
     * points.
     */
    private enum Lines implements DefaultPrettyPrinter.Indenter {
        INDENT_4;

        private static final int DEEPEST = 16;
        private static final List<SerializedString> BEGINNINGS = IntStream.range(0, DEEPEST)
                .mapToObj(level -> new SerializedString(beginning(level)))
                .toList();

        private static String beginning(int level) {
            return "\n" + "    ".repeat(level);
        }

        @Override
        public void writeIndentation(JsonGenerator json, int level) throws IOException {
            if (level < DEEPEST) {
                json.writeRaw(BEGINNINGS.get(level));
            } else {
                json.writeRaw(beginning(level));
            }
        }

        @Override
        public boolean isInline() {
            return false;
        }
    }

    /** JSON's escapes, plus DEL, which Python escapes too. */
    private static final class DeleteEscaped extends CharacterEscapes {
        private static final long serialVersionUID = 1L;
        private static final char DELETE = 127;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = standardAsciiEscapesForJSON();
            codes[DELETE] = ESCAPE_STANDARD;
            return codes;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int c) {
            return null;
        }
    }
}
