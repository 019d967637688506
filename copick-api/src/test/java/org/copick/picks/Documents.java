package org.copick.picks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;
import org.copick.picks.internal.DocumentManifest;

/** Reads golden files, and reads and writes documents in short form. */
final class Documents {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private Documents() {}

    /** Reads a golden file that Python wrote. */
    static byte[] golden(String name) throws IOException {
        try (var in = Documents.class.getResourceAsStream(name + ".json")) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    static PicksDocument picks(String json) {
        return PicksDocument.parse(json.getBytes(UTF_8), "p.json");
    }

    /** Returns a document with one point, given as JSON. */
    static PicksDocument onePoint(String pointJson) {
        return picks(withPoints("[" + pointJson + "]"));
    }

    static String withPoints(String pointsJson) {
        return "{\"pickable_object_name\":\"o\",\"user_id\":\"u\",\"session_id\":\"s\",\"points\":" + pointsJson + "}";
    }

    static FilamentsDocument filaments(String json) {
        return FilamentsDocument.parse(json.getBytes(UTF_8), "f.json");
    }

    static String withFilaments(String filamentsJson) {
        return "{\"pickable_object_name\":\"o\",\"user_id\":\"u\",\"session_id\":\"s\",\"filaments\":" + filamentsJson
                + "}";
    }

    static JsonNode manifest(PicksDocument document) throws IOException {
        return written(json -> DocumentManifest.write(document, json));
    }

    static JsonNode manifest(FilamentsDocument document) throws IOException {
        return written(json -> DocumentManifest.write(document, json));
    }

    private static JsonNode written(ManifestWriter document) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = MAPPER.createGenerator(bytes)) {
            document.write(json);
        }
        return MAPPER.readTree(bytes.toByteArray());
    }

    private interface ManifestWriter {
        void write(JsonGenerator json) throws IOException;
    }
}
