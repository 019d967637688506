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
 * Keeps facts about stored chunks, and their decoded parts, of all open arrays; bounded by their bytes. By default a quarter
 * of the largest heap is used.
 *
 * <p>Threads that want the same thing at the same time load it once. A failure is told to everyone who waited for it and
 * is not kept. Decoded parts are kept by the version of the object they are from, so what was replaced is never taken
 * for what replaced it. Safe for use by many threads; no call blocks.
 */
public final class ChunkCache {
    /** Rough size of an entry besides its bytes. */
    private static final int OVERHEAD = 200;

    private final long capacity;
    /** Made when it is needed, which a new process that only lists never does; docs/performance.md says what that saves. */
    private volatile @Nullable AsyncCache<Object, Outcome<Weighed>> made;

    private final AtomicLong stamps = new AtomicLong();
    private final LongAdder hits = new LongAdder();
    private final LongAdder loads = new LongAdder();
    private final LongAdder loadedBytes = new LongAdder();
    private final LongAdder revalidations = new LongAdder();

    private ChunkCache(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a cache of " + bytes + " bytes");
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

    /** A cache of at most this many bytes; 0 keeps nothing. */
    public static ChunkCache ofBytes(long bytes) {
        return new ChunkCache(bytes);
    }

    /** A cache of a quarter of the largest heap. */
    public static ChunkCache ofDefaultSize() {
        return new ChunkCache(Runtime.getRuntime().maxMemory() / 4);
    }

    /** The most bytes that are kept. */
    public long capacity() {
        return capacity;
    }

    /** A moment in the life of this cache: later stamps are greater. */
    public long stamp() {
        return stamps.incrementAndGet();
    }

    /**
     * Looks a key up. If nothing is kept under it, the first caller has to load it.
     *
     * @param key an {@link ObjectKey} or {@link PartKey}
     * @param type what is kept under keys of this kind
     */
    public <V extends Weighed> Lookup<V> lookup(Object key, Class<V> type) {
        CompletableFuture<Outcome<Weighed>> mine = new CompletableFuture<>();
        Lookup.Claimed<V> claimed = new Lookup.Claimed<>(new FutureClaim<>(key, mine));
        CompletableFuture<Outcome<Weighed>> known;
        try {
            known = entries().asMap().putIfAbsent(key, mine);
        } catch (Throwable e) {
            // out of memory, perhaps after the entry became visible
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

    /** Returns the value that is kept under a key, without a promise to load it. */
    public <V extends Weighed> Optional<V> peek(Object key, Class<V> type) {
        CompletableFuture<Outcome<Weighed>> known = entries().getIfPresent(key);
        Outcome<Weighed> held = known == null ? null : known.getNow(null);
        return held == null ? Optional.empty() : Optional.ofNullable(type.cast(held.value()));
    }

    /** Forgets what is kept under a key; those who load it now are not disturbed. */
    public void forget(Object key) {
        entries().asMap().remove(key);
    }

    /** Counts a part that was found here. */
    public void hit() {
        hits.increment();
    }

    /** Counts a part that was decoded. */
    public void loaded(int bytes) {
        loads.increment();
        loadedBytes.add(bytes);
    }

    /** Counts a question for an object's version. */
    public void revalidated() {
        revalidations.increment();
    }

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
        /** Null once completed, so that a thread that still holds the claim does not hold the value, too. */
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
                    // eviction comes a little later, and a heap that is small may not have room until then; what
                    // Caffeine
                    // has put off would hold the value, too
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
                // removed first and told as a value, because Caffeine logs futures that fail
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
