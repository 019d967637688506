package org.copick.cli.manifest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.copick.Annotation;
import org.copick.Features;
import org.copick.Filaments;
import org.copick.Mesh;
import org.copick.PickableObject;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.Tomogram;
import org.copick.Volume;
import org.copick.VoxelSpacing;
import org.copick.cli.options.Shard;
import org.copick.cli.options.ShardParts;
import org.copick.cli.output.ItemListener;
import org.copick.cli.output.Unreadable;
import org.copick.config.Color;
import org.copick.entity.SegmentationType;
import org.copick.entity.UnparsableName;
import org.copick.error.CopickException;
import org.copick.error.OperationInterruptedException;
import org.copick.internal.json.JsonTree;
import org.copick.picks.internal.DocumentManifest;
import org.copick.storage.KeyOrder;
import org.copick.zarr.ZarrArray;
import org.jspecify.annotations.Nullable;

/** The manifest of a project: the entities of a view, and their contents. */
public final class ProjectManifest {
    private static final List<String> OBJECT_FIELDS = List.of(
            "name", "is_particle", "label", "color", "emdb_id", "pdb_id", "identifier", "map_threshold", "radius");

    private final Root root;
    private final List<Run> runs;
    private final Shard share;
    private final @Nullable String relativeTo;
    private final String software;
    private final TreeMap<String, Reader> contents = new TreeMap<>(KeyOrder.BY_CODE_POINT);
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * Creates the manifest of a project.
     *
     * @param root the project to describe, merged or with all layers
     * @param runs the runs to describe
     * @param share the share that these runs are; objects are described with the first
     * @param relativeTo the location that paths are given relative to, or null for full locations
     * @param software the version of this program
     */
    public ProjectManifest(Root root, List<Run> runs, Shard share, @Nullable String relativeTo, String software) {
        this.root = root;
        this.runs = runs;
        this.share = share;
        this.relativeTo = relativeTo;
        this.software = software;
    }

    /**
     * Writes the manifest and returns the read failures, one line each.
     *
     * @param listener notified after each entity
     */
    public List<String> write(JsonGenerator json, ItemListener listener) throws IOException {
        json.writeStartObject();
        json.writeNumberField("schema", 1);
        json.writeStringField("kind", "project");
        if (!share.isWhole()) {
            json.writeStringField(ShardParts.FIELD, share.toString());
        }
        json.writeObjectFieldStart("software");
        json.writeStringField("copick-java", software);
        json.writeEndObject();
        json.writeObjectFieldStart("views");
        json.writeObjectFieldStart("project");
        writeConfig(json);
        json.writeArrayFieldStart("objects");
        for (PickableObject object : share.isFirst() ? root.objects() : List.<PickableObject>of()) {
            write(json, object);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("runs");
        for (Run run : runs) {
            write(json, run);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
        json.writeObjectFieldStart("contents");
        int total = contents.size();
        while (!contents.isEmpty()) {
            var next = contents.pollFirstEntry();
            json.writeFieldName(next.getKey());
            read(next.getKey(), next.getValue()).write(json);
            json.flush();
            listener.done(total - contents.size(), total);
        }
        json.writeEndObject();
        json.writeEndObject();
        return problems;
    }

    /** Reads a content; if it cannot be read, returns an error entry so that the rest of the manifest is written. */
    private Content read(String path, Reader reader) {
        try {
            return reader.read();
        } catch (OperationInterruptedException e) {
            throw e;
        } catch (RuntimeException | OutOfMemoryError e) {
            String error = e.getClass().getSimpleName() + ": " + e.getMessage();
            problems.add(Unreadable.line(path, e instanceof CopickException ? String.valueOf(e.getMessage()) : error));
            return json -> {
                json.writeStartObject();
                json.writeStringField("kind", "error");
                json.writeStringField("error", error);
                json.writeEndObject();
            };
        }
    }

    /** Returns a listing; if it fails, returns an empty one and adds the failure to the problems and errors. */
    private <T> List<T> list(String location, Supplier<List<T>> listing, Set<String> errors) {
        try {
            return listing.get();
        } catch (OperationInterruptedException e) {
            throw e;
        } catch (RuntimeException e) {
            boolean within = e.getMessage() != null
                    && e.getMessage().contains(location + "/")
                    && errors.stream().anyMatch(error -> error.contains(location + ":"));
            if (!within && errors.add(e.getClass().getSimpleName() + ": " + e.getMessage())) {
                problems.add(Unreadable.line(location, String.valueOf(e.getMessage())));
            }
            return List.of();
        }
    }

    private static void writeErrors(JsonGenerator json, Set<String> errors) throws IOException {
        if (!errors.isEmpty()) {
            json.writeStringField("error", String.join("; ", errors));
        }
    }

    /** Returns the names that could not be parsed, one line each; complete after {@link #write}. */
    public List<String> notes() {
        return notes;
    }

    private void writeConfig(JsonGenerator json) throws IOException {
        ObjectNode config = (ObjectNode) JsonTree.read(root.config().toJson().getBytes(StandardCharsets.UTF_8));
        config.remove("pickable_objects");
        root.config().unknown().keySet().forEach(config::remove);
        mask(config.path("overlay_fs_args"));
        mask(config.path("static_fs_args"));
        for (JsonNode layer : config.path("layers")) {
            ((ObjectNode) layer).retain("name", "root", "read_only", "fs_args");
            mask(layer.path("fs_args"));
        }
        json.writeFieldName("config");
        ManifestJson.write(json, config);
    }

    /** Replaces the texts and containers among storage options, because they may hold keys and tokens. */
    private static void mask(JsonNode arguments) {
        arguments.properties().forEach(argument -> {
            if (argument.getValue().isTextual() || argument.getValue().isContainerNode()) {
                argument.setValue(TextNode.valueOf("(not shown)"));
            }
        });
    }

    private void write(JsonGenerator json, PickableObject object) throws IOException {
        json.writeStartObject();
        JsonNode definition = JsonTree.read(object.definition().toJson().getBytes(StandardCharsets.UTF_8));
        for (String field : OBJECT_FIELDS) {
            json.writeFieldName(field);
            ManifestJson.write(json, definition.path(field));
        }
        json.writeFieldName("metadata");
        ManifestJson.write(json, JsonTree.object(object.definition().metadata()));
        json.writeBooleanField("is_filament", object.isFilament());
        json.writeBooleanField("read_only", object.readOnly());
        Volume map = null;
        try {
            map = object.findDensityMap().orElse(null);
        } catch (CopickException e) {
            problems.add(Unreadable.line("the density map of " + object.name(), String.valueOf(e.getMessage())));
        }
        Volume volume = map;
        json.writeStringField("path", volume == null ? null : content(volume.location(), () -> describe(volume)));
        json.writeEndObject();
    }

    private void write(JsonGenerator json, Run run) throws IOException {
        Set<String> errors = new LinkedHashSet<>();
        json.writeStartObject();
        json.writeStringField("name", run.name());
        PortalFacts.write(json, run);
        json.writeArrayFieldStart("voxel_spacings");
        for (VoxelSpacing spacing : list(run.location(), run::voxelSpacings, errors)) {
            Set<String> within = new LinkedHashSet<>();
            json.writeStartObject();
            json.writeNumberField("voxel_size", spacing.voxelSize());
            json.writeStringField(
                    "directory", "VoxelSpacing" + spacing.key().size().text());
            json.writeArrayFieldStart("tomograms");
            for (Tomogram tomogram : list(spacing.location(), spacing::tomograms, within)) {
                write(json, tomogram);
            }
            json.writeEndArray();
            PortalFacts.write(json, spacing);
            writeErrors(json, within);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("picks");
        for (Picks picks : list(run.location(), run::picks, errors)) {
            writeAnnotation(json, picks, () -> describe(picks));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("filaments");
        for (Filaments filaments : list(run.location(), run::filaments, errors)) {
            writeAnnotation(json, filaments, () -> describe(filaments));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("meshes");
        for (Mesh mesh : list(run.location(), run::meshes, errors)) {
            writeAnnotation(json, mesh, () -> MeshDescription.of(mesh));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("segmentations");
        for (Segmentation segmentation : list(run.location(), run::segmentations, errors)) {
            write(json, segmentation);
        }
        json.writeEndArray();
        List<UnparsableName> skipped = list(run.location(), run::unparsableNames, errors);
        writeErrors(json, errors);
        json.writeEndObject();
        skipped.forEach(each -> notes.add("skipped " + each.location() + ": " + each.reason()));
    }

    private void write(JsonGenerator json, Tomogram tomogram) throws IOException {
        json.writeStartObject();
        json.writeStringField("tomo_type", tomogram.type());
        json.writeBooleanField("read_only", tomogram.readOnly());
        json.writeStringField("path", content(tomogram.location(), () -> describe(tomogram.volume())));
        json.writeArrayFieldStart("features");
        Set<String> errors = new LinkedHashSet<>();
        for (Features features : list(tomogram.location(), tomogram::features, errors)) {
            json.writeStartObject();
            json.writeStringField("feature_type", features.type());
            json.writeBooleanField("read_only", features.readOnly());
            json.writeStringField("path", content(features.location(), () -> describe(features.volume())));
            json.writeEndObject();
        }
        json.writeEndArray();
        PortalFacts.write(json, tomogram);
        writeErrors(json, errors);
        json.writeEndObject();
    }

    private void writeAnnotation(JsonGenerator json, Annotation annotation, Reader reader) throws IOException {
        json.writeStartObject();
        json.writeStringField("object_name", annotation.objectName());
        json.writeStringField("user_id", annotation.userId());
        json.writeStringField("session_id", annotation.sessionId());
        json.writeBooleanField("from_tool", annotation.fromTool());
        json.writeBooleanField("read_only", annotation.readOnly());
        json.writeStringField("path", content(annotation.location(), reader));
        PortalFacts.write(json, annotation);
        json.writeEndObject();
    }

    private void write(JsonGenerator json, Segmentation segmentation) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", segmentation.name());
        json.writeStringField("user_id", segmentation.userId());
        json.writeStringField("session_id", segmentation.sessionId());
        json.writeNumberField("voxel_size", segmentation.voxelSize());
        json.writeStringField("type", segmentation.type().name().toLowerCase(Locale.ROOT));
        json.writeBooleanField("is_multilabel", segmentation.type() == SegmentationType.MULTILABEL);
        json.writeBooleanField("from_tool", segmentation.fromTool());
        Color color = segmentation.color();
        json.writeFieldName("color");
        json.writeArray(new int[] {color.red(), color.green(), color.blue(), color.alpha()}, 0, 4);
        json.writeBooleanField("read_only", segmentation.readOnly());
        json.writeStringField("path", content(segmentation.location(), () -> describe(segmentation.volume())));
        PortalFacts.write(json, segmentation);
        json.writeEndObject();
    }

    /** Reads an entity and returns its description. */
    @FunctionalInterface
    private interface Reader {
        Content read();
    }

    private String content(String location, Reader reader) {
        String path = relativeTo != null && location.startsWith(relativeTo + "/")
                ? location.substring(relativeTo.length() + 1)
                : location;
        contents.put(path, reader);
        return path;
    }

    private static Content describe(Picks picks) {
        var document = picks.document();
        picks.refresh();
        return json -> {
            json.writeStartObject();
            json.writeStringField("kind", "picks");
            json.writeFieldName("document");
            DocumentManifest.write(document, json);
            json.writeEndObject();
        };
    }

    private static Content describe(Filaments filaments) {
        var document = filaments.document();
        filaments.refresh();
        return json -> {
            json.writeStartObject();
            json.writeStringField("kind", "filaments");
            json.writeFieldName("document");
            DocumentManifest.write(document, json);
            json.writeEndObject();
        };
    }

    private static Content describe(Volume volume) {
        record Read(String path, Optional<double[]> scale, ZarrArray array, String sha256) {}
        List<Read> levels = volume.levels().stream()
                .map(level ->
                        new Read(level.path(), level.scale(), level.array(), ArrayDescription.sha256(level.array())))
                .toList();
        return json -> {
            json.writeStartObject();
            json.writeStringField("kind", "volume");
            if (volume.zarrFormat().isPresent()) {
                json.writeNumberField("zarr_format", volume.zarrFormat().get());
                json.writeStringField("ome_version", volume.omeVersion().orElse(null));
                json.writeFieldName("axes");
                if (volume.axes().isEmpty()) {
                    json.writeNull();
                } else {
                    json.writeArray(
                            volume.axes().toArray(new String[0]),
                            0,
                            volume.axes().size());
                }
                json.writeFieldName("metadata");
                if (volume.metadata().isPresent()) {
                    ManifestJson.write(json, JsonTree.tree(volume.metadata().get()));
                } else {
                    json.writeNull();
                }
            }
            json.writeArrayFieldStart("levels");
            for (Read level : levels) {
                json.writeStartObject();
                json.writeStringField("path", level.path());
                json.writeFieldName("scale");
                if (level.scale().isPresent()) {
                    double[] scale = level.scale().get();
                    json.writeArray(scale, 0, scale.length);
                } else {
                    json.writeNull();
                }
                ArrayDescription.write(json, level.array(), level.sha256());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        };
    }
}
