package org.copick.cli.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.copick.cli.output.DiskFailure;
import org.copick.error.CorruptDataException;
import org.copick.error.NotFoundException;
import org.copick.internal.json.JsonFailure;

/** Strict JSON for manifests: non-finite numbers are strings, and integers of any size keep their digits. */
final class ManifestJson {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(500).build())
            .build();
    private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

    static {
        FACTORY.setCharacterEscapes(new SurrogateEscapes());
    }

    private ManifestJson() {}

    static JsonGenerator generator(Writer out) throws IOException {
        JsonGenerator json = FACTORY.createGenerator(out);
        json.setCodec(MAPPER);
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(new DefaultIndenter(" ", "\n"));
        return json.setPrettyPrinter(printer);
    }

    static JsonNode read(Path file) {
        return read(file, parser -> {
            JsonNode manifest = MAPPER.readTree(parser);
            return manifest == null ? MissingNode.getInstance() : manifest;
        });
    }

    /** Reads a file by a reader of its tokens, which returns a missing node for an empty file. */
    static JsonNode read(Path file, TokenReader reader) {
        try (JsonParser parser = parser(file)) {
            JsonNode manifest = reader.read(parser);
            if (manifest.isMissingNode()) {
                throw new CorruptDataException("the manifest " + file + " is empty");
            }
            return manifest;
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    static JsonParser parser(Path file) throws IOException {
        return MAPPER.createParser(Files.newInputStream(file));
    }

    /** Returns the failure to read a manifest. */
    static RuntimeException failure(Path file, IOException e) {
        if (e instanceof JsonProcessingException invalid) {
            return new CorruptDataException(
                    "the manifest " + file + " is not valid JSON: " + JsonFailure.text(invalid), e);
        }
        return e instanceof NoSuchFileException
                ? new NotFoundException("no manifest at " + file + "; check the path", e)
                : DiskFailure.of("read the manifest", file, e);
    }

    /** Reads JSON token by token. */
    @FunctionalInterface
    interface TokenReader {
        JsonNode read(JsonParser parser) throws IOException;
    }

    /** Writes a value as strict JSON. */
    static void write(JsonGenerator json, JsonNode value) throws IOException {
        if (value.isObject()) {
            json.writeStartObject();
            for (var field : value.properties()) {
                json.writeFieldName(field.getKey());
                write(json, field.getValue());
            }
            json.writeEndObject();
        } else if (value.isArray()) {
            json.writeStartArray();
            for (JsonNode element : value) {
                write(json, element);
            }
            json.writeEndArray();
        } else if (value.isFloatingPointNumber() && !value.isBigDecimal()) {
            write(json, value.doubleValue());
        } else {
            json.writeTree(value);
        }
    }

    /** Writes a number, or the string {@code NaN}, {@code Infinity} or {@code -Infinity}. */
    static void write(JsonGenerator json, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeString(Double.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
        }
    }

    static void write(JsonGenerator json, String field, long[] values) throws IOException {
        json.writeFieldName(field);
        json.writeArray(values, 0, values.length);
    }
}
