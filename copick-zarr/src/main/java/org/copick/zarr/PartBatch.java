package org.copick.zarr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.copick.cache.Elements;
import org.copick.cache.Lookup.Claim;
import org.copick.storage.ByteRange;
import org.copick.zarr.ChunkFetch.Packed;
import org.copick.zarr.ChunkRead.Changed;
import org.copick.zarr.codec.CodecException;
import org.copick.zarr.codec.Scratch;
import org.copick.zarr.codec.Slice;
import org.copick.zarr.codec.Unpacked;

/**
 * Parts of one object that are fetched together and decoded in parallel. Every claim is completed or failed in any
 * case; parts that were not processed fail as interrupted, so that other readers load them.
 */
final class PartBatch {
    /** Minimum bytes of a group of parts that one thread decodes; only the last group may be smaller. */
    private static final int LEAST_WORK = 512 << 10;
    /** Bytes up to which a batch is decoded by the thread that fetched it. */
    private static final int LITTLE_WORK = 64 << 10;

    private final ChunkRead object;
    private final RegionRead read;
    private final ChunkPlan plan;
    private final StoredChunk chunk;
    private final List<Integer> parts;
    private final Map<Integer, Claim<Elements>> claims;
    /** Number of groups that are not decoded yet, plus one while groups are being formed. */
    private final AtomicInteger groups = new AtomicInteger(1);

    private int reserved;
    /** True if the fetched bytes are in memory that the thread reuses. */
    private boolean borrowed;

    /**
     * Prepares a batch.
     *
     * @param parts the parts to fetch
     * @param claims the claims on these parts; parts without a claim are not cached
     */
    PartBatch(ChunkRead object, StoredChunk chunk, List<Integer> parts, Map<Integer, Claim<Elements>> claims) {
        this.object = object;
        this.read = object.read;
        this.plan = object.plan;
        this.chunk = chunk;
        this.parts = parts;
        this.claims = claims;
    }

    /** Fetches the parts and schedules their decoding. */
    void fetch(ChunkFetch from) throws CodecException, InterruptedException, Changed {
        List<Packed> packed = new ArrayList<>();
        try {
            reserve();
            read.fetch(() -> packed.addAll(from.parts(chunk, parts)));
        } catch (Throwable e) {
            skip(e);
            throw e;
        }
        decode(packed);
    }

    /** Waits for memory for all parts. */
    void reserve() throws InterruptedException {
        long bytes = 0;
        for (int part : parts) {
            bytes += plan.bytes(chunk, part);
        }
        reserved = read.source.workers.reserve(bytes);
    }

    /** Fails the claims on these parts and releases the memory reserved for them. */
    void skip(Throwable why) {
        try {
            abandon(why);
        } finally {
            groupDone();
        }
    }

    /**
     * Fetches and decodes the parts in this thread, which reuses its buffer for fetched bytes. Memory for the parts
     * must have been reserved.
     */
    void decodeHere(ChunkFetch from) throws CodecException, InterruptedException, Changed {
        borrowed = true;
        List<Packed> packed = new ArrayList<>();
        try {
            read.fetch(() -> packed.addAll(from.partsHere(chunk, parts)));
        } catch (Throwable e) {
            skip(e);
            throw e;
        }
        decodeGroup(packed);
    }

    /** Schedules the decoding of parts that were fetched as a whole object, with the memory reserved for it. */
    void decodeFrom(Slice whole, int reservedBefore) {
        reserved = reservedBefore;
        List<Packed> packed = new ArrayList<>();
        try {
            for (int part : parts) {
                packed.add(new Packed(part, plan.packed(chunk, part, whole)));
            }
        } catch (Throwable e) {
            skip(e);
            throw e;
        }
        decode(packed);
    }

    /** Fails the claims on these parts. */
    void abandon(Throwable why) {
        Throwable told = object.told(why);
        parts.forEach(part -> fail(part, told));
    }

    private void decode(List<Packed> packed) {
        try {
            List<Packed> group = new ArrayList<>();
            int work = 0;
            for (Packed part : packed) {
                group.add(part);
                work += plan.bytes(chunk, part.part());
                if (work >= LEAST_WORK) {
                    schedule(group);
                    group = new ArrayList<>();
                    work = 0;
                }
            }
            if (work <= LITTLE_WORK && packed.size() == group.size()) {
                groups.incrementAndGet();
                decodeGroup(group);
            } else if (!group.isEmpty()) {
                schedule(group);
            }
        } catch (Throwable e) {
            abandon(e);
            throw e;
        } finally {
            groupDone();
        }
    }

    private void schedule(List<Packed> group) {
        ChunkRead.Step decoding = () -> decodeGroup(group);
        Consumer<Throwable> skipped = why -> {
            try {
                group.forEach(packed -> fail(packed.part(), why));
            } finally {
                groupDone();
            }
        };
        groups.incrementAndGet();
        object.schedule(read.source.workers.decoding, decoding, skipped);
    }

    private void decodeGroup(List<Packed> group) {
        int at = 0;
        try {
            for (; at < group.size() && !read.isOver(); at++) {
                decode(group.get(at));
            }
        } catch (Throwable e) {
            Throwable told = object.told(e);
            read.fail(told);
            fail(group.get(at).part(), told);
        } finally {
            try {
                for (; at < group.size(); at++) {
                    fail(group.get(at).part(), RegionRead.GIVEN_UP);
                }
            } finally {
                groupDone();
            }
        }
    }

    private void decode(Packed packed) throws CodecException {
        int part = packed.part();
        int length = plan.bytes(chunk, part);
        Claim<Elements> claim = claims.get(part);
        InnerBlocks blocks = claim == null ? plan.innerBlocks(chunk, part, packed.bytes()) : null;
        if (blocks != null) {
            for (int block : blocks.wanted()) {
                ByteRange range = blocks.range(block);
                Slice bytes = packed.bytes().part((int) range.offset(), (int) range.length());
                blocks.copy(block, bytes, read.sink, Scratch.ELEMENTS::ofLength);
            }
            read.source.cache.loaded(length);
            return;
        }
        if (claim == null) {
            Unpacked elements = plan.unpack(chunk, part, packed.bytes(), read.sink, Scratch.ELEMENTS::ofLength);
            read.source.cache.loaded(length);
            plan.copy(chunk, part, elements, read.sink);
            return;
        }
        Slice elements = plan.decode(chunk, part, packed.bytes(), byte[]::new);
        read.source.cache.loaded(length);
        boolean alone = elements.from() == 0
                && elements.bytes().length == length
                && !(borrowed && elements.bytes() == packed.bytes().bytes());
        claim.complete(new Elements(
                alone
                        ? elements.bytes()
                        : Arrays.copyOfRange(elements.bytes(), elements.from(), elements.from() + length)));
        plan.copy(chunk, part, new Unpacked(elements, false), read.sink);
    }

    private void fail(int part, Throwable why) {
        Claim<Elements> claim = claims.get(part);
        if (claim != null) {
            claim.fail(why);
        }
    }

    private void groupDone() {
        if (groups.decrementAndGet() == 0) {
            read.source.workers.release(reserved);
        }
    }
}
