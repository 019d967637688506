package org.copick.zarr.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Kernels in plain Java. Those of four bytes use longs as {@link Lanes}. */
final class PlainKernels implements Kernels {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    @Override
    public void unshuffle(byte[] from, int at, int apart, byte[] into, int to, int n, int elementBytes) {
        switch (elementBytes) {
            case 2 -> {
                for (int i = 0; i < n; i++) {
                    into[to + 2 * i] = from[at + i];
                    into[to + 2 * i + 1] = from[at + apart + i];
                }
            }
            case 4 -> unshuffleFours(from, at, apart, into, to, n);
            default -> {
                for (int b = 0; b < elementBytes; b++) {
                    int row = at + b * apart;
                    for (int i = 0; i < n; i++) {
                        into[to + i * elementBytes + b] = from[row + i];
                    }
                }
            }
        }
    }

    private static void unshuffleFours(byte[] from, int at, int apart, byte[] into, int to, int n) {
        int i = 0;
        for (; i <= n - Lanes.ELEMENTS; i += Lanes.ELEMENTS) {
            long first = (long) LONGS.get(from, at + i);
            long second = (long) LONGS.get(from, at + apart + i);
            long third = (long) LONGS.get(from, at + 2 * apart + i);
            long fourth = (long) LONGS.get(from, at + 3 * apart + i);
            long zeroAndFour = Lanes.zeroAndFour(first, second, third, fourth);
            long oneAndFive = Lanes.oneAndFive(first, second, third, fourth);
            long twoAndSix = Lanes.twoAndSix(first, second, third, fourth);
            long threeAndSeven = Lanes.threeAndSeven(first, second, third, fourth);
            int target = to + 4 * i;
            LONGS.set(into, target, Lanes.lowFours(zeroAndFour, oneAndFive));
            LONGS.set(into, target + 8, Lanes.lowFours(twoAndSix, threeAndSeven));
            LONGS.set(into, target + 16, Lanes.highFours(zeroAndFour, oneAndFive));
            LONGS.set(into, target + 24, Lanes.highFours(twoAndSix, threeAndSeven));
        }
        for (; i < n; i++) {
            INTS.set(into, to + 4 * i, four(from, at + i, apart));
        }
    }

    @Override
    public void unshuffle(byte[] from, int at, int apart, float[] into, int to, int n) {
        int i = 0;
        for (; i <= n - Lanes.ELEMENTS; i += Lanes.ELEMENTS) {
            long first = (long) LONGS.get(from, at + i);
            long second = (long) LONGS.get(from, at + apart + i);
            long third = (long) LONGS.get(from, at + 2 * apart + i);
            long fourth = (long) LONGS.get(from, at + 3 * apart + i);
            putTwo(Lanes.zeroAndFour(first, second, third, fourth), into, to + i);
            putTwo(Lanes.oneAndFive(first, second, third, fourth), into, to + i + 1);
            putTwo(Lanes.twoAndSix(first, second, third, fourth), into, to + i + 2);
            putTwo(Lanes.threeAndSeven(first, second, third, fourth), into, to + i + 3);
        }
        for (; i < n; i++) {
            into[to + i] = Float.intBitsToFloat(four(from, at + i, apart));
        }
    }

    /** Writes one element to an index, and another one four elements after it. */
    private static void putTwo(long elements, float[] into, int to) {
        into[to] = Float.intBitsToFloat((int) elements);
        into[to + 4] = Float.intBitsToFloat((int) (elements >>> 32));
    }

    /** Returns the four bytes of one shuffled element. */
    static int four(byte[] from, int at, int apart) {
        return (from[at] & 0xff)
                | (from[at + apart] & 0xff) << 8
                | (from[at + 2 * apart] & 0xff) << 16
                | (from[at + 3 * apart] & 0xff) << 24;
    }

    @Override
    public void shuffle(byte[] from, int at, byte[] into, int to, int apart, int n, int elementBytes) {
        if (elementBytes == 4) {
            shuffleFours(from, at, into, to, apart, n);
            return;
        }
        for (int b = 0; b < elementBytes; b++) {
            int row = to + b * apart;
            for (int i = 0; i < n; i++) {
                into[row + i] = from[at + i * elementBytes + b];
            }
        }
    }

    private static void shuffleFours(byte[] from, int at, byte[] into, int to, int apart, int n) {
        int i = 0;
        for (; i <= n - Lanes.ELEMENTS; i += Lanes.ELEMENTS) {
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
            int target = to + i;
            LONGS.set(into, target, Lanes.lowBytes(evenLow, oddLow));
            LONGS.set(into, apart + target, Lanes.highBytes(evenLow, oddLow));
            LONGS.set(into, 2 * apart + target, Lanes.lowBytes(evenHigh, oddHigh));
            LONGS.set(into, 3 * apart + target, Lanes.highBytes(evenHigh, oddHigh));
        }
        for (; i < n; i++) {
            int element = (int) INTS.get(from, at + 4 * i);
            into[to + i] = (byte) element;
            into[to + apart + i] = (byte) (element >>> 8);
            into[to + 2 * apart + i] = (byte) (element >>> 16);
            into[to + 3 * apart + i] = (byte) (element >>> 24);
        }
    }

    @Override
    public void addPairs(float[] row, float[] sums, int n) {
        addPairs(row, sums, 0, n);
    }

    /** Adds pairs like {@link #addPairs(float[], float[], int)}, from one sum on. */
    static void addPairs(float[] row, float[] sums, int from, int n) {
        for (int i = from; i < n; i++) {
            sums[i] += row[2 * i] + row[2 * i + 1];
        }
    }

    @Override
    public String toString() {
        return "plain kernels";
    }
}
