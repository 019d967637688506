package org.copick.zarr;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.copick.storage.ByteRange;
import org.copick.zarr.codec.BloscBlocks;
import org.copick.zarr.codec.CodecException;
import org.copick.zarr.codec.Slice;
import org.copick.zarr.codec.Unpacked;

/**
 * The Blosc blocks of an inner chunk of a shard, of which a region may need only some. Immutable.
 *
 * @param blocks the blocks, which do not split elements
 * @param needed the part of the inner chunk that the region needs
 * @param order the byte order of elements
 * @param element the number of bytes of an element
 */
record InnerBlocks(BloscBlocks blocks, BoxCopy needed, ByteOrder order, int element) {
    /** Returns the blocks that contain elements of the region. */
    int[] wanted() {
        return IntStream.range(0, blocks.count())
                .filter(block -> needed.touches(first(block), end(block)))
                .toArray();
    }

    /** Returns the range of a block in the inner chunk. */
    ByteRange range(int block) {
        return ByteRange.of(blocks.offset(block), blocks.end(block) - blocks.offset(block));
    }

    /** Returns the number of decoded bytes of some blocks. */
    int bytes(int[] some) {
        return Arrays.stream(some).map(blocks::lengthOf).sum();
    }

    /**
     * Decodes a block and copies the elements that the region needs.
     *
     * @param room allocates an array for the block
     */
    void copy(int block, Slice packed, Sink sink, IntFunction<byte[]> room) throws CodecException {
        boolean shuffled = sink.takesShuffled() && order == ByteOrder.LITTLE_ENDIAN;
        Unpacked elements = blocks.unpack(block, packed, room, shuffled ? element : 0);
        needed.copy(elements, order, first(block), end(block), sink);
    }

    private long first(int block) {
        return (long) block * blocks.blockLength() / element;
    }

    private long end(int block) {
        return first(block) + blocks.lengthOf(block) / element;
    }
}
