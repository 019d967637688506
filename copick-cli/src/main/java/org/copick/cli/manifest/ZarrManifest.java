package org.copick.cli.manifest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.copick.cli.output.ItemListener;
import org.copick.cli.output.Unreadable;
import org.copick.error.CopickException;
import org.copick.error.CorruptDataException;
import org.copick.error.OperationInterruptedException;
import org.copick.internal.json.JsonTree;
import org.copick.storage.FolderListing;
import org.copick.storage.Keys;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.PrefixStore;
import org.copick.zarr.PartialImage;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.copick.zarr.ZarrGroup;
import org.copick.zarr.ZarrNode;

/** The manifest of a folder of plain Zarr arrays and groups. */
public final class ZarrManifest {
    private static final Set<String> METADATA = Set.of(".zarray", ".zgroup", "zarr.json");
    /** Files beside Zarr metadata; a folder that has only these lacks its metadata. */
    private static final Set<String> BESIDE = Set.of(".zattrs", ".zmetadata");

    private final ObjectStore store;
    private final Zarr zarr;
    private final String software;
    private final List<String> problems = new ArrayList<>();

    /** Creates the manifest of everything below the root of a store. */
    public ZarrManifest(ObjectStore store, Zarr zarr, String software) {
        this.store = store;
        this.zarr = zarr;
        this.software = software;
    }

    /**
     * Writes the manifest and returns the read failures, one line each.
     *
     * @param listener notified after each array
     */
    public List<String> write(JsonGenerator json, ItemListener listener) throws IOException {
        Map<String, ZarrGroup> groups = new LinkedHashMap<>();
        Map<String, Optional<ZarrArray>> arrays = new LinkedHashMap<>();
        Map<String, String> refused = new LinkedHashMap<>();
        for (String path : nodes()) {
            String shown = path.isEmpty() ? "." : path;
            try {
                ZarrNode node = zarr.open(store, path).orElse(null);
                if (node instanceof ZarrGroup group) {
                    groups.put(shown, group);
                } else if (node instanceof ZarrArray array) {
                    arrays.put(shown, Optional.of(array));
                } else {
                    PartialImage.problem(new PrefixStore(store, path.isEmpty() ? "" : path + "/"))
                            .ifPresent(problem -> {
                                throw new CorruptDataException(problem);
                            });
                }
            } catch (OperationInterruptedException e) {
                throw e;
            } catch (RuntimeException e) {
                arrays.put(shown, Optional.empty());
                refused.put(shown, refusal(shown, e));
            }
        }
        json.writeStartObject();
        json.writeNumberField("schema", 1);
        json.writeStringField("kind", "zarr");
        json.writeObjectFieldStart("software");
        json.writeStringField("copick-java", software);
        json.writeEndObject();
        json.writeArrayFieldStart("groups");
        for (var group : groups.entrySet()) {
            write(json, group.getKey(), group.getValue());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("arrays");
        int read = 0;
        for (var array : arrays.entrySet()) {
            json.writeStartObject();
            json.writeStringField("path", array.getKey());
            if (array.getValue().isPresent()) {
                write(json, array.getKey(), array.getValue().get());
            } else {
                json.writeStringField("error", refused.getOrDefault(array.getKey(), ""));
            }
            json.writeEndObject();
            listener.done(++read, arrays.size());
        }
        json.writeEndArray();
        json.writeEndObject();
        return problems;
    }

    private void write(JsonGenerator json, String path, ZarrGroup group) throws IOException {
        Set<String> errors = new LinkedHashSet<>();
        Optional<List<String>> members = read(path, group::members, errors);
        Optional<ObjectNode> attributes = read(path, () -> JsonTree.object(group.attributes()), errors);
        Optional<Boolean> consolidated = read(path, group::consolidated, errors);
        json.writeStartObject();
        json.writeStringField("path", path);
        json.writeNumberField("zarr_format", group.zarrFormat());
        writeAttributes(json, attributes);
        json.writeArrayFieldStart("members");
        for (String member : members.orElse(List.of())) {
            json.writeString(member);
        }
        json.writeEndArray();
        if (consolidated.isPresent()) {
            json.writeBooleanField("consolidated", consolidated.get());
        }
        writeErrors(json, errors);
        json.writeEndObject();
    }

    /** Returns a value that is read; if that fails, returns empty and adds the failure to the errors. */
    private <T> Optional<T> read(String path, Supplier<T> reading, Set<String> errors) {
        try {
            return Optional.of(reading.get());
        } catch (OperationInterruptedException e) {
            throw e;
        } catch (RuntimeException e) {
            errors.add(refusal(path, e));
            return Optional.empty();
        }
    }

    private static void writeAttributes(JsonGenerator json, Optional<ObjectNode> attributes) throws IOException {
        if (attributes.isPresent()) {
            json.writeFieldName("attributes");
            ManifestJson.write(json, attributes.get());
        }
    }

    private static void writeErrors(JsonGenerator json, Set<String> errors) throws IOException {
        if (!errors.isEmpty()) {
            json.writeStringField("error", String.join("; ", errors));
        }
    }

    private void write(JsonGenerator json, String path, ZarrArray array) throws IOException {
        String sha256;
        try {
            sha256 = ArrayDescription.sha256(array);
        } catch (OperationInterruptedException e) {
            throw e;
        } catch (RuntimeException | OutOfMemoryError e) {
            json.writeStringField("error", refusal(path, e));
            return;
        }
        json.writeNumberField("zarr_format", array.zarrFormat());
        ArrayDescription.write(json, array, sha256);
        ArrayDescription.writeFillValue(json, array);
        if (array.zarrFormat() == 2) {
            json.writeStringField("order", String.valueOf(array.order()));
        } else {
            json.writeFieldName("dimension_names");
            ArrayDescription.writeNames(json, array);
        }
        Set<String> errors = new LinkedHashSet<>();
        writeAttributes(json, read(path, () -> JsonTree.object(array.attributes()), errors));
        writeErrors(json, errors);
    }

    private String refusal(String path, Throwable e) {
        String error = e.getClass().getSimpleName() + ": " + e.getMessage();
        String location = path.equals(".") ? store.location() : store.location() + "/" + path;
        problems.add(Unreadable.line(location, e instanceof CopickException ? String.valueOf(e.getMessage()) : error));
        return error;
    }

    /** Returns the prefixes that hold Zarr metadata, parents first; does not list the chunks of arrays. */
    private List<String> nodes() {
        List<String> found = new ArrayList<>();
        collect("", found);
        return found;
    }

    private void collect(String prefix, List<String> found) {
        FolderListing level;
        try {
            level = store.listFolder(prefix);
        } catch (OperationInterruptedException e) {
            throw e;
        } catch (CopickException e) {
            refusal(prefix.isEmpty() ? "." : prefix, e);
            return;
        }
        // a dangling symbolic link to metadata is listed as a folder
        List<String> names = Stream.concat(level.objects().stream().map(ObjectInfo::key), level.prefixes().stream())
                .map(Keys::lastSegment)
                .toList();
        List<String> metadata = names.stream().filter(METADATA::contains).toList();
        if (!metadata.isEmpty() || names.stream().anyMatch(BESIDE::contains)) {
            found.add(prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1));
        }
        if (!metadata.contains(".zarray") || metadata.contains("zarr.json")) {
            level.prefixes().stream()
                    .filter(below -> !METADATA.contains(Keys.lastSegment(below)))
                    .filter(below -> !BESIDE.contains(Keys.lastSegment(below)))
                    .forEach(below -> collect(below, found));
        }
    }
}
