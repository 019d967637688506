package org.copick.zarr.codec;

/**
 * Operations on longs used as eight lanes of one byte, four of two bytes, or two of four bytes. They shuffle the bytes
 * of eight elements at a time, because the compiler does not vectorise this. Lanes are counted from the lowest.
 */
final class Lanes {
    /** Number of elements of four bytes in four longs. */
    static final int ELEMENTS = 8;

    private static final long BYTES = 0x00ff00ff00ff00ffL;
    private static final long PAIRS = 0x0000ffff0000ffffL;
    private static final long FOURS = 0x00000000ffffffffL;

    private Lanes() {}

    /** Returns elements 0 and 4 of eight, whose first to fourth bytes are given in one long each. */
    static long zeroAndFour(long first, long second, long third, long fourth) {
        return lowPairs(lowBytes(first, second), lowBytes(third, fourth));
    }

    /** Returns elements 1 and 5; see {@link #zeroAndFour}. */
    static long oneAndFive(long first, long second, long third, long fourth) {
        return lowPairs(highBytes(first, second), highBytes(third, fourth));
    }

    /** Returns elements 2 and 6; see {@link #zeroAndFour}. */
    static long twoAndSix(long first, long second, long third, long fourth) {
        return highPairs(lowBytes(first, second), lowBytes(third, fourth));
    }

    /** Returns elements 3 and 7; see {@link #zeroAndFour}. */
    static long threeAndSeven(long first, long second, long third, long fourth) {
        return highPairs(highBytes(first, second), highBytes(third, fourth));
    }

    /** Interleaves the even-numbered bytes of {@code a} and {@code b}, starting with {@code a}. */
    static long lowBytes(long a, long b) {
        return (a & BYTES) | ((b & BYTES) << 8);
    }

    /** Interleaves the odd-numbered bytes of {@code a} and {@code b}, starting with {@code a}. */
    static long highBytes(long a, long b) {
        return ((a >>> 8) & BYTES) | (b & ~BYTES);
    }

    /** Interleaves the even-numbered byte pairs of {@code a} and {@code b}, starting with {@code a}. */
    static long lowPairs(long a, long b) {
        return (a & PAIRS) | ((b & PAIRS) << 16);
    }

    /** Interleaves the odd-numbered byte pairs of {@code a} and {@code b}, starting with {@code a}. */
    static long highPairs(long a, long b) {
        return ((a >>> 16) & PAIRS) | (b & ~PAIRS);
    }

    /** Joins the lower halves of {@code a} and {@code b}, that of {@code a} lowest. */
    static long lowFours(long a, long b) {
        return (a & FOURS) | (b << 32);
    }

    /** Joins the upper halves of {@code a} and {@code b}, that of {@code a} lowest. */
    static long highFours(long a, long b) {
        return (a >>> 32) | (b & ~FOURS);
    }
}
