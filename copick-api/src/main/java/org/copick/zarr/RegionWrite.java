package org.copick.zarr;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.copick.cache.ObjectKey;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ConflictException;
import org.copick.error.CorruptDataException;
import org.copick.error.OperationInterruptedException;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.StoredObject;
import org.copick.storage.WriteCondition;
import org.copick.zarr.codec.CodecException;
import org.copick.zarr.codec.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a region of an array: each stored object that it touches is read, changed and written back, unless all of it
 * is replaced. Layout and codecs stay.
 */
final class RegionWrite {
    private static final int MOST_TRIES = 20;
    /** One writer at a time for an object, whichever arrays it is opened by. */
    private static final ReentrantLock[] LOCKS = new ReentrantLock[256];

    static {
        Arrays.setAll(LOCKS, i -> new ReentrantLock());
    }

    private final ArraySource source;
    private final ArrayMetadata metadata;
    private final Region region;
    private final ByteBuffer values;
    private final int elementBytes;

    /**
     * Prepares a write.
     *
     * @param values the elements of the region in C order
     */
    RegionWrite(ArraySource source, Region region, ByteBuffer values) {
        this.source = source;
        this.metadata = source.metadata;
        this.region = region;
        this.values = values;
        this.elementBytes = metadata.type().bytes();
    }

    void run() {
        long[] chunk = new long[region.rank()];
        int[] shape = source.chunkShape();
        for (int i = 0; i < chunk.length; i++) {
            chunk[i] = region.start(i) / shape[i];
        }
        do {
            write(chunk.clone());
        } while (region.nextChunk(chunk, shape));
    }

    private void write(long[] chunk) {
        String name = metadata.keys().key(chunk);
        String key = source.key(chunk);
        ObjectKey object = new ObjectKey(source.store.location(), key);
        ReentrantLock lock = LOCKS[Math.floorMod(object.hashCode(), LOCKS.length)];
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("interrupted while writing " + metadata.location(), e);
        }
        try {
            for (int tries = 1; !replaced(chunk, key); tries++) {
                if (tries == MOST_TRIES) {
                    throw new ConflictException("chunk " + name + " of " + metadata.location()
                            + " is changed by others faster than it can be written");
                }
            }
        } catch (CodecException e) {
            throw new CorruptDataException(
                    "chunk " + name + " of " + metadata.location() + " is corrupt: " + e.getMessage(), e);
        } finally {
            source.cache.forget(object);
            lock.unlock();
        }
    }

    /** Reads, changes and writes an object; false where somebody else was faster. */
    private boolean replaced(long[] chunk, String key) throws CodecException {
        long[] origin = new long[chunk.length];
        long[] inArray = new long[chunk.length];
        ChunkLayout layout = metadata.layout();
        for (int i = 0; i < chunk.length; i++) {
            origin[i] = chunk[i] * source.chunkShape()[i];
        }
        for (int k = 0; k < chunk.length; k++) {
            int axis = layout.axes()[k];
            inArray[k] = metadata.shape()[axis] - origin[axis];
        }
        BoxCopy box = new BoxCopy(region, origin, layout.stored(), layout.axes());
        if (box.isEmpty()) {
            return true;
        }
        boolean blind = box.covers(layout.stored(), inArray);
        Optional<StoredObject> old = blind ? Optional.empty() : source.store.read(key);
        Slice before = old.map(stored -> Slice.of(stored.bytes())).orElse(null);
        byte[] after = changed(layout, origin, layout.axes(), before);
        try {
            source.store.write(key, after, blind ? WriteCondition.ANY : condition(old));
            return true;
        } catch (ConflictException | AlreadyExistsException e) {
            return false;
        }
    }

    private WriteCondition condition(Optional<StoredObject> old) {
        ObjectStore store = source.store;
        if (old.isPresent()) {
            return store.can(StoreCapability.REPLACE_IF_VERSION)
                            || store.can(StoreCapability.REPLACE_IF_VERSION_COOPERATIVE)
                    ? WriteCondition.ifVersion(old.get().info().version())
                    : WriteCondition.ANY;
        }
        return store.can(StoreCapability.CREATE_IF_ABSENT) ? WriteCondition.IF_ABSENT : WriteCondition.ANY;
    }

    /**
     * A box with the region's values in it, packed.
     *
     * @param axes the axis of the array that each stored axis is
     * @param before what was stored, or null
     */
    private byte[] changed(ChunkLayout layout, long[] origin, int[] axes, @Nullable Slice before)
            throws CodecException {
        if (layout instanceof ChunkLayout.Sharded shard) {
            return changedShard(shard, origin, axes, before);
        }
        byte[] elements = new byte[(int) layout.bytes()];
        if (before == null) {
            fill(elements);
        } else {
            Slice decoded = layout.decode(before, metadata.fill(), length -> elements);
            if (decoded.bytes() != elements) {
                System.arraycopy(decoded.bytes(), decoded.from(), elements, 0, elements.length);
            }
        }
        ByteBuffer into = ByteBuffer.wrap(elements).order(layout.order());
        Sink sink = Sink.ofElements(metadata.type(), into);
        new BoxCopy(region, origin, layout.stored(), axes)
                .rows(
                        0,
                        Long.MAX_VALUE,
                        (inBox, boxStep, inRegion, regionStep, n) ->
                                sink.copy(values, inRegion, regionStep, (int) inBox, boxStep, n));
        return layout.packing().encode(elements);
    }

    private byte[] changedShard(ChunkLayout.Sharded shard, long[] origin, int[] axes, @Nullable Slice before)
            throws CodecException {
        Slice[] parts = new Slice[shard.innerCount()];
        if (before != null) {
            Slice whole =
                    shard.packing().isEmpty() ? before : shard.packing().decodeAtMost(before, (int) shard.mostBytes());
            ShardIndex index = shard.index().parse(whole);
            for (int i = 0; i < parts.length; i++) {
                parts[i] = index.isMissing(i) ? null : index.part(i, whole);
            }
        }
        int[] innerAxes = Arrays.stream(shard.inner().axes()).map(k -> axes[k]).toArray();
        for (int i = 0; i < parts.length; i++) {
            int[] inShard = shard.originOf(i);
            long[] begin = origin.clone();
            for (int k = 0; k < inShard.length; k++) {
                begin[axes[k]] += inShard[k];
            }
            if (!new BoxCopy(region, begin, shard.inner().stored(), innerAxes).isEmpty()) {
                parts[i] = Slice.of(changed(shard.inner(), begin, innerAxes, parts[i]));
            }
        }
        return shard.packing().encode(shard.index().assemble(parts));
    }

    private void fill(byte[] elements) {
        byte[] fill = metadata.fill();
        for (byte b : fill) {
            if (b != 0) {
                for (int i = 0; i < elements.length; i++) {
                    elements[i] = fill[i % elementBytes];
                }
                return;
            }
        }
    }
}
