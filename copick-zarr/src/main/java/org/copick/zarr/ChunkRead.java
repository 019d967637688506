package org.copick.zarr;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.copick.cache.Elements;
import org.copick.cache.Lookup;
import org.copick.cache.Lookup.Claim;
import org.copick.cache.ObjectKey;
import org.copick.cache.PartKey;
import org.copick.error.ClosedException;
import org.copick.error.ConflictException;
import org.copick.error.CorruptDataException;
import org.copick.error.OperationInterruptedException;
import org.copick.storage.ObjectInfo;
import org.copick.storage.Version;
import org.copick.zarr.codec.CodecException;
import org.copick.zarr.codec.Scratch;
import org.copick.zarr.codec.Slice;
import org.copick.zarr.codec.Unpacked;
import org.jspecify.annotations.Nullable;

/**
 * The read of one stored object, as far as a region needs it. It looks the object up, fetches the parts that are not
 * cached, decodes them and copies their elements. It runs in steps, in whatever threads are available, and reports the
 * end of the last step to the {@link RegionRead}. If the object changes meanwhile, the read starts again, so that all
 * parts belong to one version.
 */
final class ChunkRead {
    private static final int MOST_RESTARTS = 5;
    /** Bytes of the smallest missing part that is filled by another thread, so that several threads share the work. */
    private static final int MUCH_TO_FILL = 512 << 10;
    /**
     * Denominator of a heap fraction: when memory runs out, a chunk larger than 1/8 of the heap is reported as the
     * cause.
     */
    private static final int MUCH_HEAP = 8;

    final RegionRead read;
    final ChunkPlan plan;
    private final ArraySource source;
    private final String name;
    private final String key;
    private final ObjectKey objectKey;
    private final ChunkFetch fetch;
    private final AtomicInteger open = new AtomicInteger();
    private final Step look = this::look;
    private volatile boolean again;
    private volatile boolean changed;
    private int restarts;

    ChunkRead(RegionRead read, long[] chunk) {
        this.read = read;
        this.source = read.source;
        this.plan = new ChunkPlan(source.metadata, read.region, chunk, source.chunkShape());
        this.name = source.metadata.keys().key(chunk);
        this.key = source.key(chunk);
        this.objectKey = new ObjectKey(source.store.identity(), key);
        this.fetch = new ChunkFetch(source, key, plan);
    }

    /** Starts the read in a thread that may wait. */
    void start() {
        schedule(source.workers.fetching, look, ChunkRead::tellNobody);
    }

    /** Starts the read in this thread. */
    void run() {
        open.incrementAndGet();
        step(look, ChunkRead::tellNobody);
    }

    /** A step of a read. */
    @FunctionalInterface
    interface Step {
        void run() throws CodecException, InterruptedException, Changed;
    }

    /** Thrown if the object has changed since its parts were planned. */
    static final class Changed extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** Runs a step in another thread, or passes the reason to {@code skipped} if the step does not run. */
    void schedule(Executor executor, Step step, Consumer<Throwable> skipped) {
        open.incrementAndGet();
        try {
            executor.execute(() -> step(step, skipped));
        } catch (Throwable e) {
            // the executor is closed, or no thread is available
            Throwable why = told(e);
            read.fail(why);
            try {
                skipped.accept(why);
            } finally {
                ended();
            }
        }
    }

    /** Does nothing; used for steps whose result only this read waits for. */
    private static void tellNobody(Throwable why) {}

    /**
     * Converts a failure to the exception that readers receive. Never throws, so that waiting readers always get one.
     */
    Throwable told(Throwable failure) {
        try {
            if (failure instanceof CodecException codec) {
                return corrupt(codec);
            }
            if (failure instanceof RejectedExecutionException) {
                return new ClosedException("the context of " + source.metadata.location() + " is closed", failure);
            }
            long bytes = plan.bytesAtOnce();
            if (failure instanceof OutOfMemoryError
                    && bytes > Runtime.getRuntime().maxMemory() / MUCH_HEAP) {
                return ChunkEncoding.tooLarge(bytes, "more than is free in the heap", source.metadata.location());
            }
            return failure instanceof InterruptedException ? RegionRead.GIVEN_UP : failure;
        } catch (Throwable e) {
            return e;
        }
    }

    private CorruptDataException corrupt(CodecException e) {
        return new CorruptDataException(
                "chunk " + name + " of " + source.metadata.location() + " is corrupt: " + e.getMessage(), e);
    }

    private void step(Step step, Consumer<Throwable> skipped) {
        try {
            if (read.isOver()) {
                skipped.accept(RegionRead.GIVEN_UP);
            } else {
                attempt(step);
            }
        } catch (Throwable e) {
            read.fail(told(e));
        } finally {
            ended();
        }
    }

    private void attempt(Step step) throws CodecException {
        try {
            step.run();
        } catch (Changed e) {
            changed = true;
            source.cache.forget(objectKey);
        } catch (InterruptedException e) {
            read.interrupt();
        }
    }

    private void ended() {
        if (open.decrementAndGet() > 0) {
            return;
        }
        try {
            if ((again || changed) && !read.isOver() && beginsAgain()) {
                return;
            }
        } catch (Throwable e) {
            read.fail(e);
        }
        read.ended();
    }

    private boolean beginsAgain() {
        restarts += changed ? 1 : 0;
        again = false;
        changed = false;
        if (restarts > MOST_RESTARTS) {
            throw new ConflictException("chunk " + name + " of " + source.metadata.location()
                    + " is replaced by others faster than it can be read");
        }
        read.resume(this::start);
        return true;
    }

    /** Runs an action in another read's thread when that read has loaded something or failed. */
    private <V> void follow(Lookup.Pending<V> pending, Consumer<Lookup.Outcome<V>> action) {
        open.incrementAndGet();
        try {
            pending.waiting().whenDone(outcome -> {
                try {
                    action.accept(outcome);
                } catch (Throwable e) {
                    read.fail(e);
                } finally {
                    ended();
                }
            });
        } catch (Throwable e) {
            // the callback was not registered
            ended();
            throw e;
        }
    }

    /** Looks the object up in the cache or in the store. */
    private void look() throws CodecException, InterruptedException, Changed {
        while (!plan.isEmpty()) {
            Lookup<StoredChunk> seen = source.cache.lookup(objectKey, StoredChunk.class);
            if (seen instanceof Lookup.Claimed<StoredChunk> claimed) {
                load(claimed.claim());
                return;
            }
            if (seen instanceof Lookup.Pending<StoredChunk> pending) {
                follow(pending, outcome -> awaited(outcome.failure()));
                return;
            }
            if (seen instanceof Lookup.Held<StoredChunk> held
                    && held.value().decoding.equals(source.decoding)
                    && isCurrent(held.value())) {
                fetch(held.value());
                return;
            }
            source.cache.forget(objectKey);
        }
    }

    /**
     * Looks the object up again after another read has loaded it. A failure that concerns the object fails this read,
     * too.
     */
    private void awaited(@Nullable Throwable failure) {
        if (failure == null || failure instanceof OperationInterruptedException || failure instanceof Changed) {
            again = true;
        } else {
            read.fail(failure);
        }
    }

    private boolean isCurrent(StoredChunk held) throws InterruptedException, CodecException, Changed {
        if (held.isCheckedSince(source.opened)) {
            return true;
        }
        long now = source.cache.stamp();
        source.cache.revalidated();
        List<Version> current = new ArrayList<>();
        read.fetch(() -> source.store.info(key).map(ObjectInfo::version).ifPresent(current::add));
        boolean same = Objects.equals(current.isEmpty() ? null : current.get(0), held.version);
        if (same) {
            held.checked(now);
        }
        return same;
    }

    /** Loads the facts about the object, together with its content if all of it is needed. */
    private void load(Claim<StoredChunk> claim) throws CodecException, InterruptedException, Changed {
        int reserved = 0;
        try {
            List<ChunkFetch.Found> found = new ArrayList<>();
            if (plan.wantsWhole() && !(source.nearby && plan.isWorthParts())) {
                reserved = source.workers.reserve(plan.bytes());
                read.fetch(() -> found.add(fetch.whole()));
            } else {
                read.fetch(() -> found.add(fetch.head()));
            }
            StoredChunk chunk = found.get(0).chunk();
            Optional<Slice> whole = found.get(0).whole();
            if (whole.isEmpty()) {
                claim.complete(chunk);
                fetch(chunk);
                return;
            }
            // the parts are claimed before other reads can look them up
            Map<Integer, Claim<Elements>> claims = new HashMap<>();
            List<Integer> parts = partsToLoad(chunk, claims);
            claim.complete(chunk);
            PartBatch all = batch(chunk, parts, claims);
            int handedOver = reserved;
            reserved = 0;
            all.decodeFrom(whole.get(), handedOver);
        } catch (Throwable e) {
            claim.fail(told(e));
            throw e;
        } finally {
            source.workers.release(reserved);
        }
    }

    /** Fetches the needed parts of an object that was looked up before. */
    private void fetch(StoredChunk chunk) throws CodecException, InterruptedException, Changed {
        if (chunk.version == null) {
            plan.fill(read.sink);
            return;
        }
        plan.requireHeap(chunk);
        Map<Integer, Claim<Elements>> claims = new HashMap<>();
        List<Integer> parts = partsToLoad(chunk, claims);
        try {
            readBlocks(chunk, parts, claims);
            List<List<Integer>> portions = fetch.portions(chunk, parts);
            if (source.nearby) {
                fetchNearby(chunk, portions, claims);
                return;
            }
            for (int i = 1; i < portions.size(); i++) {
                PartBatch portion = new PartBatch(this, chunk, portions.get(i), claims);
                schedule(source.workers.fetching, () -> portion.fetch(fetch), portion::abandon);
            }
            if (!portions.isEmpty()) {
                new PartBatch(this, chunk, portions.get(0), claims).fetch(fetch);
            }
        } catch (Throwable e) {
            fail(claims, e);
            throw e;
        }
    }

    /** Schedules the parts of which only some blocks are needed, and removes them from the list. */
    private void readBlocks(StoredChunk chunk, List<Integer> parts, Map<Integer, Claim<Elements>> claims) {
        parts.removeIf(part -> {
            boolean inBlocks = !claims.containsKey(part) && plan.wantsBlocks(chunk, part);
            if (inBlocks) {
                schedule(source.workers.fetching, () -> readBlocks(chunk, part), ChunkRead::tellNobody);
            }
            return inBlocks;
        });
    }

    private void readBlocks(StoredChunk chunk, int part) throws CodecException, InterruptedException, Changed {
        List<Slice> fetched = new ArrayList<>();
        read.fetch(() -> fetched.add(fetch.blockTable(chunk, part)));
        InnerBlocks blocks = plan.innerBlocks(chunk, part, fetched.get(0));
        if (blocks == null) {
            new PartBatch(this, chunk, List.of(part), Map.of()).fetch(fetch);
            return;
        }
        int[] wanted = blocks.wanted();
        fetched.clear();
        int reserved = source.workers.reserve(blocks.bytes(wanted));
        try {
            read.fetch(() -> fetched.addAll(fetch.blocks(chunk, part, blocks, wanted)));
            for (int i = 0; i < wanted.length; i++) {
                blocks.copy(wanted[i], fetched.get(i), read.sink, Scratch.ELEMENTS::ofLength);
            }
            source.cache.loaded(blocks.bytes(wanted));
        } finally {
            source.workers.release(reserved);
        }
    }

    /**
     * Schedules portions of a store with cheap reads: the decoding thread also reads the portion, into its own buffer.
     */
    private void fetchNearby(StoredChunk chunk, List<List<Integer>> portions, Map<Integer, Claim<Elements>> claims)
            throws InterruptedException {
        for (List<Integer> parts : portions) {
            PartBatch portion = new PartBatch(this, chunk, parts, claims);
            portion.reserve();
            schedule(source.workers.decoding, () -> portion.decodeHere(fetch), portion::skip);
        }
    }

    private PartBatch batch(StoredChunk chunk, List<Integer> parts, Map<Integer, Claim<Elements>> claims) {
        try {
            return new PartBatch(this, chunk, parts, claims);
        } catch (Throwable e) {
            fail(claims, e);
            throw e;
        }
    }

    /** Fails all claims; claims that were completed already are unaffected. */
    private void fail(Map<Integer, Claim<Elements>> claims, Throwable why) {
        Throwable told = told(why);
        claims.values().forEach(claim -> claim.fail(told));
    }

    /** Claims and returns the parts to load. Cached parts are copied, and parts that other reads load are awaited. */
    private List<Integer> partsToLoad(StoredChunk chunk, Map<Integer, Claim<Elements>> claims) {
        List<Integer> load = new ArrayList<>();
        try {
            for (int part : plan.parts(chunk)) {
                want(chunk, part, load, claims);
            }
            return load;
        } catch (Throwable e) {
            fail(claims, e);
            throw e;
        }
    }

    private void want(StoredChunk chunk, int part, List<Integer> load, Map<Integer, Claim<Elements>> claims) {
        if (plan.isMissing(chunk, part)) {
            if (plan.bytes(chunk, part) < MUCH_TO_FILL) {
                plan.fill(part, read.sink);
            } else {
                schedule(source.workers.decoding, () -> plan.fill(part, read.sink), ChunkRead::tellNobody);
            }
            return;
        }
        PartKey partKey = new PartKey(objectKey, Objects.requireNonNull(chunk.version), source.decoding, part);
        if (!read.caching) {
            source.cache
                    .peek(partKey, Elements.class)
                    .ifPresentOrElse(held -> copy(chunk, part, held), () -> load.add(part));
            return;
        }
        Lookup<Elements> seen = source.cache.lookup(partKey, Elements.class);
        if (seen instanceof Lookup.Held<Elements> held) {
            copy(chunk, part, held.value());
        } else if (seen instanceof Lookup.Claimed<Elements> claimed) {
            try {
                claims.put(part, claimed.claim());
            } catch (Throwable e) {
                claimed.claim().fail(e);
                throw e;
            }
            load.add(part);
        } else if (seen instanceof Lookup.Pending<Elements> pending) {
            follow(pending, outcome -> {
                Elements elements = outcome.value();
                if (elements == null) {
                    awaited(outcome.failure());
                } else {
                    schedule(source.workers.decoding, () -> copy(chunk, part, elements), ChunkRead::tellNobody);
                }
            });
        }
    }

    private void copy(StoredChunk chunk, int part, Elements elements) {
        source.cache.hit();
        plan.copy(chunk, part, new Unpacked(Slice.of(elements.bytes()), false), read.sink);
    }
}
