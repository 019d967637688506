package org.copick.zarr;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.copick.internal.threads.InterruptibleLock;
import org.copick.storage.ObjectStore;
import org.copick.storage.ObjectWriter;
import org.copick.storage.WriteCondition;
import org.copick.zarr.codec.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Writes one shard of any size, which becomes visible as a whole when it is complete. Several threads may put packed
 * inner chunks in any order. An interrupt ends a call.
 *
 * <p><b>Memory.</b> Packed inner chunks are collected until they take 64 MiB, or a sixteenth of the heap if that is
 * less. They are then appended in the order of the index, so that neighbours are stored together. A smaller shard is
 * written with a single call. In addition, a shard takes 16 bytes for each inner chunk, and what the store's
 * {@link ObjectWriter} needs.
 */
final class ShardWriter implements AutoCloseable {
    private static final long MOST_COLLECTED = 64 << 20;
    private static final int HEAP_SHARE = 16;

    private final ObjectStore store;
    private final String key;
    private final WriteCondition condition;
    private final ShardIndex.Format format;
    /** Held while an inner chunk is appended, because inner chunks follow one another in the shard. */
    private final InterruptibleLock lock = new InterruptibleLock();

    @GuardedBy("lock") private final long[] offsets;

    @GuardedBy("lock") private final long[] lengths;

    private final long mostCollected =
            Math.min(MOST_COLLECTED, Runtime.getRuntime().maxMemory() / HEAP_SHARE);

    @GuardedBy("lock") private final Map<Integer, Slice> collected = new TreeMap<>();

    @GuardedBy("lock") private long collectedBytes;

    @GuardedBy("lock") private long end;

    @GuardedBy("lock") private @Nullable ObjectWriter writer;

    /**
     * Starts a shard. If its index comes first and its inner chunks may take more than {@link #mostCollected} bytes,
     * {@link #begin} must be called first; without it, all inner chunks are collected.
     */
    ShardWriter(ObjectStore store, String key, WriteCondition condition, ShardIndex.Format format) {
        this.store = store;
        this.key = key;
        this.condition = condition;
        this.format = format;
        this.offsets = new long[format.count()];
        this.lengths = new long[format.count()];
        Arrays.fill(offsets, ShardIndex.MISSING);
        Arrays.fill(lengths, ShardIndex.MISSING);
    }

    /** Returns the number of bytes up to which packed inner chunks are collected. */
    long mostCollected() {
        return mostCollected;
    }

    /**
     * Writes the index at the beginning. The inner chunks must then be put in the order of the index.
     *
     * @param known the length of each inner chunk, or {@link ShardIndex#MISSING}
     */
    void begin(long[] known) {
        take();
        try {
            long at = format.length();
            for (int i = 0; i < known.length; i++) {
                lengths[i] = known[i];
                offsets[i] = known[i] == ShardIndex.MISSING ? ShardIndex.MISSING : at;
                at += Math.max(0, known[i]);
            }
            append(Slice.of(format.bytes(offsets, lengths)));
        } finally {
            lock.unlock();
        }
    }

    /** Adds a packed inner chunk, whose bytes must not change afterwards. */
    void put(int part, Slice packed) {
        take();
        try {
            collected.put(part, packed);
            collectedBytes += packed.length();
            if (collectedBytes > mostCollected && !awaitsIndex()) {
                appendCollected();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes the remaining content and makes the shard visible, even if it has no inner chunks. */
    void complete() {
        take();
        try {
            if (writer == null && (collectedBytes <= mostCollected || awaitsIndex())) {
                store.write(key, format.assemble(collected), condition);
                return;
            }
            appendCollected();
            if (format.atEnd()) {
                append(Slice.of(format.bytes(offsets, lengths)));
            }
            writer().complete();
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether no inner chunk was added. */
    boolean isEmpty() {
        take();
        try {
            return writer == null && collected.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Discards an incomplete shard. */
    @Override
    public void close() {
        // the lock is free because all threads that put inner chunks have ended; an interrupt must not leave the writer
        // open
        lock.lock();
        try {
            collected.clear();
            if (writer != null) {
                writer.close();
            }
        } finally {
            lock.unlock();
        }
    }

    private void take() {
        lock.take("interrupted while writing " + store.location() + "/" + key);
    }

    /** Returns whether nothing may be appended, because the index comes first and needs all lengths. */
    @GuardedBy("lock") private boolean awaitsIndex() {
        return !format.atEnd() && writer == null;
    }

    @GuardedBy("lock") private void appendCollected() {
        for (Map.Entry<Integer, Slice> part : collected.entrySet()) {
            offsets[part.getKey()] = end;
            lengths[part.getKey()] = part.getValue().length();
            append(part.getValue());
        }
        collected.clear();
        collectedBytes = 0;
    }

    @GuardedBy("lock") private void append(Slice bytes) {
        writer().append(bytes.bytes(), bytes.from(), bytes.length());
        end += bytes.length();
    }

    @GuardedBy("lock") private ObjectWriter writer() {
        ObjectWriter open = writer;
        if (open == null) {
            open = store.writer(key, condition);
            writer = open;
        }
        return open;
    }
}
