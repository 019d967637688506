package org.copick.zarr;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.copick.cache.ChunkCache;
import org.copick.error.CorruptDataException;
import org.copick.storage.Keys;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;

/**
 * Opens Zarr hierarchies of versions 2 and 3. Everything opened by one instance shares its cache and its threads. Safe
 * for use by many threads.
 */
public final class Zarr {
    static final String V3 = "zarr.json";
    static final String V2_ARRAY = ".zarray";
    static final String V2_GROUP = ".zgroup";
    static final String V2_ATTRIBUTES = ".zattrs";
    static final String V2_CONSOLIDATED = ".zmetadata";

    private final ChunkCache cache;
    private final Workers workers;

    /** Creates an instance that reads in the calling threads. */
    public Zarr(ChunkCache cache) {
        this(cache, Workers.sameThread());
    }

    /** Creates an instance that reads with these threads and caches decoded chunks in this cache. */
    public Zarr(ChunkCache cache, Workers workers) {
        Objects.requireNonNull(cache, "cache");
        this.cache = cache;
        this.workers = workers;
    }

    /**
     * Opens the array or group at a path, or returns empty if neither is there. If metadata of both versions exist,
     * those of version 3 are used. Reads up to three small objects; never writes.
     *
     * @param path empty for the store's root
     * @throws CorruptDataException for metadata that break the format, naming the location
     * @throws org.copick.error.UnsupportedFeatureException for unsupported codecs and types, naming them
     */
    public Optional<ZarrNode> open(ObjectStore store, String path) {
        return version3(store, path).or(() -> group2(store, path)).or(() -> array2(store, path));
    }

    /**
     * Opens the group or array of an image at the store's root. On remote stores, the metadata of the group and of a
     * level named {@code 0} are requested in parallel: five requests in one round trip.
     *
     * @throws CorruptDataException as {@link #open} does
     */
    public Optional<ZarrNode> openImage(ObjectStore store) {
        return open(store.can(StoreCapability.REMOTE) ? new MetadataPrefetch(store, workers.fetching) : store, "");
    }

    /**
     * Writes an image, packing and writing several chunks at a time with this instance's threads. The source is only
     * called by the calling thread. See {@link ImageWriter}.
     */
    public void write(
            StorePlace place, WriteCondition condition, ImageSpec spec, ImageFormat format, BoxSource source) {
        ImageWriter.write(workers, place, condition, spec, format, source);
    }

    /**
     * Writes an image whose levels are all given, packing and writing several chunks at a time. See
     * {@link ImageWriter}.
     */
    public void write(
            StorePlace place, WriteCondition condition, ImageSpec spec, ImageFormat format, List<ImageLevel> levels) {
        ImageWriter.write(workers, place, condition, spec, format, levels);
    }

    /** Opens a member of a group. The group's own version of Zarr is tried first, which usually takes one read. */
    Optional<ZarrNode> openBelow(ZarrGroup group, ObjectStore store, String path) {
        return group.zarrFormat() == 3
                ? open(store, path)
                : array2(store, path).or(() -> group2(store, path)).or(() -> version3(store, path));
    }

    private Optional<ZarrNode> version3(ObjectStore store, String path) {
        return MetadataJson.read(store, prefix(path) + V3).map(json -> {
            String document = location(store, path) + "/" + V3;
            MetadataJson.requireFormat(json, 3, document);
            return switch (json.path("node_type").asText()) {
                case "group" -> new ZarrGroup(this, store, path, 3, json);
                case "array" -> array(store, path, Version3.parse(json, location(store, path)));
                default ->
                    throw new CorruptDataException(
                            document + ": node_type is " + MetadataJson.shown(json.path("node_type")));
            };
        });
    }

    private Optional<ZarrNode> array2(ObjectStore store, String path) {
        return MetadataJson.read(store, prefix(path) + V2_ARRAY)
                .map(json -> array(store, path, Version2.parse(json, location(store, path))));
    }

    private Optional<ZarrNode> group2(ObjectStore store, String path) {
        return MetadataJson.read(store, prefix(path) + V2_GROUP).map(json -> {
            MetadataJson.requireFormat(json, 2, location(store, path) + "/" + V2_GROUP);
            return new ZarrGroup(this, store, path, 2, json);
        });
    }

    private ZarrArray array(ObjectStore store, String path, ArrayMetadata metadata) {
        return new ZarrArray(store, path, new ArraySource(metadata, store, prefix(path), cache, workers));
    }

    private static String prefix(String path) {
        return path.isEmpty() ? "" : Keys.checked(path) + "/";
    }

    private static String location(ObjectStore store, String path) {
        return path.isEmpty() ? store.location() : store.location() + "/" + path;
    }

    @Override
    public String toString() {
        return "Zarr with a cache of " + cache;
    }
}
