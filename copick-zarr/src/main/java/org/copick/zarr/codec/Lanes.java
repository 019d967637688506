package org.copick.zarr.codec;

/**
 * Numbers of eight bytes taken for eight lanes of one byte, four of two, or two of four: what sorts the bytes of eight
 * elements at a time, where the compiler has no instruction for it. Lanes are counted from the lowest.
 */
final class Lanes {
    /** How many elements of four bytes are in four such numbers. */
    static final int ELEMENTS = 8;

    private static final long BYTES = 0x00ff00ff00ff00ffL;
    private static final long PAIRS = 0x0000ffff0000ffffL;
    private static final long FOURS = 0x00000000ffffffffL;

    private Lanes() {}

    /** The bytes of {@code a} with even numbers, each followed by that of {@code b}. */
    static long lowBytes(long a, long b) {
        return (a & BYTES) | ((b & BYTES) << 8);
    }

    /** The bytes of {@code a} with odd numbers, each followed by that of {@code b}. */
    static long highBytes(long a, long b) {
        return ((a >>> 8) & BYTES) | (b & ~BYTES);
    }

    /** The same for lanes of two bytes with even numbers. */
    static long lowPairs(long a, long b) {
        return (a & PAIRS) | ((b & PAIRS) << 16);
    }

    /** And with odd numbers. */
    static long highPairs(long a, long b) {
        return ((a >>> 16) & PAIRS) | (b & ~PAIRS);
    }

    /** The lower halves. */
    static long lowFours(long a, long b) {
        return (a & FOURS) | (b << 32);
    }

    /** The upper halves. */
    static long highFours(long a, long b) {
        return (a >>> 32) | (b & ~FOURS);
    }
}
