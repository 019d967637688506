package org.copick.zarr.codec;

/**
 * A reusable array per thread and purpose, so that decoding one chunk after the other allocates no memory. The content
 * of such an array is valid until the same thread requests the array again.
 */
public final class Scratch {
    /** Bytes read from a store. */
    public static final Scratch PACKED = new Scratch();
    /** Decoded elements before they are copied to their place. */
    public static final Scratch ELEMENTS = new Scratch();
    /** A block of a Blosc container. */
    static final Scratch BLOCK = new Scratch();
    /** A block whose bits are in order and whose bytes are not. */
    static final Scratch BITS = new Scratch();
    /** Intermediate results of a codec chain, for steps with even numbers. */
    static final Scratch STEP = new Scratch();
    /** Intermediate results of a codec chain, for steps with odd numbers. */
    static final Scratch OTHER_STEP = new Scratch();

    /**
     * Bytes of the longest array that is kept. Longer ones are allocated each time, so that no thread holds much for
     * long.
     */
    private static final int LONGEST = 16 << 20;

    @SuppressWarnings("ThreadLocalUsage") // there are only the instances above
    private final ThreadLocal<byte[]> kept = ThreadLocal.withInitial(() -> new byte[0]);

    private Scratch() {}

    /**
     * {@return an array of at least this length with undefined content}
     *
     * @param length the minimum length in bytes
     */
    public byte[] ofLength(int length) {
        byte[] array = kept.get();
        if (array.length < length) {
            array = new byte[length];
            if (length <= LONGEST) {
                kept.set(array);
            }
        }
        return array;
    }
}
