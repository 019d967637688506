package org.copick.cli.manifest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import org.copick.cli.options.ShardParts;
import org.copick.cli.output.CommandFailure;
import org.copick.storage.KeyOrder;
import org.jspecify.annotations.Nullable;

/**
 * The manifest of a project from those of all shares of its runs.
 *
 * <p>Runs and contents are copied one at a time, in the order of their names, so memory does not grow with the project.
 */
public final class ManifestMerge implements Closeable {
    /** The command that writes a part. */
    private static final String REMEDY = "copick manifest --shard I/N -o FILE";

    private final List<ManifestPart> parts = new ArrayList<>();
    private final ManifestPart.Header header;
    private final JsonNode objects;

    /**
     * Opens the parts.
     *
     * @throws CommandFailure when they are not those of all shares of one project
     */
    public ManifestMerge(List<Path> files) throws IOException {
        boolean opened = false;
        try {
            ShardParts shares = new ShardParts();
            ManifestPart.@Nullable Header first = null;
            JsonNode described = null;
            for (Path file : files) {
                ManifestPart part = new ManifestPart(file);
                parts.add(part);
                ManifestPart.Header next = part.header();
                shares.add(file, next.share(), REMEDY);
                first = first == null ? next : first;
                if (!first.config().equals(next.config()) || !first.schema().equals(next.schema())) {
                    throw new CommandFailure(file + " and " + files.get(0)
                            + " describe different configurations; write all parts with one configuration");
                }
                if (described == null || !next.objects().isEmpty()) {
                    described = next.objects();
                }
            }
            shares.requireAll(REMEDY);
            header = Objects.requireNonNull(first);
            objects = Objects.requireNonNull(described);
            opened = true;
        } finally {
            if (!opened) {
                close();
            }
        }
    }

    /** Writes the manifest of the project; returns no failures, because contents that could not be read say so. */
    public List<String> write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeFieldName("schema");
        ManifestJson.write(json, header.schema());
        json.writeStringField("kind", "project");
        json.writeFieldName("software");
        ManifestJson.write(json, header.software());
        json.writeObjectFieldStart("views");
        json.writeObjectFieldStart("project");
        json.writeFieldName("config");
        ManifestJson.write(json, header.config());
        json.writeFieldName("objects");
        ManifestJson.write(json, objects);
        json.writeArrayFieldStart("runs");
        inOrder(part -> part.copyRun(json));
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
        json.writeObjectFieldStart("contents");
        parts.forEach(ManifestPart::openContents);
        inOrder(part -> part.copyContent(json));
        json.writeEndObject();
        json.writeEndObject();
        return List.of();
    }

    /** Copies one item of a part. */
    private interface ItemCopy {
        void from(ManifestPart part) throws IOException;
    }

    private void inOrder(ItemCopy copy) throws IOException {
        PriorityQueue<ManifestPart> waiting = new PriorityQueue<>(
                parts.size(),
                Comparator.comparing(part -> Objects.requireNonNull(part.head()), KeyOrder.BY_CODE_POINT));
        parts.stream().filter(part -> part.head() != null).forEach(waiting::add);
        while (!waiting.isEmpty()) {
            ManifestPart part = waiting.poll();
            String head = Objects.requireNonNull(part.head());
            ManifestPart next = waiting.peek();
            if (next != null && head.equals(next.head())) {
                throw new CommandFailure(part.file() + " and " + next.file() + " both have " + head
                        + "; write both parts again with one version of copick");
            }
            copy.from(part);
            if (part.head() != null) {
                waiting.add(part);
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (ManifestPart part : parts) {
            part.close();
        }
    }
}
