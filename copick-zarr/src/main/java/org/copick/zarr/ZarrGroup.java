package org.copick.zarr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.copick.internal.json.JsonTree;
import org.copick.storage.FolderListing;
import org.copick.storage.Keys;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.jspecify.annotations.Nullable;

/** A Zarr group: attributes, and the arrays or groups below it. */
public final class ZarrGroup implements ZarrNode {
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

    /** {@inheritDoc} The first call costs one read in version 2. */
    @Override
    public Map<String, @Nullable Object> attributes() {
        return JsonTree.plainFields(attributeTree());
    }

    /** Returns the attributes as a tree. The caller must not change it. */
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

    /**
     * {@return the array or group at a path below this one; empty if neither is there}
     *
     * @param below the path from this group, such as {@code labels/0}
     * @throws org.copick.error.CorruptDataException for metadata that break the format, naming the location
     * @throws org.copick.error.UnsupportedFeatureException for unsupported codecs and types, naming them
     * @throws org.copick.error.InvalidNameException if the path is not a key
     */
    public Optional<ZarrNode> member(String below) {
        return zarr.openBelow(this, store, prefix + below);
    }

    /**
     * {@return the names of the arrays and groups directly below, in order} Costs one listing, and another for each
     * folder in it.
     */
    public List<String> members() {
        List<String> members = new ArrayList<>();
        for (String folder : store.listFolder(prefix).prefixes()) {
            // a broken link in place of a metadata file is listed as a folder
            if (Zarr.METADATA.contains(Keys.lastSegment(folder))) {
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
     * {@return the names of version 2 metadata files that lie beside this version 3 group and are ignored} Python
     * copick 1.x, for example, leaves them when it fails to read version 3. Up to three requests.
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
     * {@return whether this version 3 group describes no image, but ignored version 2 metadata beside it do} Up to one
     * request.
     */
    public boolean overrulesImage() {
        return format == 3
                && !describesImage(attributeTree())
                && MetadataJson.read(store, prefix + Zarr.V2_ATTRIBUTES)
                        .filter(ZarrGroup::describesImage)
                        .isPresent();
    }

    /** Returns whether attributes hold OME-NGFF metadata of an image. */
    static boolean describesImage(ObjectNode attributes) {
        return attributes.path("multiscales").isArray()
                || attributes.path("ome").path("multiscales").isArray();
    }

    /**
     * Checks version 2's consolidated metadata, the copy of all metadata below, which no other method here reads.
     *
     * @throws org.copick.error.CorruptDataException if the copy is not a JSON object
     */
    public void checkConsolidated() {
        if (format == 2) {
            MetadataJson.read(store, prefix + Zarr.V2_CONSOLIDATED);
        }
    }

    /**
     * {@return whether there are consolidated metadata: a copy of all metadata below, beside the group's own} One
     * request in version 2.
     */
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
