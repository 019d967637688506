package org.copick.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Objects;
import org.copick.error.InvalidConfigException;
import org.copick.internal.json.JsonFailure;
import org.copick.internal.json.JsonTree;
import org.jspecify.annotations.Nullable;

/** Reads and writes the JSON form of a configuration. */
final class ConfigJson {
    /** Holds the mapper, which is expensive to create, until something is first written; see {@link JsonTree}. */
    private static final class Writing {
        static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                        .configure(JsonWriteFeature.ESCAPE_NON_ASCII, true)
                        // like Python, so that NaN and infinities stay numbers
                        .configure(JsonWriteFeature.WRITE_NAN_AS_STRINGS, false)
                        .build())
                .build();
    }

    private static final String BYTE_ORDER_MARK = "\ufeff";

    private ConfigJson() {}

    static ProjectConfig parse(String json, String location) {
        if (json.isBlank()) {
            throw new InvalidConfigException("invalid configuration " + location + ": it is empty");
        }
        JsonNode tree;
        try {
            // Windows editors put a byte order mark before text that they save as UTF-8
            tree = JsonTree.readExactly(json.startsWith(BYTE_ORDER_MARK) ? json.substring(1) : json);
        } catch (StreamConstraintsException e) {
            throw new InvalidConfigException(
                    "invalid configuration " + location + ": " + JsonFailure.text(e) + place(e.getLocation()), e);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            // the parser's own message quotes the text around the error, which may hold a secret
            throw new InvalidConfigException("invalid configuration " + location + ": not JSON at line "
                    + (at == null ? "?" : at.getLineNr() + ", column " + at.getColumnNr())
                    + "; comments and trailing commas are not allowed");
        } catch (IOException e) {
            throw new InvalidConfigException("invalid configuration " + location + ": it cannot be read", e);
        }
        if (!(tree instanceof ObjectNode root)) {
            throw new InvalidConfigException("invalid configuration " + location + ": it must be a JSON object");
        }
        try {
            return new ProjectConfig(new FieldReader(root, ""));
        } catch (InvalidConfigException e) {
            throw new InvalidConfigException(
                    Objects.requireNonNull(e.getMessage())
                            .replace("invalid configuration:", "invalid configuration " + location + ":"),
                    e);
        }
    }

    private static String place(@Nullable JsonLocation at) {
        return at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }

    static String write(ObjectNode json) {
        try {
            return Writing.MAPPER.writer(pythonStyle()).writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain nodes can always be written", e);
        }
    }

    private static DefaultPrettyPrinter pythonStyle() {
        DefaultIndenter indent = new DefaultIndenter("    ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
        printer.indentObjectsWith(indent);
        printer.indentArraysWith(indent);
        return printer;
    }
}
