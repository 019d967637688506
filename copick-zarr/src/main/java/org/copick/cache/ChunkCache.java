package org.copick.cache;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.copick.cache.Lookup.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Caches facts about stored chunks, and decoded parts of them, for all open arrays. Bounded by bytes; the default is a
 * quarter of the maximum heap.
 *
 * <p>If several threads want the same entry, one of them loads it. A failure is reported to all threads that wait for
 * the entry, and is not cached. Decoded parts are cached by the version of their object, so replaced data are never
 * returned for new data. Safe for use by many threads; no call blocks.
 */
public final class ChunkCache {
    /** Approximate bytes of an entry besides its value. */
    private static final int OVERHEAD = 200;

    private final long capacity;
    /**
     * Created when first needed. A new process that only lists never creates it; docs/performance.md says how much time
     * that saves.
     */
    private volatile @Nullable AsyncCache<Object, Outcome<Weighed>> made;

    private final AtomicLong stamps = new AtomicLong();
    private final LongAdder hits = new LongAdder();
    private final LongAdder loads = new LongAdder();
    private final LongAdder loadedBytes = new LongAdder();
    private final LongAdder revalidations = new LongAdder();

    private ChunkCache(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("the size of a cache must not be negative: " + bytes + " bytes");
        }
        capacity = bytes;
    }

    private AsyncCache<Object, Outcome<Weighed>> entries() {
        AsyncCache<Object, Outcome<Weighed>> entries = made;
        if (entries == null) {
            synchronized (this) {
                entries = made;
                if (entries == null) {
                    entries = Caffeine.newBuilder()
                            .maximumWeight(capacity)
                            .weigher((Object key, Outcome<Weighed> kept) -> OVERHEAD + weight(kept))
                            .executor(Runnable::run)
                            .recordStats()
                            .buildAsync();
                    made = entries;
                }
            }
        }
        return entries;
    }

    /**
     * {@return a cache of limited size}
     *
     * @param bytes the maximum number of bytes; 0 caches nothing
     * @throws IllegalArgumentException if the number is negative
     */
    public static ChunkCache ofBytes(long bytes) {
        return new ChunkCache(bytes);
    }

    /** {@return a cache of a quarter of the maximum heap} */
    public static ChunkCache ofDefaultSize() {
        return new ChunkCache(Runtime.getRuntime().maxMemory() / 4);
    }

    /** {@return the maximum number of bytes} */
    public long capacity() {
        return capacity;
    }

    /** {@return a new stamp of this cache} Later stamps are greater. */
    public long stamp() {
        return stamps.incrementAndGet();
    }

    /**
     * Looks up a key. If the cache has no entry for it, the first caller receives a claim and must load the value.
     *
     * @param <V> the type of the value
     * @param key an {@link ObjectKey} or {@link PartKey}
     * @param type the class of values for keys of this kind
     * @return the cached value, a way to wait for the thread that loads it, or a claim
     */
    public <V extends Weighed> Lookup<V> lookup(Object key, Class<V> type) {
        CompletableFuture<Outcome<Weighed>> mine = new CompletableFuture<>();
        Lookup.Claimed<V> claimed = new Lookup.Claimed<>(new FutureClaim<>(key, mine));
        CompletableFuture<Outcome<Weighed>> known;
        try {
            known = entries().asMap().putIfAbsent(key, mine);
        } catch (Throwable e) {
            // out of memory, possibly after the entry became visible
            claimed.claim().fail(e);
            throw e;
        }
        if (known == null) {
            return claimed;
        }
        Outcome<Weighed> held = known.getNow(null);
        if (held != null && held.value() != null) {
            return new Lookup.Held<>(type.cast(held.value()));
        }
        return new Lookup.Pending<>(action -> {
            var unused = known.thenAccept(
                    outcome -> action.accept(new Outcome<>(type.cast(outcome.value()), outcome.failure())));
        });
    }

    /**
     * {@return the value cached for a key, without a claim to load it; empty if there is none or it is still being
     * loaded}
     *
     * @param <V> the type of the value
     * @param key an {@link ObjectKey} or {@link PartKey}
     * @param type the class of values for keys of this kind
     */
    public <V extends Weighed> Optional<V> peek(Object key, Class<V> type) {
        CompletableFuture<Outcome<Weighed>> known = entries().getIfPresent(key);
        Outcome<Weighed> held = known == null ? null : known.getNow(null);
        return held == null ? Optional.empty() : Optional.ofNullable(type.cast(held.value()));
    }

    /**
     * Removes the entry of a key. Threads that are loading it are not affected.
     *
     * @param key an {@link ObjectKey} or {@link PartKey}
     */
    public void forget(Object key) {
        entries().asMap().remove(key);
    }

    /** Counts a part that was found in this cache. */
    public void hit() {
        hits.increment();
    }

    /**
     * Counts a part that was decoded.
     *
     * @param bytes the number of its decoded bytes
     */
    public void loaded(int bytes) {
        loads.increment();
        loadedBytes.add(bytes);
    }

    /** Counts a check of an object's version. */
    public void revalidated() {
        revalidations.increment();
    }

    /** {@return the statistics since this cache was created, and its present size} */
    public CacheStatistics statistics() {
        var stats = entries().synchronous().stats();
        return new CacheStatistics(
                hits.sum(),
                loads.sum(),
                loadedBytes.sum(),
                revalidations.sum(),
                stats.evictionCount(),
                entries().synchronous().asMap().values().stream()
                        .mapToLong(ChunkCache::weight)
                        .sum());
    }

    private static int weight(Outcome<Weighed> kept) {
        Weighed value = kept.value();
        return value == null ? 0 : value.weight();
    }

    private final class FutureClaim<V extends Weighed> implements Lookup.Claim<V> {
        private final Object key;
        /** Null once completed, so that a thread that still has the claim does not keep the value in memory. */
        private final AtomicReference<@Nullable CompletableFuture<Outcome<Weighed>>> open;

        FutureClaim(Object key, CompletableFuture<Outcome<Weighed>> future) {
            this.key = key;
            this.open = new AtomicReference<>(future);
        }

        @Override
        public void complete(V value) {
            CompletableFuture<Outcome<Weighed>> future = open.getAndSet(null);
            if (future == null) {
                return;
            }
            try {
                if (value.weight() > capacity) {
                    // eviction is delayed, and a small heap may not have room until then; work that Caffeine has queued
                    // would also keep the value in memory
                    entries().asMap().remove(key, future);
                    entries().synchronous().cleanUp();
                }
            } finally {
                future.complete(new Outcome<>(value, null));
            }
        }

        @Override
        public void fail(Throwable failure) {
            CompletableFuture<Outcome<Weighed>> future = open.getAndSet(null);
            if (future != null) {
                // the entry is removed before the failure is reported, and the failure is a value because Caffeine logs
                // failed futures
                try {
                    entries().asMap().remove(key, future);
                } finally {
                    future.complete(new Outcome<>(null, failure));
                }
            }
        }
    }

    @Override
    public String toString() {
        return "chunks of " + statistics().bytes() + " bytes";
    }
}
