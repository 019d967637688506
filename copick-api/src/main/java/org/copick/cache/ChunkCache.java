package org.copick.cache;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.copick.error.CopickException;
import org.copick.error.OperationInterruptedException;
import org.copick.storage.Version;
import org.jspecify.annotations.Nullable;

/**
 * Decoded chunks of all open arrays, bounded by their bytes. By default a quarter of the largest heap is used.
 *
 * <p>Threads that want the same chunk at the same time fetch and decode it once. A failure is told to everyone who waited
 * for it and is not kept; an interrupt ends only the thread that was interrupted.
 *
 * <p>What was seen is trusted by those who opened their array before: an array takes a {@linkplain #stamp stamp} when it
 * is opened, and a chunk that was read or checked under an earlier stamp is checked once more by asking the store for
 * its version, which moves no content.
 */
public final class ChunkCache {
    /** What an entry takes besides its bytes, roughly. */
    private static final int OVERHEAD = 200;

    private final AsyncCache<ChunkKey, Entry> entries;
    private final AtomicLong stamps = new AtomicLong();
    private final LongAdder hits = new LongAdder();
    private final LongAdder loads = new LongAdder();
    private final LongAdder loadedBytes = new LongAdder();
    private final LongAdder revalidations = new LongAdder();

    private ChunkCache(long bytes) {
        entries = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher((ChunkKey key, Entry entry) -> OVERHEAD + entry.length())
                .executor(Runnable::run)
                .recordStats()
                .buildAsync();
    }

    /** A cache of at most this many decoded bytes; 0 keeps nothing. */
    public static ChunkCache ofBytes(long bytes) {
        return new ChunkCache(bytes);
    }

    /** A cache of a quarter of the largest heap. */
    public static ChunkCache ofDefaultSize() {
        return new ChunkCache(Runtime.getRuntime().maxMemory() / 4);
    }

    /** A moment in the life of this cache: later stamps are greater. */
    public long stamp() {
        return stamps.incrementAndGet();
    }

    /**
     * The chunk of this key.
     *
     * @param stamp when the array that asks was opened
     * @param current asks the store for the version there is now; empty where there is no object
     * @param load fetches and decodes the chunk
     * @throws OperationInterruptedException when this thread is interrupted while it waits for another one
     */
    public Chunk get(ChunkKey key, long stamp, Supplier<Optional<Version>> current, Supplier<Chunk> load) {
        while (true) {
            CompletableFuture<Entry> mine = new CompletableFuture<>();
            CompletableFuture<Entry> known = entries.asMap().putIfAbsent(key, mine);
            if (known == null) {
                return loadInto(key, mine, load);
            }
            Entry entry = awaited(known);
            if (entry == null) {
                continue;
            }
            if (entry.checked.get() >= stamp || stillCurrent(entry, stamp, current)) {
                hits.increment();
                return entry.chunk;
            }
            entries.asMap().remove(key, known);
        }
    }

    /** Forgets a chunk that was written or deleted here, however it was decoded. */
    public void invalidate(String store, String key) {
        entries.asMap()
                .keySet()
                .removeIf(k -> k.store().equals(store) && k.key().equals(key));
    }

    public CacheStatistics statistics() {
        var stats = entries.synchronous().stats();
        return new CacheStatistics(
                hits.sum(),
                loads.sum(),
                loadedBytes.sum(),
                revalidations.sum(),
                stats.evictionCount(),
                entries.synchronous().asMap().values().stream()
                        .mapToLong(Entry::length)
                        .sum());
    }

    private Chunk loadInto(ChunkKey key, CompletableFuture<Entry> mine, Supplier<Chunk> load) {
        long began = stamps.get();
        try {
            Chunk chunk = load.get();
            Entry entry = new Entry(chunk, null, began);
            loads.increment();
            loadedBytes.add(entry.length());
            mine.complete(entry);
            return chunk;
        } catch (Throwable failure) {
            // removed first and told as a value, because Caffeine logs futures that fail
            entries.asMap().remove(key, mine);
            mine.complete(new Entry(Chunk.MISSING, failure, began));
            throw failure;
        }
    }

    /** What another thread loaded; null where it was interrupted, which says nothing about the chunk. */
    private static @Nullable Entry awaited(CompletableFuture<Entry> other) {
        Entry entry;
        try {
            entry = other.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("interrupted while waiting for a chunk", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a chunk is always told as a value", e);
        }
        Throwable failure = entry.failure;
        if (failure instanceof OperationInterruptedException) {
            return null;
        }
        if (failure instanceof CopickException known) {
            throw known;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw new IllegalStateException("a chunk could not be decoded", failure);
        }
        return entry;
    }

    private boolean stillCurrent(Entry entry, long stamp, Supplier<Optional<Version>> current) {
        long began = Math.max(stamp, stamps.get());
        revalidations.increment();
        boolean same = Objects.equals(current.get().orElse(null), entry.chunk.version());
        if (same) {
            entry.checked.accumulateAndGet(began, Math::max);
        }
        return same;
    }

    private static final class Entry {
        final Chunk chunk;
        /** What happened instead, for those who waited; never kept. */
        final @Nullable Throwable failure;
        /** The latest stamp for which this chunk is known to be what is stored. */
        final AtomicLong checked;

        Entry(Chunk chunk, @Nullable Throwable failure, long stamp) {
            this.chunk = chunk;
            this.failure = failure;
            this.checked = new AtomicLong(stamp);
        }

        int length() {
            byte[] bytes = chunk.bytes();
            return bytes == null ? 0 : bytes.length;
        }
    }
}
