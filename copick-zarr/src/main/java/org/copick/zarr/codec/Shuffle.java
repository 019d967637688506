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
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

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
        if (elementBytes == 4) {
            int done = shuffleFours(from, at, into, elements);
            for (int i = done; i < elements; i++) {
                int element = (int) INTS.get(from, at + 4 * i);
                into[i] = (byte) element;
                into[elements + i] = (byte) (element >>> 8);
                into[2 * elements + i] = (byte) (element >>> 16);
                into[3 * elements + i] = (byte) (element >>> 24);
            }
        } else {
            for (int b = 0; b < elementBytes; b++) {
                for (int i = 0; i < elements; i++) {
                    into[b * elements + i] = from[at + i * elementBytes + b];
                }
            }
        }
        int whole = elements * elementBytes;
        System.arraycopy(from, at + whole, into, whole, length - whole);
    }

    /** Unshuffles {@code length} bytes. */
    static void unshuffle(byte[] from, int at, byte[] into, int to, int length, int elementBytes) {
        int elements = length / elementBytes;
        switch (elementBytes) {
            case 2 -> {
                for (int i = 0; i < elements; i++) {
                    into[to + 2 * i] = from[at + i];
                    into[to + 2 * i + 1] = from[at + elements + i];
                }
            }
            case 4 -> {
                int second = at + elements;
                int third = second + elements;
                int fourth = third + elements;
                int done = unshuffleFours(from, at, into, to, elements);
                for (int i = done; i < elements; i++) {
                    int b = (from[at + i] & 0xff)
                            | (from[second + i] & 0xff) << 8
                            | (from[third + i] & 0xff) << 16
                            | (from[fourth + i] & 0xff) << 24;
                    INTS.set(into, to + 4 * i, b);
                }
            }
            default -> {
                for (int b = 0; b < elementBytes; b++) {
                    int row = at + b * elements;
                    for (int i = 0; i < elements; i++) {
                        into[to + i * elementBytes + b] = from[row + i];
                    }
                }
            }
        }
        int whole = elements * elementBytes;
        System.arraycopy(from, at + whole, into, to + whole, length - whole);
    }

    /** Shuffles elements of four bytes, eight at a time, and returns the number of shuffled elements. */
    private static int shuffleFours(byte[] from, int at, byte[] into, int elements) {
        int i = 0;
        for (; i <= elements - Lanes.ELEMENTS; i += Lanes.ELEMENTS) {
            int source = at + 4 * i;
            long first = (long) LONGS.get(from, source);
            long second = (long) LONGS.get(from, source + 8);
            long third = (long) LONGS.get(from, source + 16);
            long fourth = (long) LONGS.get(from, source + 24);
            long zeroAndFour = Lanes.lowFours(first, third);
            long oneAndFive = Lanes.highFours(first, third);
            long twoAndSix = Lanes.lowFours(second, fourth);
            long threeAndSeven = Lanes.highFours(second, fourth);
            long evenLow = Lanes.lowPairs(zeroAndFour, twoAndSix);
            long evenHigh = Lanes.highPairs(zeroAndFour, twoAndSix);
            long oddLow = Lanes.lowPairs(oneAndFive, threeAndSeven);
            long oddHigh = Lanes.highPairs(oneAndFive, threeAndSeven);
            LONGS.set(into, i, Lanes.lowBytes(evenLow, oddLow));
            LONGS.set(into, elements + i, Lanes.highBytes(evenLow, oddLow));
            LONGS.set(into, 2 * elements + i, Lanes.lowBytes(evenHigh, oddHigh));
            LONGS.set(into, 3 * elements + i, Lanes.highBytes(evenHigh, oddHigh));
        }
        return i;
    }

    /** Unshuffles elements of four bytes, eight at a time, and returns the number of unshuffled elements. */
    private static int unshuffleFours(byte[] from, int at, byte[] into, int to, int elements) {
        int i = 0;
        for (; i <= elements - Lanes.ELEMENTS; i += Lanes.ELEMENTS) {
            long first = (long) LONGS.get(from, at + i);
            long second = (long) LONGS.get(from, at + elements + i);
            long third = (long) LONGS.get(from, at + 2 * elements + i);
            long fourth = (long) LONGS.get(from, at + 3 * elements + i);
            long evenLow = Lanes.lowBytes(first, second);
            long oddLow = Lanes.highBytes(first, second);
            long evenHigh = Lanes.lowBytes(third, fourth);
            long oddHigh = Lanes.highBytes(third, fourth);
            long zeroAndFour = Lanes.lowPairs(evenLow, evenHigh);
            long twoAndSix = Lanes.highPairs(evenLow, evenHigh);
            long oneAndFive = Lanes.lowPairs(oddLow, oddHigh);
            long threeAndSeven = Lanes.highPairs(oddLow, oddHigh);
            int target = to + 4 * i;
            LONGS.set(into, target, Lanes.lowFours(zeroAndFour, oneAndFive));
            LONGS.set(into, target + 8, Lanes.lowFours(twoAndSix, threeAndSeven));
            LONGS.set(into, target + 16, Lanes.highFours(zeroAndFour, oneAndFive));
            LONGS.set(into, target + 24, Lanes.highFours(twoAndSix, threeAndSeven));
        }
        return i;
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
        int row = elements / 8;
        for (int b = 0; b < elementBytes; b++) {
            for (int i = 0; i < row; i++) {
                long bits = 0;
                for (int k = 0; k < 8; k++) {
                    bits |= (from[(b * 8 + k) * row + i] & 0xffL) << (8 * k);
                }
                bits = transposed(bits);
                for (int k = 0; k < 8; k++) {
                    into[to + (i * 8 + k) * elementBytes + b] = (byte) (bits >>> (8 * k));
                }
            }
        }
        int whole = elements * elementBytes;
        System.arraycopy(from, whole, into, to + whole, length - whole);
    }

    /** Transposes a matrix of eight by eight bits. */
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
