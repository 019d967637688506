package org.copick.zarr.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The elements of a part of a chunk, possibly still shuffled. Unshuffling them while they are copied costs no more than
 * copying alone, and is only done for the elements that are needed.
 *
 * @param bytes the elements in stored order
 * @param shuffled whether all first bytes of the elements come first, then all second ones, and so on
 */
public record Unpacked(Slice bytes, boolean shuffled) {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /**
     * Copies shuffled little-endian float32 elements with any steps.
     *
     * @param from the index of the first element
     * @param fromStep the distance from one element to the next, in elements
     * @param into receives the elements
     * @param to the index in {@code into} of the first element
     * @param toStep the distance in {@code into} from one element to the next
     * @param n the number of elements to copy
     */
    public void copyFloats(int from, int fromStep, float[] into, int to, int toStep, int n) {
        int elements = bytes.length() / Float.BYTES;
        byte[] array = bytes.bytes();
        int first = bytes.from() + from;
        int second = first + elements;
        int third = second + elements;
        int fourth = third + elements;
        int done = 0;
        if (fromStep == 1 && toStep == 1) {
            for (; done <= n - Lanes.ELEMENTS; done += Lanes.ELEMENTS) {
                put(
                        (long) LONGS.get(array, first + done),
                        (long) LONGS.get(array, second + done),
                        (long) LONGS.get(array, third + done),
                        (long) LONGS.get(array, fourth + done),
                        into,
                        to + done);
            }
        }
        for (; done < n; done++) {
            int at = done * fromStep;
            int bits = (array[first + at] & 0xff)
                    | (array[second + at] & 0xff) << 8
                    | (array[third + at] & 0xff) << 16
                    | (array[fourth + at] & 0xff) << 24;
            into[to + done * toStep] = Float.intBitsToFloat(bits);
        }
    }

    /** Writes eight elements, whose first, second, third and fourth bytes are given in one long each. */
    private static void put(long first, long second, long third, long fourth, float[] into, int to) {
        long evenLow = Lanes.lowBytes(first, second);
        long oddLow = Lanes.highBytes(first, second);
        long evenHigh = Lanes.lowBytes(third, fourth);
        long oddHigh = Lanes.highBytes(third, fourth);
        putTwo(Lanes.lowPairs(evenLow, evenHigh), into, to);
        putTwo(Lanes.lowPairs(oddLow, oddHigh), into, to + 1);
        putTwo(Lanes.highPairs(evenLow, evenHigh), into, to + 2);
        putTwo(Lanes.highPairs(oddLow, oddHigh), into, to + 3);
    }

    /** Writes one element to an index, and another one four elements after it. */
    private static void putTwo(long elements, float[] into, int to) {
        into[to] = Float.intBitsToFloat((int) elements);
        into[to + 4] = Float.intBitsToFloat((int) (elements >>> 32));
    }
}
