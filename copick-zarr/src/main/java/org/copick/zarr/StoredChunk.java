package org.copick.zarr;

import java.util.concurrent.atomic.AtomicLong;
import org.copick.cache.Weighed;
import org.copick.storage.Version;
import org.copick.zarr.codec.BloscBlocks;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a stored chunk or shard without its content. Safe for use by many threads.
 */
final class StoredChunk implements Weighed {
    /** Its state when it was looked at, or null where nothing is stored. */
    final @Nullable Version version;
    /** What the rest was found with. */
    final Object decoding;
    /** Where the blocks are of a chunk that is one Blosc container; null where they have not been looked for. */
    final @Nullable BloscBlocks blocks;
    /** Where inner chunks are, of a shard. */
    final @Nullable ShardIndex index;
    /** The latest stamp for which this is known to be what is stored. */
    private final AtomicLong checked;

    StoredChunk(
            @Nullable Version version,
            Object decoding,
            @Nullable BloscBlocks blocks,
            @Nullable ShardIndex index,
            long stamp) {
        this.version = version;
        this.decoding = decoding;
        this.blocks = blocks;
        this.index = index;
        this.checked = new AtomicLong(stamp);
    }

    boolean isCheckedSince(long stamp) {
        return checked.get() >= stamp;
    }

    void checked(long stamp) {
        checked.accumulateAndGet(stamp, Math::max);
    }

    @Override
    public int weight() {
        return 100 + (blocks == null ? 0 : 8 * blocks.count()) + (index == null ? 0 : index.weight());
    }
}
