package org.copick.zarr;

import java.util.Arrays;
import org.copick.cache.ChunkCache;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;

/** Where an array's chunks come from, and what they go through. */
final class ArraySource {
    final ArrayMetadata metadata;
    final ObjectStore store;
    final ChunkCache cache;
    final Workers workers;
    /** Whether large objects are better read in many small portions. */
    final boolean nearby;
    /** When the array was opened: what was seen before is looked at again. */
    final long opened;
    /** Equal for arrays whose stored objects decode equally. */
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

    /** The same array with its axes in another order. */
    ArraySource withAxes(int[] order) {
        return new ArraySource(metadata.withAxes(order), store, prefix, cache, workers);
    }

    /** The shape of what is stored as one object, by the axes of the array. */
    int[] chunkShape() {
        return chunkShape;
    }

    /** The key of a stored object. */
    String key(long[] chunk) {
        return prefix + metadata.keys().key(chunk);
    }
}
