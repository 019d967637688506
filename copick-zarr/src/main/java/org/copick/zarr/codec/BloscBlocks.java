package org.copick.zarr.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.copick.error.UnsupportedFeatureException;

/**
 * The header and the table of blocks of a Blosc 1 container, and how each block is unpacked. A block is one or more
 * compressed streams, and can be read without the others.
 *
 * <p>Blocks lie in the order in which the threads that compressed them were done, so a block ends before the next larger
 * offset, whichever block that belongs to; where its streams end they tell themselves.
 */
public final class BloscBlocks {
    private static final int HEADER = 16;
    private static final int SHUFFLED = 1;
    private static final int STORED = 2;
    private static final int BIT_SHUFFLED = 4;
    private static final int NOT_SPLIT = 16;
    /** A block is split into one stream for each byte of an element, unless elements are wide or the block is short. */
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
            throw new CodecException("blosc: " + head.capacity() + " bytes are no header");
        }
        int version = head.get(0);
        flags = head.get(2) & 0xff;
        elementBytes = Math.max(1, head.get(3) & 0xff);
        length = head.getInt(4);
        int claimed = head.getInt(8);
        packedLength = head.getInt(12);
        if (version < 1 || version > 2) {
            throw new CodecException("blosc: version " + version + " of the format is not known");
        }
        if (length < 0) {
            throw new CodecException("blosc: it claims to hold " + Integer.toUnsignedString(length) + " bytes");
        }
        if (packedLength < HEADER || packedLength > objectLength) {
            throw new CodecException("blosc: it claims to take " + Integer.toUnsignedString(packedLength)
                    + " bytes, and has " + objectLength);
        }
        if (length > 0 && claimed < 1) {
            throw new CodecException("blosc: blocks of " + Integer.toUnsignedString(claimed) + " bytes");
        }
        if ((flags & STORED) != 0 && packedLength - HEADER < length) {
            throw new CodecException("blosc: the stored bytes are cut off");
        }
        blockLength = Math.min(claimed, Math.max(1, length));
        count = length == 0 ? 0 : (length - 1) / blockLength + 1;
        if ((flags & STORED) == 0 && count > (packedLength - HEADER) / 4) {
            throw new CodecException("blosc: the offsets of " + count + " blocks do not fit in");
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
     * How many bytes {@link #parse} needs of a container.
     *
     * @param head the first bytes of it, 16 at least
     * @param objectLength how many bytes it has in all
     */
    public static int headLength(Slice head, long objectLength) throws CodecException {
        BloscBlocks header = new BloscBlocks(head.buffer(ByteOrder.LITTLE_ENDIAN), objectLength);
        return (header.flags & STORED) != 0 ? HEADER : HEADER + 4 * header.count;
    }

    /**
     * Reads header and table.
     *
     * @param head the first bytes of the container, {@link #headLength} at least
     * @param objectLength how many bytes it has in all
     */
    public static BloscBlocks parse(Slice head, long objectLength) throws CodecException {
        ByteBuffer bytes = head.buffer(ByteOrder.LITTLE_ENDIAN);
        return new BloscBlocks(new BloscBlocks(bytes, objectLength), bytes);
    }

    /** How many bytes come out of all blocks. */
    public int length() {
        return length;
    }

    /** How many blocks there are. */
    public int count() {
        return count;
    }

    /** How many bytes come out of each block; fewer out of the last one. */
    public int blockLength() {
        return blockLength;
    }

    /** How many bytes come out of a block. */
    public int lengthOf(int block) {
        return Math.min(blockLength, length - block * blockLength);
    }

    /** Where a block begins in the container. */
    public int offset(int block) {
        return offsets[block];
    }

    /** Before which byte of the container a block ends at the latest. */
    public int end(int block) {
        return ends[block];
    }

    /** Unpacks one block from its bytes, those between {@link #offset} and {@link #end}. */
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
     * Unpacks one block and leaves its bytes shuffled where they are and elements are of this size.
     *
     * @param packed its bytes, those between {@link #offset} and {@link #end}
     * @param room makes room for {@link #lengthOf}, where it is needed
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
            throw new CodecException("blosc: " + blockBytes + " bytes come out of " + streams + " streams");
        }
        int in = 0;
        for (int stream = 0; stream < streams; stream++) {
            if (in > packed.length() - 4) {
                throw new CodecException("blosc: a block is cut off");
            }
            int streamLength = lengths.getInt(in);
            in += 4;
            if (streamLength < 0 || streamLength > packed.length() - in) {
                throw new CodecException("blosc: a stream reaches out of its block");
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
            default -> throw new CodecException("blosc: no known compressor has number " + compressor);
        };
        if (size != length) {
            throw new CodecException("blosc: " + size + " bytes come out of a stream, not " + length);
        }
    }
}
