package org.copick.zarr.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The shuffle codec, which reorders the bytes of elements by their position in the element. All first bytes come first,
 * then all second ones, and so on. Bytes after the last whole element stay at the end.
 */
record Shuffle(int elementBytes) implements Codec {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    @Override
    public byte[] encode(Slice bytes) {
        byte[] into = new byte[bytes.length()];
        shuffle(bytes.bytes(), bytes.from(), into, bytes.length(), elementBytes);
        return into;
    }

    @Override
    public int decode(Slice packed, byte[] into, int at, int room) throws CodecException {
        if (packed.length() > room) {
            throw new CodecException("it has " + packed.length() + " bytes, more than " + room);
        }
        unshuffle(packed.bytes(), packed.from(), into, at, packed.length(), elementBytes);
        return packed.length();
    }

    @Override
    public long packedLength(long length) {
        return length;
    }

    /** Shuffles {@code length} bytes to the beginning of {@code into}. */
    static void shuffle(byte[] from, int at, byte[] into, int length, int elementBytes) {
        int elements = length / elementBytes;
        Kernels.fastest().shuffle(from, at, into, 0, elements, elements, elementBytes);
        int whole = elements * elementBytes;
        System.arraycopy(from, at + whole, into, whole, length - whole);
    }

    /** Unshuffles {@code length} bytes. */
    static void unshuffle(byte[] from, int at, byte[] into, int to, int length, int elementBytes) {
        int elements = length / elementBytes;
        Kernels.fastest().unshuffle(from, at, elements, into, to, elements, elementBytes);
        int whole = elements * elementBytes;
        System.arraycopy(from, at + whole, into, to + whole, length - whole);
    }

    /**
     * Undoes a bit shuffle, which stores one bit of every element per row. If the number of elements is not a multiple
     * of eight, the bytes were stored unshuffled and are copied.
     */
    static void unshuffleBits(byte[] from, byte[] into, int to, int length, int elementBytes) {
        int elements = length / elementBytes;
        if (elements % 8 != 0) {
            System.arraycopy(from, 0, into, to, length);
            return;
        }
        int whole = elements * elementBytes;
        byte[] rows = Scratch.BITS.ofLength(whole);
        int row = elements / 8;
        for (int b = 0; b < elementBytes; b++) {
            // eight rows of bits become eight bytes each, which are a matrix of bits of eight elements
            Kernels.fastest().unshuffle(from, b * elements, row, rows, b * elements, row, 8);
        }
        transpose(rows, whole);
        Kernels.fastest().unshuffle(rows, 0, elements, into, to, elements, elementBytes);
        System.arraycopy(from, whole, into, to + whole, length - whole);
    }

    /** Transposes matrices of eight by eight bits, each of which is eight adjacent bytes. */
    private static void transpose(byte[] bytes, int length) {
        for (int i = 0; i < length; i += 8) {
            LONGS.set(bytes, i, transposed((long) LONGS.get(bytes, i)));
        }
    }

    private static long transposed(long bits) {
        long x = bits;
        long swap = (x ^ x >>> 7) & 0x00aa00aa00aa00aaL;
        x ^= swap ^ swap << 7;
        swap = (x ^ x >>> 14) & 0x0000cccc0000ccccL;
        x ^= swap ^ swap << 14;
        swap = (x ^ x >>> 28) & 0x00000000f0f0f0f0L;
        return x ^ swap ^ swap << 28;
    }
}
