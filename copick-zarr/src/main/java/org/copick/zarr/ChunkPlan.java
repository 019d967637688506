package org.copick.zarr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.copick.storage.ByteRange;
import org.copick.zarr.codec.BloscBlocks;
import org.copick.zarr.codec.CodecException;
import org.copick.zarr.codec.Slice;
import org.copick.zarr.codec.Unpacked;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of one stored object a region needs, and where their elements go. A part is what is packed for itself: a
 * chunk in a shard, a block of a large Blosc chunk, or the whole object. Immutable.
 */
final class ChunkPlan {
    /** Smaller chunks are always read whole: one request costs more than their bytes. */
    private static final long LEAST_BYTES_IN_PARTS = 256 << 10;
    /** Shards up to this size are read whole where all of them is needed. */
    private static final long MOST_BYTES_WHOLE = 64 << 20;

    /** Largest fraction of the heap that an object may take if it is read whole although it has parts. */
    private static final int WHOLE_HEAP_SHARE = 4;
    /** Where reading costs little, larger objects are read part by part although all of them is needed. */
    private static final long LEAST_BYTES_PART_BY_PART = 4 << 20;
    /** A first guess of the table of a Blosc chunk: blocks are seldom smaller. */
    private static final long SMALL_BLOCK = 64 << 10;

    /** Each block that is read for itself takes more than this to keep track of. */
    private static final int LEAST_BLOCK = 1 << 10;

    private static final int BLOSC_HEADER = 16;

    private final ArrayMetadata metadata;
    private final ChunkEncoding layout;
    private final Region region;
    /** Where the object begins along each axis of the array. */
    private final long[] origin;
    /** The object as one box of elements; null for shards, whose elements are not all in one box. */
    private final @Nullable BoxCopy box;
    /** Of a shard: along each stored axis the first inner chunk that is needed, and the last. */
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

    /** Whether parts of an object can be read without the rest; others are packed as a whole. */
    static boolean isInParts(ChunkEncoding layout) {
        return layout instanceof ChunkEncoding.Sharded
                ? layout.packing().isEmpty()
                : layout.packing().isBlosc() && layout.bytes() >= LEAST_BYTES_IN_PARTS;
    }

    private @Nullable ChunkEncoding inParts() {
        return isInParts(layout) ? layout : null;
    }

    /** Whether the region needs nothing of this object. */
    boolean isEmpty() {
        return empty;
    }

    /** How many bytes the elements of the whole object take, as far as they are read in one piece. */
    long bytes() {
        return layout.bytes();
    }

    /** Returns the most bytes of elements that one thread decodes at once. */
    long bytesAtOnce() {
        return inParts() instanceof ChunkEncoding.Sharded shard ? shard.inner().bytes() : layout.bytes();
    }

    /** Whether the object is better read in one piece. */
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

    /** The bytes to read first, to find out where the parts are. */
    ByteRange headRange() {
        return layout instanceof ChunkEncoding.Sharded shard
                ? shard.index().range()
                : ByteRange.of(0, BLOSC_HEADER + 4 * (layout.bytes() / SMALL_BLOCK + 1));
    }

    /**
     * Whether all of the object is better read part by part where a read costs little by itself: then no more of it is in
     * memory than what is unpacked at the moment.
     */
    boolean isWorthParts() {
        return inParts() != null && layout.bytes() > LEAST_BYTES_PART_BY_PART;
    }

    /** Whether parts are the blocks of a Blosc chunk. */
    boolean isBlosc() {
        return layout instanceof ChunkEncoding.Plain && inParts() != null;
    }

    /**
     * Refuses a chunk whose parts are too large to be decoded, before any of them is fetched.
     *
     * @throws org.copick.error.UnsupportedFeatureException for a part of more than half of the heap
     */
    void requireHeap(StoredChunk chunk) {
        if (isBlosc()) {
            ChunkEncoding.requireHeap(bytes(chunk, 0), metadata.location());
        }
    }

    /** Where the blocks are of a chunk that has blocks to be read one by one. */
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

    /** Where the inner chunks of a shard are. */
    @Nullable ShardIndex index(Slice head, long objectLength) throws CodecException {
        return inParts() instanceof ChunkEncoding.Sharded shard ? shard.index().parse(head, objectLength) : null;
    }

    /** The same from a whole object. */
    @Nullable ShardIndex index(Slice whole) throws CodecException {
        return inParts() instanceof ChunkEncoding.Sharded shard ? shard.index().parse(whole) : null;
    }

    /** The parts that hold something of the region. */
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

    /** The blocks to go by; none where they cut elements in two, which happens with odd element sizes, or are tiny. */
    private @Nullable BloscBlocks blocks(StoredChunk chunk) {
        BloscBlocks blocks = chunk.blocks;
        return blocks != null && isByElements(blocks) ? blocks : null;
    }

    private boolean isByElements(BloscBlocks blocks) {
        return blocks.blockLength() >= LEAST_BLOCK
                && blocks.blockLength() % metadata.type().bytes() == 0;
    }

    /** Whether this part of a shard is not stored. */
    boolean isMissing(StoredChunk chunk, int part) {
        return chunk.index != null && chunk.index.isMissing(part);
    }

    /** Where the bytes of a part are, or null for all of the object. */
    @Nullable ByteRange range(StoredChunk chunk, int part) {
        if (chunk.index != null) {
            return ByteRange.of(chunk.index.offset(part), chunk.index.length(part));
        }
        BloscBlocks blocks = blocks(chunk);
        return blocks == null ? null : ByteRange.of(blocks.offset(part), blocks.end(part) - blocks.offset(part));
    }

    /** The bytes of a part of an object that is whole in memory. */
    Slice packed(StoredChunk chunk, int part, Slice whole) {
        ByteRange range = range(chunk, part);
        return range == null ? whole : whole.part((int) range.offset(), (int) range.length());
    }

    /** How many bytes the elements of a part take. */
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
     * Unpacks a part.
     *
     * @param room makes room for {@link #bytes(StoredChunk, int)}, where that is needed
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
     * Unpacks a part as far as somebody needs who copies it to a sink and does not keep it.
     *
     * @param room makes room for {@link #bytes(StoredChunk, int)}, where that is needed
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
     * Unpacks a chunk of a shard block by block, and only those that the region needs, where it is packed in such a way and
     * nobody keeps it.
     *
     * @param room makes room for a block
     * @return whether it is
     */
    boolean copyByBlocks(StoredChunk chunk, int part, Slice packed, Sink sink, IntFunction<byte[]> room)
            throws CodecException {
        if (chunk.index == null || !(((ChunkEncoding.Sharded) layout).inner() instanceof ChunkEncoding.Plain inner)) {
            return false;
        }
        int element = metadata.type().bytes();
        if (!inner.packing().isBlosc() || inner.bytes() < LEAST_BYTES_IN_PARTS) {
            return false;
        }
        BloscBlocks blocks = BloscBlocks.parse(packed, packed.length());
        if (blocks.length() != inner.bytes() || !isByElements(blocks)) {
            return false;
        }
        boolean shuffled = sink.takesShuffled() && inner.order() == ByteOrder.LITTLE_ENDIAN;
        BoxCopy needed = boxOf((ChunkEncoding.Sharded) layout, part);
        for (int block = 0; block < blocks.count(); block++) {
            long first = (long) block * blocks.blockLength() / element;
            long end = first + blocks.lengthOf(block) / element;
            if (needed.touches(first, end)) {
                Slice bytes = packed.part(blocks.offset(block), blocks.end(block) - blocks.offset(block));
                Unpacked elements = blocks.unpack(block, bytes, room, shuffled ? element : 0);
                needed.copy(elements, inner.order(), first, end, sink);
            }
        }
        return true;
    }

    /** Copies what the region needs of a part. */
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

    /** Fills the place of the whole object. */
    void fill(Sink sink) {
        BoxCopy all = box == null ? new BoxCopy(region, origin, layout.stored(), layout.axes()) : box;
        all.fill(ByteBuffer.wrap(metadata.fill()).order(layout.order()), sink);
    }

    /** Fills the place of a part of a shard. */
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
