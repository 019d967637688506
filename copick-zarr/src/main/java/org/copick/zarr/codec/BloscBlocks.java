package org.copick.zarr.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.copick.error.UnsupportedFeatureException;

/**
 * The header and the block table of a Blosc 1 container, and the decoder of its blocks. A block consists of one or more
 * compressed streams, and can be read without the others.
 *
 * <p>Blocks are stored in the order in which the compressing threads finished them. So a block ends before the next
 * larger offset, whichever block that belongs to. Its streams declare their own lengths.
 */
public final class BloscBlocks {
    private static final int HEADER = 16;
    private static final int SHUFFLED = 1;
    private static final int STORED = 2;
    private static final int BIT_SHUFFLED = 4;
    private static final int NOT_SPLIT = 16;
    /**
     * Maximum number of streams of a block, one for each byte of an element. Wider elements and short blocks are not
     * split.
     */
    private static final int MOST_STREAMS = 16;

    private static final int SHORTEST_SPLIT = 128;

    private final int flags;
    private final int elementBytes;
    private final int length;
    private final int blockLength;
    private final int packedLength;
    private final int count;
    private final int[] offsets;
    private final int[] ends;

    private BloscBlocks(ByteBuffer head, long objectLength) throws CodecException {
        if (head.capacity() < HEADER) {
            throw new CodecException("blosc: " + head.capacity() + " bytes are too short for a header");
        }
        int version = head.get(0);
        flags = head.get(2) & 0xff;
        elementBytes = Math.max(1, head.get(3) & 0xff);
        length = head.getInt(4);
        int claimed = head.getInt(8);
        packedLength = head.getInt(12);
        if (version < 1 || version > 2) {
            throw new CodecException("blosc: unknown format version " + version);
        }
        if (length < 0) {
            throw new CodecException("blosc: invalid decoded length " + Integer.toUnsignedString(length));
        }
        if (packedLength < HEADER || packedLength > objectLength) {
            throw new CodecException("blosc: it claims to take " + Integer.toUnsignedString(packedLength)
                    + " bytes, and has " + objectLength);
        }
        if (length > 0 && claimed < 1) {
            throw new CodecException("blosc: invalid block length " + Integer.toUnsignedString(claimed));
        }
        if ((flags & STORED) != 0 && packedLength - HEADER < length) {
            throw new CodecException("blosc: the stored bytes are truncated");
        }
        blockLength = Math.min(claimed, Math.max(1, length));
        count = length == 0 ? 0 : (length - 1) / blockLength + 1;
        if ((flags & STORED) == 0 && count > (packedLength - HEADER) / 4) {
            throw new CodecException("blosc: the block table of " + count + " blocks does not fit into the container");
        }
        offsets = new int[0];
        ends = offsets;
    }

    private BloscBlocks(BloscBlocks header, ByteBuffer head) throws CodecException {
        flags = header.flags;
        elementBytes = header.elementBytes;
        length = header.length;
        blockLength = header.blockLength;
        packedLength = header.packedLength;
        count = header.count;
        offsets = new int[count];
        ends = new int[count];
        if ((flags & STORED) != 0) {
            for (int i = 0; i < count; i++) {
                offsets[i] = HEADER + i * blockLength;
                ends[i] = offsets[i] + lengthOf(i);
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            offsets[i] = head.getInt(HEADER + 4 * i);
            if (offsets[i] < HEADER + 4 * count || offsets[i] > packedLength) {
                throw new CodecException("blosc: block " + i + " begins at " + Integer.toUnsignedString(offsets[i]));
            }
        }
        int[] sorted = Arrays.copyOf(offsets, count + 1);
        sorted[count] = packedLength;
        Arrays.sort(sorted);
        for (int i = 0; i < count; i++) {
            int next = Arrays.binarySearch(sorted, offsets[i]) + 1;
            while (next < count && sorted[next] == offsets[i]) {
                next++;
            }
            ends[i] = next > count ? packedLength : sorted[next];
        }
    }

    /**
     * {@return the number of bytes of a container that {@link #parse} needs}
     *
     * @param head the first bytes of the container, at least 16
     * @param objectLength the length of the container in bytes
     * @throws CodecException if the header is too short or invalid
     */
    public static int headLength(Slice head, long objectLength) throws CodecException {
        BloscBlocks header = new BloscBlocks(head.buffer(ByteOrder.LITTLE_ENDIAN), objectLength);
        return (header.flags & STORED) != 0 ? HEADER : HEADER + 4 * header.count;
    }

    /**
     * Parses the header and the block table.
     *
     * @param head the first bytes of the container, at least {@link #headLength}
     * @param objectLength the length of the container in bytes
     * @return the blocks of the container
     * @throws CodecException if the header or the block table is invalid
     */
    public static BloscBlocks parse(Slice head, long objectLength) throws CodecException {
        ByteBuffer bytes = head.buffer(ByteOrder.LITTLE_ENDIAN);
        return new BloscBlocks(new BloscBlocks(bytes, objectLength), bytes);
    }

    /** {@return the decoded length of all blocks in bytes} */
    public int length() {
        return length;
    }

    /** {@return the number of blocks} */
    public int count() {
        return count;
    }

    /** {@return the decoded length of each block in bytes; the last block may be shorter} */
    public int blockLength() {
        return blockLength;
    }

    /**
     * {@return the decoded length of a block in bytes}
     *
     * @param block the number of the block, from 0 to {@link #count} − 1 in the order of decoded bytes
     */
    public int lengthOf(int block) {
        return Math.min(blockLength, length - block * blockLength);
    }

    /**
     * {@return the offset of a block in the container}
     *
     * @param block the number of the block, as in {@link #lengthOf}
     */
    public int offset(int block) {
        return offsets[block];
    }

    /**
     * {@return the offset in the container at or before which a block ends}
     *
     * @param block the number of the block, as in {@link #lengthOf}
     */
    public int end(int block) {
        return ends[block];
    }

    /**
     * Decodes one block.
     *
     * @param block the number of the block, as in {@link #lengthOf}
     * @param packed the bytes between {@link #offset} and {@link #end}
     * @param into receives the {@link #lengthOf} decoded bytes
     * @param at the index of the first decoded byte in {@code into}
     * @throws CodecException if the block is invalid
     * @throws UnsupportedFeatureException if the block is compressed by snappy
     */
    public void decode(int block, Slice packed, byte[] into, int at) throws CodecException {
        int blockBytes = lengthOf(block);
        if ((flags & STORED) != 0) {
            System.arraycopy(packed.bytes(), packed.from(), into, at, blockBytes);
            return;
        }
        boolean shuffled = (flags & SHUFFLED) != 0 && elementBytes > 1;
        boolean bitShuffled = (flags & BIT_SHUFFLED) != 0 && blockBytes >= elementBytes;
        int streams = streams(blockBytes);
        if (!shuffled && !bitShuffled) {
            decodeStreams(packed, streams, into, at, blockBytes);
            return;
        }
        byte[] scratch = Scratch.BLOCK.ofLength(blockBytes);
        decodeStreams(packed, streams, scratch, 0, blockBytes);
        if (shuffled) {
            Shuffle.unshuffle(scratch, 0, into, at, blockBytes, elementBytes);
        } else {
            Shuffle.unshuffleBits(scratch, into, at, blockBytes, elementBytes);
        }
    }

    /**
     * Decodes one block. Its bytes stay shuffled if they are shuffled for elements of the given size.
     *
     * @param block the number of the block, as in {@link #lengthOf}
     * @param packed the bytes between {@link #offset} and {@link #end}
     * @param room allocates an array of {@link #lengthOf} bytes; only called if needed
     * @param elements the number of bytes of an element
     * @return the decoded bytes, and whether they are still shuffled; a view of {@code packed} if the block is stored
     *     uncompressed
     * @throws CodecException if the block is invalid
     * @throws UnsupportedFeatureException if the block is compressed by snappy
     */
    public Unpacked unpack(int block, Slice packed, IntFunction<byte[]> room, int elements) throws CodecException {
        int blockBytes = lengthOf(block);
        if ((flags & STORED) != 0) {
            return new Unpacked(packed.part(0, blockBytes), false);
        }
        byte[] into = room.apply(blockBytes);
        boolean left = (flags & SHUFFLED) != 0 && elementBytes == elements && blockBytes % elements == 0;
        if (left) {
            decodeStreams(packed, streams(blockBytes), into, 0, blockBytes);
        } else {
            decode(block, packed, into, 0);
        }
        return new Unpacked(new Slice(into, 0, blockBytes), left);
    }

    private int streams(int blockBytes) {
        boolean split = (flags & NOT_SPLIT) == 0
                && elementBytes <= MOST_STREAMS
                && blockBytes / elementBytes >= SHORTEST_SPLIT
                && blockBytes == blockLength;
        return split ? elementBytes : 1;
    }

    private void decodeStreams(Slice packed, int streams, byte[] into, int at, int blockBytes) throws CodecException {
        ByteBuffer lengths = packed.buffer(ByteOrder.LITTLE_ENDIAN);
        int each = blockBytes / streams;
        if (each * streams != blockBytes) {
            throw new CodecException(
                    "blosc: a block of " + blockBytes + " bytes cannot be split into " + streams + " streams");
        }
        int in = 0;
        for (int stream = 0; stream < streams; stream++) {
            if (in > packed.length() - 4) {
                throw new CodecException("blosc: a block is truncated");
            }
            int streamLength = lengths.getInt(in);
            in += 4;
            if (streamLength < 0 || streamLength > packed.length() - in) {
                throw new CodecException("blosc: a stream extends beyond its block");
            }
            decodeStream(packed.part(in, streamLength), into, at + stream * each, each);
            in += streamLength;
        }
    }

    private void decodeStream(Slice stream, byte[] into, int at, int length) throws CodecException {
        if (stream.length() == length) {
            System.arraycopy(stream.bytes(), stream.from(), into, at, length);
            return;
        }
        int compressor = flags >> 5 & 7;
        int size = switch (compressor) {
            case 0 -> BloscLz.decode(stream, into, at, length);
            case 1 -> Compressors.LZ4_BLOCK.decode(stream, into, at, length);
            case 2 -> throw new UnsupportedFeatureException("unsupported codec \"snappy\" in a blosc chunk");
            case 3 -> Compressors.ZLIB.decode(stream, into, at, length);
            case 4 -> Compressors.ZSTD.decode(stream, into, at, length);
            default -> throw new CodecException("blosc: unknown compressor number " + compressor);
        };
        if (size != length) {
            throw new CodecException("blosc: a stream decodes to " + size + " bytes, not " + length);
        }
    }
}
