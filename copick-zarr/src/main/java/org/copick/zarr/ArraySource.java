package org.copick.zarr;

import java.util.Arrays;
import org.copick.cache.ChunkCache;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;

/** The store, the cache and the workers that an array's chunks are read with. */
final class ArraySource {
    final ArrayMetadata metadata;
    final ObjectStore store;
    final ChunkCache cache;
    final Workers workers;
    /** True if reads are cheap, so large objects are better read in many small portions. */
    final boolean nearby;
    /** Cache stamp of the moment when the array was opened. Versions cached before it are checked again. */
    final long opened;
    /** Identifies the chunk encoding and fill value; equal for arrays whose stored objects decode equally. */
    final Object decoding;

    private final String prefix;
    private final int[] chunkShape;

    ArraySource(ArrayMetadata metadata, ObjectStore store, String prefix, ChunkCache cache, Workers workers) {
        this.metadata = metadata;
        this.store = store;
        this.prefix = prefix;
        this.cache = cache;
        this.workers = workers;
        this.nearby = store.can(StoreCapability.NEARBY);
        this.opened = cache.stamp();
        ChunkEncoding layout = metadata.layout();
        this.decoding = layout.description() + Arrays.toString(metadata.fill());
        this.chunkShape = new int[layout.stored().length];
        for (int k = 0; k < chunkShape.length; k++) {
            chunkShape[layout.axes()[k]] = layout.stored()[k];
        }
    }

    /** Returns the source of this array with its axes in another order. */
    ArraySource withAxes(int[] order) {
        return new ArraySource(metadata.withAxes(order), store, prefix, cache, workers);
    }

    /** Returns the shape of one stored object, in the order of the array's axes. */
    int[] chunkShape() {
        return chunkShape;
    }

    /** Returns the key of a stored object. */
    String key(long[] chunk) {
        return prefix + metadata.keys().key(chunk);
    }
}
