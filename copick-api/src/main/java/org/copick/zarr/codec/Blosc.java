package org.copick.zarr.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.copick.error.UnsupportedFeatureException;

/**
 * The Blosc 1 container: a header, the offset of each block, and the blocks, each of one or more compressed streams.
 *
 * <p>Blocks lie in the order in which the threads that compressed them were done, so nothing follows from the next
 * block's offset: a block ends where its own streams do.
 */
final class Blosc implements Codec {
    static final Blosc INSTANCE = new Blosc();

    private static final int HEADER = 16;
    private static final int SHUFFLED = 1;
    private static final int STORED = 2;
    private static final int BIT_SHUFFLED = 4;
    private static final int NOT_SPLIT = 16;
    /** A block is split into one stream for each byte of an element, unless elements are wide or the block is short. */
    private static final int MOST_STREAMS = 16;

    private static final int SHORTEST_SPLIT = 128;

    private static final ThreadLocal<byte[]> SCRATCH = ThreadLocal.withInitial(() -> new byte[0]);

    private Blosc() {}

    @Override
    public byte[] decode(byte[] packed, int length) throws CodecException {
        Header header = Header.read(packed, length);
        byte[] bytes = new byte[length];
        if ((header.flags & STORED) != 0) {
            if (header.packedLength - HEADER < length) {
                throw new CodecException("blosc: the stored bytes are cut off");
            }
            System.arraycopy(packed, HEADER, bytes, 0, length);
            return bytes;
        }
        for (int block = 0; block < header.blocks; block++) {
            decodeBlock(packed, header, block, bytes);
        }
        return bytes;
    }

    private static void decodeBlock(byte[] packed, Header header, int block, byte[] bytes) throws CodecException {
        int to = block * header.blockLength;
        int length = Math.min(header.blockLength, bytes.length - to);
        boolean last = length < header.blockLength;
        int offset = header.offset(block);
        int element = header.elementBytes;
        boolean shuffled = (header.flags & SHUFFLED) != 0 && element > 1;
        boolean bitShuffled = (header.flags & BIT_SHUFFLED) != 0 && length >= element;
        int streams = (header.flags & NOT_SPLIT) == 0
                        && element <= MOST_STREAMS
                        && length / element >= SHORTEST_SPLIT
                        && !last
                ? element
                : 1;
        if (!shuffled && !bitShuffled) {
            decodeStreams(packed, header, offset, streams, bytes, to, length);
            return;
        }
        byte[] scratch = SCRATCH.get();
        if (scratch.length < length) {
            scratch = new byte[length];
            SCRATCH.set(scratch);
        }
        decodeStreams(packed, header, offset, streams, scratch, 0, length);
        if (shuffled) {
            Shuffle.unshuffle(scratch, bytes, to, length, element);
        } else {
            Shuffle.unshuffleBits(scratch, bytes, to, length, element);
        }
    }

    private static void decodeStreams(
            byte[] packed, Header header, int offset, int streams, byte[] into, int to, int length)
            throws CodecException {
        int each = length / streams;
        int in = offset;
        for (int stream = 0; stream < streams; stream++) {
            if (in > header.packedLength - 4) {
                throw new CodecException("blosc: a block begins outside of the chunk");
            }
            int count = header.packed.getInt(in);
            in += 4;
            if (count < 0 || count > header.packedLength - in) {
                throw new CodecException("blosc: a stream reaches out of the chunk");
            }
            int at = to + stream * each;
            if (count == each) {
                System.arraycopy(packed, in, into, at, each);
            } else {
                switch (header.flags >> 5 & 7) {
                    case 0 -> BloscLz.decode(packed, in, count, into, at, each);
                    case 1 -> Compressors.lz4(packed, in, count, into, at, each);
                    case 3 -> Compressors.zlib(packed, in, count, into, at, each);
                    case 4 -> Compressors.zstd(packed, in, count, into, at, each);
                    case 2 -> throw new UnsupportedFeatureException("unsupported codec \"snappy\" in a blosc chunk");
                    default ->
                        throw new CodecException("blosc: no known compressor has number " + (header.flags >> 5 & 7));
                }
            }
            in += count;
        }
    }

    /** The header and the table of offsets, checked against the chunk they are in. */
    private static final class Header {
        final ByteBuffer packed;
        final int flags;
        final int elementBytes;
        final int blockLength;
        final int packedLength;
        final int blocks;

        private Header(ByteBuffer packed, int length) throws CodecException {
            this.packed = packed;
            int version = packed.get(0);
            flags = packed.get(2) & 0xff;
            elementBytes = Math.max(1, packed.get(3) & 0xff);
            int claimed = packed.getInt(4);
            blockLength = packed.getInt(8);
            packedLength = packed.getInt(12);
            if (version < 1 || version > 2) {
                throw new CodecException("blosc: version " + version + " of the format is not known");
            }
            if (claimed != length) {
                throw new CodecException(
                        "blosc: it claims to hold " + Integer.toUnsignedString(claimed) + " bytes, not " + length);
            }
            if (packedLength < HEADER || packedLength > packed.capacity()) {
                throw new CodecException("blosc: it claims to take " + Integer.toUnsignedString(packedLength)
                        + " bytes, and has " + packed.capacity());
            }
            if ((flags & STORED) != 0) {
                blocks = 0;
                return;
            }
            if (length > 0 && blockLength < 1) {
                throw new CodecException("blosc: blocks of " + blockLength + " bytes");
            }
            blocks = length == 0 ? 0 : (length - 1) / blockLength + 1;
            if (blocks > (packedLength - HEADER) / 4) {
                throw new CodecException("blosc: the offsets of " + blocks + " blocks do not fit in");
            }
        }

        static Header read(byte[] packed, int length) throws CodecException {
            if (packed.length < HEADER) {
                throw new CodecException("blosc: " + packed.length + " bytes are no header");
            }
            return new Header(ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN), length);
        }

        int offset(int block) throws CodecException {
            int offset = packed.getInt(HEADER + 4 * block);
            if (offset < HEADER + 4 * blocks || offset > packedLength) {
                throw new CodecException("blosc: block " + block + " begins at " + Integer.toUnsignedString(offset));
            }
            return offset;
        }
    }
}
