package org.copick.zarr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.copick.storage.ByteRange;
import org.copick.zarr.codec.BloscBlocks;
import org.copick.zarr.codec.CodecException;
import org.copick.zarr.codec.Slice;
import org.copick.zarr.codec.Unpacked;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one stored object that a region needs, and where their elements go. A part is encoded independently: an
 * inner chunk of a shard, a block of a large Blosc chunk, or the whole object. Immutable.
 */
final class ChunkPlan {
    /** Bytes of the smallest chunk that is read in parts; for smaller ones a request costs more than their bytes. */
    private static final long LEAST_BYTES_IN_PARTS = 256 << 10;
    /** Bytes of the largest shard that is read with one request if all of it is needed. */
    private static final long MOST_BYTES_WHOLE = 64 << 20;

    /** Denominator of the largest heap fraction (1/4) that an object with parts may take when it is read whole. */
    private static final int WHOLE_HEAP_SHARE = 4;
    /** Bytes above which, on stores with cheap reads, an object is read part by part even if all of it is needed. */
    private static final long LEAST_BYTES_PART_BY_PART = 4 << 20;
    /** Bytes of a small Blosc block, for a first guess of the block table's length; blocks are rarely smaller. */
    private static final long SMALL_BLOCK = 64 << 10;

    /** Bytes of the smallest block that is read individually; managing it takes more memory than a smaller block. */
    private static final int LEAST_BLOCK = 1 << 10;

    private static final int BLOSC_HEADER = 16;
    /** Bytes of the smallest inner chunk of which single blocks are read; another request costs more than fewer bytes. */
    private static final int LEAST_BYTES_IN_BLOCKS = 2 << 20;

    private final ArrayMetadata metadata;
    private final ChunkEncoding layout;
    private final Region region;
    /** Start of the object along each axis of the array. */
    private final long[] origin;
    /** The object as one box of elements; null for shards, whose elements are in several boxes. */
    private final @Nullable BoxCopy box;
    /** First and last needed inner chunk of a shard along each stored axis. */
    private final int[] low;

    private final int[] high;
    private final boolean empty;

    ChunkPlan(ArrayMetadata metadata, Region region, long[] chunk, int[] chunkShape) {
        this.metadata = metadata;
        this.layout = metadata.layout();
        this.region = region;
        this.origin = new long[chunk.length];
        for (int i = 0; i < chunk.length; i++) {
            origin[i] = chunk[i] * chunkShape[i];
        }
        int rank = chunk.length;
        low = new int[rank];
        high = new int[rank];
        if (inParts() instanceof ChunkEncoding.Sharded shard) {
            box = null;
            boolean nothing = false;
            for (int k = 0; k < rank; k++) {
                int axis = shard.axes()[k];
                long begin = Math.max(0, region.start(axis) - origin[axis]);
                long end = Math.min(shard.stored()[k], region.end(axis) - origin[axis]);
                low[k] = (int) (begin / shard.innerShape()[k]);
                high[k] = (int) ((end - 1) / shard.innerShape()[k]);
                nothing |= end <= begin;
            }
            empty = nothing;
        } else {
            box = new BoxCopy(region, origin, layout.stored(), layout.axes());
            empty = box.isEmpty();
        }
    }

    /** Returns whether parts of an object can be read individually; other objects are encoded as a whole. */
    static boolean isInParts(ChunkEncoding layout) {
        return layout instanceof ChunkEncoding.Sharded
                ? layout.packing().isEmpty()
                : layout.packing().isBlosc() && layout.bytes() >= LEAST_BYTES_IN_PARTS;
    }

    private @Nullable ChunkEncoding inParts() {
        return isInParts(layout) ? layout : null;
    }

    /** Returns whether the region needs nothing of this object. */
    boolean isEmpty() {
        return empty;
    }

    /** Returns the number of bytes of the whole object's elements. */
    long bytes() {
        return layout.bytes();
    }

    /** Returns the maximum number of bytes of elements that one thread decodes at a time. */
    long bytesAtOnce() {
        return inParts() instanceof ChunkEncoding.Sharded shard ? shard.inner().bytes() : layout.bytes();
    }

    /** Returns whether the object should be read in one piece. */
    boolean wantsWhole() {
        ChunkEncoding parted = inParts();
        if (parted == null) {
            return true;
        }
        if (layout.bytes() > Runtime.getRuntime().maxMemory() / WHOLE_HEAP_SHARE) {
            return false;
        }
        if (box != null) {
            return box.span() * metadata.type().bytes() > layout.bytes() / 2;
        }
        ChunkEncoding.Sharded shard = (ChunkEncoding.Sharded) parted;
        long needed = 1;
        for (int k = 0; k < low.length; k++) {
            needed *= high[k] - low[k] + 1;
        }
        return needed == shard.innerCount() && layout.bytes() <= MOST_BYTES_WHOLE;
    }

    /** Returns the range to read first in order to find the parts. */
    ByteRange headRange() {
        return layout instanceof ChunkEncoding.Sharded shard
                ? shard.index().range()
                : ByteRange.of(0, BLOSC_HEADER + 4 * (layout.bytes() / SMALL_BLOCK + 1));
    }

    /**
     * Returns whether the object should be read part by part on stores with cheap reads, even if all of it is needed.
     * Then only the parts that are being decoded are in memory.
     */
    boolean isWorthParts() {
        return inParts() != null && layout.bytes() > LEAST_BYTES_PART_BY_PART;
    }

    /** Returns whether the parts are the blocks of a Blosc chunk. */
    boolean isBlosc() {
        return layout instanceof ChunkEncoding.Plain && inParts() != null;
    }

    /**
     * Checks that the parts of a chunk are not too large to be decoded, before any of them is fetched.
     *
     * @throws org.copick.error.UnsupportedFeatureException for a part of more than half of the heap
     */
    void requireHeap(StoredChunk chunk) {
        if (isBlosc()) {
            ChunkEncoding.requireHeap(bytes(chunk, 0), metadata.location());
        }
    }

    /** Returns the block table of a chunk whose blocks can be read individually; null for other objects. */
    @Nullable BloscBlocks blocks(Slice head, long objectLength) throws CodecException {
        if (!isBlosc()) {
            return null;
        }
        BloscBlocks blocks = BloscBlocks.parse(head, objectLength);
        if (blocks.length() != layout.bytes()) {
            throw new CodecException("blosc: it claims to hold " + blocks.length() + " bytes, not " + layout.bytes());
        }
        return blocks;
    }

    /** Returns the index of a shard whose inner chunks can be read individually; null for other objects. */
    @Nullable ShardIndex index(Slice head, long objectLength) throws CodecException {
        return inParts() instanceof ChunkEncoding.Sharded shard ? shard.index().parse(head, objectLength) : null;
    }

    /** Returns the index of a shard from its whole content; null for objects without parts. */
    @Nullable ShardIndex index(Slice whole) throws CodecException {
        return inParts() instanceof ChunkEncoding.Sharded shard ? shard.index().parse(whole) : null;
    }

    /** Returns the parts that contain elements of the region. */
    int[] parts(StoredChunk chunk) {
        BloscBlocks blocks = blocks(chunk);
        if (blocks != null && box != null) {
            long elements = blocks.blockLength() / metadata.type().bytes();
            return IntStream.range(0, blocks.count())
                    .filter(block -> box.touches(block * elements, (block + 1) * elements))
                    .toArray();
        }
        if (chunk.index == null) {
            return new int[] {0};
        }
        ChunkEncoding.Sharded shard = (ChunkEncoding.Sharded) layout;
        IntStream.Builder parts = IntStream.builder();
        collect(shard, 0, 0, parts);
        return parts.build().filter(part -> !boxOf(shard, part).isEmpty()).toArray();
    }

    private void collect(ChunkEncoding.Sharded shard, int k, int before, IntStream.Builder parts) {
        if (k == low.length) {
            parts.add(before);
            return;
        }
        int along = shard.stored()[k] / shard.innerShape()[k];
        for (int i = low[k]; i <= high[k]; i++) {
            collect(shard, k + 1, before * along + i, parts);
        }
    }

    /**
     * Returns the blocks to use as parts; null if they split elements, which happens with odd element sizes, or are
     * tiny.
     */
    private @Nullable BloscBlocks blocks(StoredChunk chunk) {
        BloscBlocks blocks = chunk.blocks;
        return blocks != null && isByElements(blocks) ? blocks : null;
    }

    private boolean isByElements(BloscBlocks blocks) {
        return blocks.blockLength() >= LEAST_BLOCK
                && blocks.blockLength() % metadata.type().bytes() == 0;
    }

    /** Returns whether this part of a shard is not stored. */
    boolean isMissing(StoredChunk chunk, int part) {
        return chunk.index != null && chunk.index.isMissing(part);
    }

    /** Returns the range of a part's bytes; null for the whole object. */
    @Nullable ByteRange range(StoredChunk chunk, int part) {
        if (chunk.index != null) {
            return ByteRange.of(chunk.index.offset(part), chunk.index.length(part));
        }
        BloscBlocks blocks = blocks(chunk);
        return blocks == null ? null : ByteRange.of(blocks.offset(part), blocks.end(part) - blocks.offset(part));
    }

    /** Returns the bytes of a part of an object that is completely in memory. */
    Slice packed(StoredChunk chunk, int part, Slice whole) {
        ByteRange range = range(chunk, part);
        return range == null ? whole : whole.part((int) range.offset(), (int) range.length());
    }

    /** Returns the number of bytes of a part's elements. */
    int bytes(StoredChunk chunk, int part) {
        BloscBlocks blocks = blocks(chunk);
        if (blocks != null) {
            return blocks.lengthOf(part);
        }
        return (int)
                (chunk.index == null
                        ? layout.bytes()
                        : ((ChunkEncoding.Sharded) layout).inner().bytes());
    }

    /**
     * Decodes a part.
     *
     * @param room allocates an array of {@link #bytes(StoredChunk, int)} bytes; only called if needed
     * @return the elements, in stored order
     */
    Slice decode(StoredChunk chunk, int part, Slice packed, IntFunction<byte[]> room) throws CodecException {
        BloscBlocks blocks = blocks(chunk);
        if (blocks != null) {
            byte[] into = room.apply(blocks.lengthOf(part));
            blocks.decode(part, packed, into, 0);
            return new Slice(into, 0, blocks.lengthOf(part));
        }
        ChunkEncoding of = chunk.index == null ? layout : ((ChunkEncoding.Sharded) layout).inner();
        return of.decode(packed, metadata.fill(), room);
    }

    /**
     * Decodes a part as far as needed for copying it to a sink; it may stay shuffled.
     *
     * @param room allocates an array of {@link #bytes(StoredChunk, int)} bytes; only called if needed
     */
    Unpacked unpack(StoredChunk chunk, int part, Slice packed, Sink sink, IntFunction<byte[]> room)
            throws CodecException {
        ChunkEncoding of = chunk.index == null ? layout : ((ChunkEncoding.Sharded) layout).inner();
        if (!sink.takesShuffled() || of.order() != ByteOrder.LITTLE_ENDIAN) {
            return new Unpacked(decode(chunk, part, packed, room), false);
        }
        int element = metadata.type().bytes();
        BloscBlocks blocks = blocks(chunk);
        if (blocks != null) {
            return blocks.unpack(part, packed, room, element);
        }
        return of instanceof ChunkEncoding.Plain plain
                ? plain.packing().unpack(packed, room, (int) plain.bytes(), element)
                : new Unpacked(of.decode(packed, metadata.fill(), room), false);
    }

    /**
     * Returns whether to read only some blocks of an inner chunk, which takes a request more than the whole one. A region that
     * needs elements of less than half of it gets by with fewer bytes.
     */
    boolean wantsBlocks(StoredChunk chunk, int part) {
        ChunkEncoding.Plain inner = inBlocks(chunk);
        return inner != null
                && chunk.index != null
                && chunk.index.length(part) >= LEAST_BYTES_IN_BLOCKS
                && boxOf((ChunkEncoding.Sharded) layout, part).span()
                                * metadata.type().bytes()
                        < inner.bytes() / 2;
    }

    /** Returns the range of an inner chunk in which its block table begins. */
    ByteRange blockTable(StoredChunk chunk, int part) {
        ByteRange whole = Objects.requireNonNull(range(chunk, part));
        long inner = ((ChunkEncoding.Sharded) layout).inner().bytes();
        return ByteRange.of(whole.offset(), Math.min(whole.length(), BLOSC_HEADER + 4 * (inner / SMALL_BLOCK + 1)));
    }

    /**
     * Returns the blocks of an inner chunk, which can be decoded individually.
     *
     * @param head the first bytes of the inner chunk
     * @return null if it does not consist of usable blocks, or if their table is longer than {@code head}
     */
    @Nullable InnerBlocks innerBlocks(StoredChunk chunk, int part, Slice head) throws CodecException {
        ChunkEncoding.Plain inner = inBlocks(chunk);
        if (inner == null || chunk.index == null) {
            return null;
        }
        long length = chunk.index.length(part);
        if (BloscBlocks.headLength(head, length) > head.length()) {
            return null;
        }
        BloscBlocks blocks = BloscBlocks.parse(head, length);
        return blocks.length() == inner.bytes() && isByElements(blocks)
                ? new InnerBlocks(
                        blocks,
                        boxOf((ChunkEncoding.Sharded) layout, part),
                        inner.order(),
                        metadata.type().bytes())
                : null;
    }

    /** Returns the encoding of the inner chunks of a shard that may consist of several Blosc blocks; null for others. */
    private ChunkEncoding.@Nullable Plain inBlocks(StoredChunk chunk) {
        return chunk.index != null
                        && ((ChunkEncoding.Sharded) layout).inner() instanceof ChunkEncoding.Plain inner
                        && inner.packing().isBlosc()
                        && inner.bytes() >= LEAST_BYTES_IN_PARTS
                ? inner
                : null;
    }

    /** Copies the elements of a part that the region needs. */
    void copy(StoredChunk chunk, int part, Unpacked elements, Sink sink) {
        BloscBlocks blocks = blocks(chunk);
        int element = metadata.type().bytes();
        if (box != null) {
            long first = blocks == null ? 0 : (long) part * blocks.blockLength() / element;
            long count = elements.bytes().length() / element;
            box.copy(elements, layout.order(), first, first + count, sink);
        } else {
            ChunkEncoding.Sharded shard = (ChunkEncoding.Sharded) layout;
            boxOf(shard, part).copy(elements, layout.order(), 0, shard.inner().bytes() / element, sink);
        }
    }

    /** Writes the fill value in place of the whole object. */
    void fill(Sink sink) {
        BoxCopy all = box == null ? new BoxCopy(region, origin, layout.stored(), layout.axes()) : box;
        all.fill(ByteBuffer.wrap(metadata.fill()).order(layout.order()), sink);
    }

    /** Writes the fill value in place of a part of a shard. */
    void fill(int part, Sink sink) {
        boxOf((ChunkEncoding.Sharded) layout, part)
                .fill(ByteBuffer.wrap(metadata.fill()).order(layout.order()), sink);
    }

    private BoxCopy boxOf(ChunkEncoding.Sharded shard, int part) {
        int[] inShard = shard.originOf(part);
        long[] begin = origin.clone();
        for (int k = 0; k < inShard.length; k++) {
            begin[shard.axes()[k]] += inShard[k];
        }
        ChunkEncoding inner = shard.inner();
        int[] axes = Arrays.stream(inner.axes()).map(k -> shard.axes()[k]).toArray();
        return new BoxCopy(region, begin, inner.stored(), axes);
    }
}
