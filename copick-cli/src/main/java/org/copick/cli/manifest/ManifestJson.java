package org.copick.cli.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
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
        try (InputStream text = Files.newInputStream(file)) {
            JsonNode manifest = MAPPER.readTree(text);
            if (manifest.isMissingNode()) {
                throw new CorruptDataException("the manifest " + file + " is empty");
            }
            return manifest;
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new CorruptDataException("the manifest " + file + " is not valid JSON: " + JsonFailure.text(e), e);
        } catch (NoSuchFileException e) {
            throw new NotFoundException("no manifest at " + file + "; check the path", e);
        } catch (IOException e) {
            throw DiskFailure.of("read the manifest", file, e);
        }
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
