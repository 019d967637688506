package org.copick.zarr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.copick.error.ConflictException;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectStore;
import org.copick.storage.RangesRead;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.copick.zarr.codec.CodecException;
import org.copick.zarr.codec.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Puts new values into one shard of any size. Unchanged inner chunks are copied as stored, 16 MiB at a time; others are
 * changed one by one.
 */
final class ShardChange {
    /** Bytes read at a time. A shard up to this size costs a single read. */
    private static final int AT_ONCE = 16 << 20;

    private final ObjectStore store;
    private final String key;
    private final ChunkEncoding.Sharded shard;
    private final long[] origin;
    private final int[] innerAxes;
    private final BoxChange change;

    private @Nullable ShardIndex index;
    private @Nullable Version version;
    /** The whole shard if it was read with one request, or null. */
    private @Nullable Slice whole;

    ShardChange(ObjectStore store, String key, ChunkEncoding.Sharded shard, long[] origin, BoxChange change) {
        this.store = store;
        this.key = key;
        this.shard = shard;
        this.origin = origin;
        this.innerAxes = BoxChange.innerAxes(shard, shard.axes());
        this.change = change;
    }

    /** Looks up the stored shard and returns the version to replace. Without this call, its content is discarded. */
    Optional<Version> read() throws CodecException {
        ShardIndex.Format format = shard.index();
        Optional<RangesRead> read = store.readRanges(key, List.of(ByteRange.of(0, AT_ONCE)), null);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        Slice first = Slice.of(read.get().parts().get(0));
        long size = read.get().info().size();
        Version now = read.get().info().version();
        if (first.length() == size) {
            whole = first;
            index = format.parse(first);
        } else {
            List<byte[]> parts = parts(List.of(format.range()), now);
            index = format.parse(Slice.of(parts.get(0)), size);
        }
        version = now;
        return Optional.of(now);
    }

    /**
     * Writes the changed shard.
     *
     * @throws ConflictException if another writer has changed it since it was read
     */
    void write(WriteCondition condition) throws CodecException {
        try (ShardWriter writer = new ShardWriter(store, key, condition, shard.index())) {
            if (!shard.index().atEnd() && mostBytes() > writer.mostCollected()) {
                long[] lengths = new long[shard.innerCount()];
                Arrays.fill(lengths, ShardIndex.MISSING);
                each((part, packed) -> lengths[part] = packed.length());
                writer.begin(lengths);
            }
            each(writer::put);
            writer.complete();
        }
    }

    /** Returns the maximum number of bytes of the changed shard. */
    private long mostBytes() {
        long most = shard.index().length();
        for (int part = 0; part < shard.innerCount(); part++) {
            long[] begin = BoxChange.innerOrigin(shard, part, origin, shard.axes());
            if (isTouched(begin)) {
                most += shard.inner().mostStored();
            } else if (needsOld(part, begin)) {
                most += Objects.requireNonNull(index).length(part);
            }
        }
        return most;
    }

    /** Receives each inner chunk of the changed shard, in the order of the index. */
    @FunctionalInterface
    private interface Inner {
        void accept(int part, Slice packed);
    }

    private void each(Inner action) throws CodecException {
        List<Integer> batch = new ArrayList<>();
        long bytes = 0;
        for (int part = 0; part < shard.innerCount(); part++) {
            long[] begin = BoxChange.innerOrigin(shard, part, origin, shard.axes());
            boolean old = needsOld(part, begin);
            if (!old && !isTouched(begin)) {
                continue;
            }
            long length = old ? Objects.requireNonNull(index).length(part) : 0;
            if (!batch.isEmpty() && bytes + length > AT_ONCE) {
                batch(batch, action);
                batch.clear();
                bytes = 0;
            }
            batch.add(part);
            bytes += length;
        }
        batch(batch, action);
    }

    private boolean isTouched(long[] begin) {
        return !change.shared(shard.inner(), begin, innerAxes).isEmpty();
    }

    /** Returns whether an inner chunk is stored and not replaced completely. */
    private boolean needsOld(int part, long[] begin) {
        return index != null && !index.isMissing(part) && !change.coversAll(shard.inner(), begin, innerAxes);
    }

    private void batch(List<Integer> batch, Inner action) throws CodecException {
        List<ByteRange> ranges = new ArrayList<>();
        for (int part : batch) {
            if (needsOld(part, BoxChange.innerOrigin(shard, part, origin, shard.axes()))) {
                ShardIndex stored = Objects.requireNonNull(index);
                ranges.add(ByteRange.of(stored.offset(part), stored.length(part)));
            }
        }
        List<Slice> read = slices(ranges);
        int next = 0;
        for (int part : batch) {
            long[] begin = BoxChange.innerOrigin(shard, part, origin, shard.axes());
            Slice before = needsOld(part, begin) ? read.get(next++) : null;
            if (isTouched(begin)) {
                action.accept(part, Slice.of(change.changed(shard.inner(), begin, innerAxes, before)));
            } else if (before != null) {
                action.accept(part, before);
            }
        }
    }

    private List<Slice> slices(List<ByteRange> ranges) throws CodecException {
        Slice all = whole;
        List<Slice> slices = new ArrayList<>();
        if (all != null) {
            for (ByteRange range : ranges) {
                slices.add(all.part((int) range.offset(), (int) range.length()));
            }
        } else if (!ranges.isEmpty()) {
            List<byte[]> parts = parts(ranges, Objects.requireNonNull(version));
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i).length != ranges.get(i).length()) {
                    throw new CodecException("an inner chunk is truncated");
                }
                slices.add(Slice.of(parts.get(i)));
            }
        }
        return slices;
    }

    private List<byte[]> parts(List<ByteRange> ranges, Version expected) {
        return store.readRanges(key, ranges, expected)
                .orElseThrow(() -> new ConflictException(
                        "cannot change " + store.location() + "/" + key + ": it was deleted by somebody else"))
                .parts();
    }
}
