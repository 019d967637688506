package org.copick.cli.manifest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.copick.error.CorruptDataException;
import org.jspecify.annotations.Nullable;

/**
 * A manifest of one share of the runs, read from its start to its end without keeping it.
 *
 * <p>Its fields must be in the order in which {@link ProjectManifest} writes them.
 */
final class ManifestPart implements Closeable {
    private final Path file;
    private final JsonParser parser;
    private @Nullable String head;

    /**
     * Opens a part.
     *
     * @throws org.copick.error.NotFoundException when the file is missing
     */
    ManifestPart(Path file) {
        this.file = file;
        try {
            this.parser = ManifestJson.parser(file);
        } catch (IOException e) {
            throw ManifestJson.failure(file, e);
        }
    }

    Path file() {
        return file;
    }

    /** Reads the fields before the runs: the schema, the software, the share, the configuration and objects. */
    Header header() {
        return reading(() -> {
            expect(JsonToken.START_OBJECT);
            JsonNode schema = field("schema");
            JsonNode kind = field("kind");
            require(kind.asText().equals("project"));
            require(parser.nextToken() == JsonToken.FIELD_NAME);
            String share = "";
            if (parser.currentName().equals("shard")) {
                share = parser.nextTextValue();
                parser.nextToken();
            }
            require("software".equals(parser.currentName()));
            parser.nextToken();
            JsonNode software = parser.readValueAsTree();
            enter("views", JsonToken.START_OBJECT);
            enter("project", JsonToken.START_OBJECT);
            JsonNode config = field("config");
            JsonNode objects = field("objects");
            enter("runs", JsonToken.START_ARRAY);
            advanceToRun();
            return new Header(schema, Objects.requireNonNullElse(share, ""), software, config, objects);
        });
    }

    /**
     * The fields before the runs.
     *
     * @param share the share, empty if the manifest is of all runs
     */
    record Header(JsonNode schema, String share, JsonNode software, JsonNode config, JsonNode objects) {}

    /** Returns the name of the next run or the path of the next content; null after the last one. */
    @Nullable String head() {
        return head;
    }

    /** Copies the next run, and moves to the one after it. */
    void copyRun(JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", head);
        reading(() -> {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                copy(out);
            }
            advanceToRun();
            return parser;
        });
        out.writeEndObject();
    }

    /** Moves from the end of the runs to the first content. */
    void openContents() {
        reading(() -> {
            expect(JsonToken.END_OBJECT);
            expect(JsonToken.END_OBJECT);
            enter("contents", JsonToken.START_OBJECT);
            head = parser.nextFieldName();
            return parser;
        });
    }

    /** Copies the next content, and moves to the one after it. */
    void copyContent(JsonGenerator out) throws IOException {
        reading(() -> {
            copy(out);
            head = parser.nextFieldName();
            return parser;
        });
    }

    private void advanceToRun() throws IOException {
        if (parser.nextToken() == JsonToken.START_OBJECT) {
            require("name".equals(parser.nextFieldName()));
            head = parser.nextTextValue();
            require(head != null);
        } else {
            require(parser.currentToken() == JsonToken.END_ARRAY);
            head = null;
        }
    }

    /** Copies a field with its value; numbers keep their text. */
    private void copy(JsonGenerator out) throws IOException {
        out.writeFieldName(parser.currentName());
        int depth = 0;
        do {
            JsonToken token = parser.nextToken();
            require(token != null);
            switch (token) {
                case START_OBJECT, START_ARRAY -> depth++;
                case END_OBJECT, END_ARRAY -> depth--;
                default -> {}
            }
            if (token.isNumeric()) {
                out.writeNumber(parser.getText());
            } else {
                out.copyCurrentEvent(parser);
            }
        } while (depth > 0 || parser.currentToken() == JsonToken.FIELD_NAME);
    }

    private JsonNode field(String name) throws IOException {
        require(name.equals(parser.nextFieldName()));
        parser.nextToken();
        return parser.readValueAsTree();
    }

    private void enter(String name, JsonToken start) throws IOException {
        require(name.equals(parser.nextFieldName()));
        expect(start);
    }

    private void expect(JsonToken token) throws IOException {
        require(parser.nextToken() == token);
    }

    private void require(boolean asExpected) {
        if (!asExpected) {
            throw new CorruptDataException(file + " is no manifest that copick manifest --shard wrote: it has other"
                    + " fields at line " + parser.currentLocation().getLineNr() + "; write it again");
        }
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private <T> T reading(Reading<T> reading) {
        try {
            return reading.read();
        } catch (IOException e) {
            throw ManifestJson.failure(file, e);
        }
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
