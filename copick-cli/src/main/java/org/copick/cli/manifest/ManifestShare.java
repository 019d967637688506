package org.copick.cli.manifest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.copick.cli.options.Shard;

/** The part of a manifest that is about a share of the runs; other runs are read past and not kept in memory. */
final class ManifestShare {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Shard share;
    private final ObjectNode manifest = NODES.objectNode();

    private ManifestShare(Shard share) {
        this.share = share;
    }

    /** Reads a manifest without the runs of other shares, and without objects unless the share is the first. */
    static JsonNode read(Path file, Shard share) {
        return ManifestJson.read(file, parser -> new ManifestShare(share).read(parser));
    }

    private JsonNode read(JsonParser parser) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return MissingNode.getInstance();
        }
        if (first != JsonToken.START_OBJECT) {
            return parser.readValueAsTree();
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
            if (name.equals("views") && isObject) {
                manifest.set(name, views(parser));
            } else if (name.equals("contents") && isObject && manifest.has("views")) {
                manifest.set(name, contents(parser));
            } else {
                manifest.set(name, parser.<JsonNode>readValueAsTree());
            }
        }
        return manifest;
    }

    private ObjectNode views(JsonParser parser) throws IOException {
        ObjectNode views = NODES.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            views.set(
                    name,
                    parser.nextToken() == JsonToken.START_OBJECT ? view(parser) : parser.<JsonNode>readValueAsTree());
        }
        return views;
    }

    private ObjectNode view(JsonParser parser) throws IOException {
        ObjectNode view = NODES.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            boolean isArray = parser.nextToken() == JsonToken.START_ARRAY;
            if (name.equals("objects") && isArray && !share.isFirst()) {
                parser.skipChildren();
                view.putArray(name);
            } else if (name.equals("runs") && isArray) {
                ArrayNode runs = view.putArray(name);
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    JsonNode run = parser.readValueAsTree();
                    if (share.holds(run.path("name").asText())) {
                        runs.add(run);
                    }
                }
            } else {
                view.set(name, parser.<JsonNode>readValueAsTree());
            }
        }
        return view;
    }

    private ObjectNode contents(JsonParser parser) throws IOException {
        Set<String> paths = new HashSet<>();
        manifest.path("views").findValues("path").forEach(path -> paths.add(path.asText()));
        ObjectNode contents = NODES.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String path = parser.currentName();
            parser.nextToken();
            if (paths.contains(path)) {
                contents.set(path, parser.<JsonNode>readValueAsTree());
            } else {
                parser.skipChildren();
            }
        }
        return contents;
    }
}
