package org.copick.zarr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.copick.cache.ChunkCache;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.Keys;
import org.copick.storage.ObjectStore;

/** Opens Zarr hierarchies; all that are opened by one of these share its cache. Safe for use by many threads. */
public final class Zarr {
    static final String V3 = "zarr.json";
    static final String V2_ARRAY = ".zarray";
    static final String V2_GROUP = ".zgroup";
    static final String V2_ATTRIBUTES = ".zattrs";
    static final String V2_CONSOLIDATED = ".zmetadata";

    private final ChunkCache cache;

    public Zarr(ChunkCache cache) {
        this.cache = cache;
    }

    /**
     * The array or group at a path, or empty where there is none. Reads its metadata, up to three small objects; never
     * writes.
     *
     * @param path empty for the store's root
     * @throws org.copick.error.CorruptDataException for metadata that break the format, naming the place
     * @throws UnsupportedFeatureException for Zarr v3 and for codecs and types that are not read yet, naming them
     */
    public Optional<ZarrNode> open(ObjectStore store, String path) {
        String prefix = path.isEmpty() ? "" : Keys.checked(path) + "/";
        if (store.info(prefix + V3).isPresent()) {
            throw new UnsupportedFeatureException(
                    "Zarr v3 is not read by this version: " + store.location() + "/" + prefix + V3);
        }
        Optional<ObjectNode> array = MetadataJson.read(store, prefix + V2_ARRAY);
        if (array.isPresent()) {
            String location = path.isEmpty() ? store.location() : store.location() + "/" + path;
            return Optional.of(new ZarrArray(store, path, ArrayMetadata.parse(array.get(), location), cache));
        }
        return MetadataJson.read(store, prefix + V2_GROUP)
                .map(group -> new ZarrGroup(
                        this, store, path, MetadataJson.format(group, store.location() + "/" + prefix + V2_GROUP)));
    }
}
