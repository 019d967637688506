package org.copick.zarr.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;

/**
 * Packs chunks as numcodecs does for copick 1.x: a Blosc 1 container of lz4 streams over shuffled bytes. Where lz4 saves
 * nothing the bytes are stored as they are. Safe for use by many threads.
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

    /** Packs elements of {@code elementBytes} bytes each, at least one. */
    public static byte[] pack(byte[] elements, int elementBytes) {
        int blockLength = Math.max(elementBytes, Math.min(BLOCK / elementBytes * elementBytes, elements.length));
        int blocks = (elements.length - 1) / blockLength + 1;
        boolean split = elementBytes <= MOST_STREAMS && blockLength / elementBytes >= SHORTEST_SPLIT;
        // no longer than the elements: beyond that they are stored as they are
        byte[] packed = new byte[HEADER + elements.length];
        ByteBuffer out = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
        header(out, SHUFFLED | (split ? 0 : NOT_SPLIT) | LZ4, elementBytes, elements.length, blockLength);
        // -1 once it turns out that packing would take more
        int at = HEADER + 4 * blocks <= packed.length ? HEADER + 4 * blocks : -1;
        byte[] shuffled = new byte[blockLength];
        for (int block = 0; block < blocks && at >= 0; block++) {
            int from = block * blockLength;
            int length = Math.min(blockLength, elements.length - from);
            Shuffle.shuffle(elements, from, shuffled, length, elementBytes);
            out.putInt(HEADER + 4 * block, at);
            int streams = split && length == blockLength ? elementBytes : 1;
            for (int stream = 0; stream < streams && at >= 0; stream++) {
                at = stream(shuffled, stream * (length / streams), length / streams, packed, at);
            }
        }
        if (at < 0) {
            header(out, SHUFFLED | STORED | LZ4, elementBytes, elements.length, blockLength);
            System.arraycopy(elements, 0, packed, HEADER, elements.length);
            at = packed.length;
        }
        out.putInt(12, at);
        return at == packed.length ? packed : Arrays.copyOf(packed, at);
    }

    private static void header(ByteBuffer out, int flags, int elementBytes, int length, int blockLength) {
        out.put(0, (byte) FORMAT_VERSION);
        out.put(1, (byte) CODEC_VERSION);
        out.put(2, (byte) flags);
        out.put(3, (byte) elementBytes);
        out.putInt(4, length);
        out.putInt(8, blockLength);
    }

    /** Writes one stream and returns where the next one begins, or -1 where there is no room for it. */
    private static int stream(byte[] bytes, int from, int length, byte[] packed, int at) {
        int room = Math.min(length - 1, packed.length - at - 4);
        int size = -1;
        if (room > 0) {
            size = compressed(bytes, from, length, packed, at + 4, room);
        }
        if (size < 0) {
            if (packed.length - at - 4 < length) {
                return -1;
            }
            System.arraycopy(bytes, from, packed, at + 4, length);
            size = length;
        }
        ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN).putInt(at, size);
        return at + 4 + size;
    }

    private static int compressed(byte[] bytes, int from, int length, byte[] into, int at, int room) {
        try {
            return Lz4.COMPRESSOR.compress(bytes, from, length, into, at, room);
        } catch (LZ4Exception e) {
            // it does not fit
            return -1;
        }
    }

    private static final class Lz4 {
        static final LZ4Compressor COMPRESSOR = LZ4Factory.fastestInstance().fastCompressor();
    }
}
