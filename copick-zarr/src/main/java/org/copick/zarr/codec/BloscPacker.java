package org.copick.zarr.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import net.jpountz.lz4.LZ4Exception;

/**
 * Packs chunks as numcodecs does for copick 1.x: a Blosc 1 container of lz4 streams over shuffled bytes. If lz4 saves
 * nothing, the bytes are stored uncompressed. Safe for use by many threads.
 */
public final class BloscPacker {
    private static final int HEADER = 16;
    private static final int FORMAT_VERSION = 2;
    private static final int CODEC_VERSION = 1;
    private static final int SHUFFLED = 1;
    private static final int STORED = 2;
    private static final int NOT_SPLIT = 16;
    private static final int LZ4 = 1 << 5;
    private static final int BLOCK = 512 << 10;
    private static final int MOST_STREAMS = 16;
    private static final int SHORTEST_SPLIT = 128;

    private BloscPacker() {}

    /**
     * Packs elements without padding.
     *
     * @param elements the bytes of the elements, a whole number of them and at least one
     * @param elementBytes the number of bytes of an element
     * @return the Blosc container
     */
    public static byte[] pack(byte[] elements, int elementBytes) {
        int[] shape = {1, 1, elements.length / elementBytes};
        return pack(new PaddedChunk(elements, shape, shape, elementBytes));
    }

    /**
     * Packs a chunk. Takes memory for its content, not for its padding.
     *
     * @param chunk the chunk, of at least one element
     * @return the Blosc container of the whole chunk, padding included
     */
    public static byte[] pack(PaddedChunk chunk) {
        return pack(chunk, new byte[0]);
    }

    /**
     * {@return the greatest length of the Blosc container of a chunk}
     *
     * @param length the number of bytes of the whole chunk
     */
    public static int mostBytes(int length) {
        return HEADER + length;
    }

    /**
     * Packs a chunk.
     *
     * @param chunk the chunk, of at least one element
     * @param output memory to pack into, used if it has {@link #mostBytes} bytes; its content is undefined afterwards
     * @return a new array with the Blosc container of the whole chunk, padding included
     */
    public static byte[] pack(PaddedChunk chunk, byte[] output) {
        int elementBytes = chunk.elementBytes();
        int total = chunk.length();
        int blockLength = Math.max(elementBytes, Math.min(BLOCK / elementBytes * elementBytes, total));
        int blocks = (total - 1) / blockLength + 1;
        boolean split = elementBytes <= MOST_STREAMS && blockLength / elementBytes >= SHORTEST_SPLIT;
        // a container longer than the elements is replaced by one with uncompressed bytes
        Output out = new Output(mostBytes(total), HEADER + 4 * blocks, output);
        byte[] plain = new byte[blockLength];
        byte[] shuffled = new byte[blockLength];
        byte[] padding = new byte[0];
        for (int block = 0; block < blocks && !out.full; block++) {
            int from = block * blockLength;
            int length = Math.min(blockLength, total - from);
            boolean whole = chunk.isWhole();
            boolean holds = whole || chunk.copy(from, plain, length);
            out.putInt(HEADER + 4 * block, out.at);
            if (!holds && length == blockLength && padding.length > 0) {
                out.append(padding);
                continue;
            }
            int begin = out.at;
            out.expect(block, blocks);
            if (whole) {
                Shuffle.shuffle(chunk.corner(), from, shuffled, length, elementBytes);
            } else {
                Shuffle.shuffle(plain, 0, shuffled, length, elementBytes);
            }
            int streams = split && length == blockLength ? elementBytes : 1;
            for (int stream = 0; stream < streams && !out.full; stream++) {
                out.stream(shuffled, stream * (length / streams), length / streams);
            }
            if (!holds && length == blockLength && !out.full) {
                padding = Arrays.copyOfRange(out.bytes, begin, out.at);
            }
        }
        int flags = SHUFFLED | LZ4 | (out.full ? STORED : split ? 0 : NOT_SPLIT);
        byte[] packed;
        if (out.full) {
            packed = out.isOwn() && out.bytes.length == mostBytes(total) ? out.bytes : new byte[mostBytes(total)];
            chunk.copyTo(packed, HEADER);
        } else {
            packed = out.isOwn() && out.at == out.bytes.length ? out.bytes : Arrays.copyOf(out.bytes, out.at);
        }
        header(ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN), flags, elementBytes, total, blockLength);
        return packed;
    }

    private static void header(ByteBuffer out, int flags, int elementBytes, int length, int blockLength) {
        out.put(0, (byte) FORMAT_VERSION);
        out.put(1, (byte) CODEC_VERSION);
        out.put(2, (byte) flags);
        out.put(3, (byte) elementBytes);
        out.putInt(4, length);
        out.putInt(8, blockLength);
        out.putInt(12, out.capacity());
    }

    /** The packed bytes so far. The array grows up to the length from which packing saves nothing. */
    private static final class Output {
        private static final int FIRST = 64 << 10;
        private static final int FEW = 4;

        private final int most;
        private final byte[] given;
        private byte[] bytes;
        private int at;
        private boolean full;

        Output(int most, int reserved, byte[] given) {
            this.most = most;
            this.given = given;
            this.bytes = given.length == most ? given : new byte[Math.min(most, reserved + FIRST)];
            this.at = reserved;
            this.full = reserved > most;
        }

        /** Returns whether the array is not that of the caller, so that it may be returned. */
        boolean isOwn() {
            return bytes != given;
        }

        /** Enlarges the array to the expected length, extrapolated from the first blocks. */
        void expect(int done, int blocks) {
            if (done == FEW) {
                long likely = (long) at * blocks / done * 17 / 16;
                ensure((int) Math.min(most, likely) - at);
            }
        }

        void putInt(int index, int value) {
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(index, value);
        }

        void append(byte[] packed) {
            if (packed.length > most - at) {
                full = true;
                return;
            }
            ensure(packed.length);
            System.arraycopy(packed, 0, bytes, at, packed.length);
            at += packed.length;
        }

        /** Writes one stream, or sets {@code full} if there is no room for it. */
        void stream(byte[] plain, int from, int length) {
            ensure(4 + length);
            int room = Math.min(length - 1, bytes.length - at - 4);
            int size = room > 0 ? compressed(plain, from, length, bytes, at + 4, room) : -1;
            if (size < 0) {
                if (bytes.length - at - 4 < length) {
                    full = true;
                    return;
                }
                System.arraycopy(plain, from, bytes, at + 4, length);
                size = length;
            }
            putInt(at, size);
            at += 4 + size;
        }

        private void ensure(int more) {
            if (bytes.length - at < more && bytes.length < most) {
                long wanted = Math.max((long) at + more, bytes.length * 2L);
                bytes = Arrays.copyOf(bytes, (int) Math.min(most, wanted));
            }
        }
    }

    private static int compressed(byte[] bytes, int from, int length, byte[] into, int at, int room) {
        try {
            return Lz4Engine.fastest().compressor().compress(bytes, from, length, into, at, room);
        } catch (LZ4Exception e) {
            // the packed bytes do not fit
            return -1;
        }
    }
}
