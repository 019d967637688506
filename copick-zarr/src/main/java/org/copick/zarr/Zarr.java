package org.copick.zarr;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
    /** The names of metadata files of arrays and groups. */
    static final Set<String> METADATA = Set.of(V3, V2_ARRAY, V2_GROUP, V2_ATTRIBUTES, V2_CONSOLIDATED);

    private final ChunkCache cache;
    private final Workers workers;

    /**
     * Creates an instance that reads in the calling threads.
     *
     * @param cache the cache of decoded chunks, which several instances may share
     */
    public Zarr(ChunkCache cache) {
        this(cache, Workers.sameThread());
    }

    /**
     * Creates an instance that reads with several threads.
     *
     * @param cache the cache of decoded chunks, which several instances may share
     * @param workers the threads that fetch and decode chunks
     */
    public Zarr(ChunkCache cache, Workers workers) {
        Objects.requireNonNull(cache, "cache");
        Objects.requireNonNull(workers, "workers");
        this.cache = cache;
        this.workers = workers;
    }

    /**
     * Opens the array or group at a path. If metadata of both versions exist, those of version 3 are used. Reads up to
     * three small objects; never writes.
     *
     * @param store the store of the hierarchy
     * @param path the path in the store, such as {@code images/0}; empty for the store's root
     * @return the array or group; empty if neither is there
     * @throws CorruptDataException for metadata that break the format, naming the location
     * @throws org.copick.error.UnsupportedFeatureException for unsupported codecs and types, naming them
     * @throws org.copick.error.InvalidNameException if the path is neither empty nor a key
     */
    public Optional<ZarrNode> open(ObjectStore store, String path) {
        return version3(store, path).or(() -> group2(store, path)).or(() -> array2(store, path));
    }

    /**
     * Opens the group or array of an image at the store's root. On remote stores, the metadata of the group and of a
     * level named {@code 0} are requested in parallel: five requests in one round trip.
     *
     * @param store the store of the image
     * @return the group or array; empty if neither is there
     * @throws CorruptDataException for metadata that break the format, naming the location
     * @throws org.copick.error.UnsupportedFeatureException for unsupported codecs and types, naming them
     */
    public Optional<ZarrNode> openImage(ObjectStore store) {
        return open(store.can(StoreCapability.REMOTE) ? new MetadataPrefetch(store, workers.fetching) : store, "");
    }

    /**
     * Writes an image, packing and writing several chunks at a time with this instance's threads. The source is only
     * called by the calling thread. {@link ImageWriter} describes memory use and what readers see.
     *
     * @param place the place of the image; everything in it belongs to the image
     * @param condition {@link WriteCondition#ANY} replaces any existing content; with {@link WriteCondition#IF_ABSENT}
     *     exactly one of several concurrent writers succeeds, if the store declares conditional writes
     * @param spec the properties of the image
     * @param format the version of Zarr and the shape of chunks
     * @param source the elements of level 0
     * @throws IllegalArgumentException for an image that this format cannot hold; nothing has been changed then
     * @throws org.copick.error.UnsupportedFeatureException for chunks that take more than 2 GiB or do not fit into the
     *     heap; nothing has been changed then
     * @throws org.copick.error.AlreadyExistsException for {@code IF_ABSENT} if the place is not empty
     * @throws org.copick.error.OperationInterruptedException if the thread is interrupted
     */
    public void write(
            StorePlace place, WriteCondition condition, ImageSpec spec, ImageFormat format, BoxSource source) {
        ImageWriter.write(workers, place, condition, spec, format, source);
    }

    /**
     * Writes an image whose levels are all given, packing and writing several chunks at a time. {@link ImageWriter}
     * describes memory use and what readers see.
     *
     * @param place the place of the image; everything in it belongs to the image
     * @param condition {@link WriteCondition#ANY} replaces any existing content; with {@link WriteCondition#IF_ABSENT}
     *     exactly one of several concurrent writers succeeds, if the store declares conditional writes
     * @param spec the properties common to all levels; its number of levels and its downscaling are ignored
     * @param format the version of Zarr and the shape of chunks
     * @param levels the levels, the full resolution first
     * @throws IllegalArgumentException for an image that this format cannot hold, or a level with other axes; nothing
     *     has been changed then
     * @throws org.copick.error.UnsupportedFeatureException for chunks that take more than 2 GiB or do not fit into the
     *     heap; nothing has been changed then
     * @throws org.copick.error.AlreadyExistsException for {@code IF_ABSENT} if the place is not empty
     * @throws org.copick.error.OperationInterruptedException if the thread is interrupted
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
