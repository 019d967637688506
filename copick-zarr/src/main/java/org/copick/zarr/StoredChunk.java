package org.copick.zarr;

import java.util.concurrent.atomic.AtomicLong;
import org.copick.cache.Weighed;
import org.copick.storage.Version;
import org.copick.zarr.codec.BloscBlocks;
import org.jspecify.annotations.Nullable;

/** Facts about a stored chunk or shard, without its content. Safe for use by many threads. */
final class StoredChunk implements Weighed {
    /** Version of the object when it was looked up; null if nothing is stored. */
    final @Nullable Version version;
    /** Decoding that the following facts depend on; see {@link ArraySource#decoding}. */
    final Object decoding;
    /** Block table of a chunk that is one Blosc container; null if it was not read. */
    final @Nullable BloscBlocks blocks;
    /** Index of a shard; null if it was not read. */
    final @Nullable ShardIndex index;
    /** Latest cache stamp at which these facts were known to be current. */
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
