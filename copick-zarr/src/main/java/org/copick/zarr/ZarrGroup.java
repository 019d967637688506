package org.copick.zarr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.copick.internal.json.JsonTree;
import org.copick.storage.FolderListing;
import org.copick.storage.Keys;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.jspecify.annotations.Nullable;

/** A group: attributes, and arrays or groups below it. */
public final class ZarrGroup implements ZarrNode {
    private static final Set<String> METADATA =
            Set.of(Zarr.V3, Zarr.V2_GROUP, Zarr.V2_ARRAY, Zarr.V2_ATTRIBUTES, Zarr.V2_CONSOLIDATED);

    private final Zarr zarr;
    private final ObjectStore store;
    private final String path;
    private final String prefix;
    private final int format;
    private final ObjectNode document;
    private volatile @Nullable ObjectNode attributes;

    ZarrGroup(Zarr zarr, ObjectStore store, String path, int format, ObjectNode document) {
        this.zarr = zarr;
        this.store = store;
        this.path = path;
        this.prefix = path.isEmpty() ? "" : path + "/";
        this.format = format;
        this.document = document;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String location() {
        return path.isEmpty() ? store.location() : store.location() + "/" + path;
    }

    @Override
    public int zarrFormat() {
        return format;
    }

    /** {@inheritDoc} One read the first time, in version 2. */
    @Override
    public Map<String, @Nullable Object> attributes() {
        return JsonTree.plainFields(attributeTree());
    }

    /** Not to be changed. */
    ObjectNode attributeTree() {
        ObjectNode known = attributes;
        if (known == null) {
            known = format == 3
                    ? document.path("attributes") instanceof ObjectNode given ? given : MetadataJson.emptyObject()
                    : MetadataJson.read(store, prefix + Zarr.V2_ATTRIBUTES).orElseGet(MetadataJson::emptyObject);
            attributes = known;
        }
        return known;
    }

    /** The array or group at a path below this one. */
    public Optional<ZarrNode> member(String below) {
        return zarr.openBelow(this, store, prefix + below);
    }

    /** The names of the arrays and groups directly below, in order. One listing, and another for each folder in it. */
    public List<String> members() {
        List<String> members = new ArrayList<>();
        for (String folder : store.listFolder(prefix).prefixes()) {
            // a link to metadata that leads nowhere is listed as a folder
            if (METADATA.contains(Keys.lastSegment(folder))) {
                continue;
            }
            FolderListing level = store.listFolder(folder);
            boolean isNode = Stream.concat(level.objects().stream().map(ObjectInfo::key), level.prefixes().stream())
                    .map(Keys::lastSegment)
                    .anyMatch(name -> name.equals(Zarr.V2_ARRAY) || name.equals(Zarr.V2_GROUP) || name.equals(Zarr.V3));
            if (isNode) {
                members.add(Keys.lastSegment(folder));
            }
        }
        return members;
    }

    /**
     * Metadata of another version of Zarr that lie beside the group's own and are not looked at, such as what Python copick
     * 1.x leaves when it fails to read version 3. Up to three requests.
     */
    public List<String> strayMetadata() {
        if (format == 2) {
            return List.of();
        }
        List<String> stray = new ArrayList<>();
        for (String name : List.of(Zarr.V2_GROUP, Zarr.V2_ATTRIBUTES, Zarr.V2_ARRAY)) {
            if (store.info(prefix + name).isPresent()) {
                stray.add(name);
            }
        }
        return stray;
    }

    /**
     * Whether metadata of version 2 that lie beside the group's own and are not looked at describe an image, and its own do
     * not. Up to one request.
     */
    public boolean overrulesImage() {
        return format == 3
                && !describesImage(attributeTree())
                && MetadataJson.read(store, prefix + Zarr.V2_ATTRIBUTES)
                        .filter(ZarrGroup::describesImage)
                        .isPresent();
    }

    private static boolean describesImage(ObjectNode attributes) {
        return attributes.path("multiscales").isArray()
                || attributes.path("ome").path("multiscales").isArray();
    }

    /**
     * Reads the copy of all metadata below that version 2 keeps beside the group's own, which nothing else reads here.
     *
     * @throws org.copick.error.CorruptDataException when it is no JSON object
     */
    public void checkConsolidated() {
        if (format == 2) {
            MetadataJson.read(store, prefix + Zarr.V2_CONSOLIDATED);
        }
    }

    /** Whether a copy of all metadata below lies beside the group's own. */
    public boolean consolidated() {
        return format == 3
                ? document.path("consolidated_metadata").isObject()
                : store.info(prefix + Zarr.V2_CONSOLIDATED).isPresent();
    }

    @Override
    public String toString() {
        return location();
    }
}
