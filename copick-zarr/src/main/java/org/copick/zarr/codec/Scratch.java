package org.copick.zarr.codec;

/**
 * Arrays that each thread uses again for one purpose after the other, so that unpacking chunk after chunk takes no new
 * memory. What is in such an array holds until the same thread asks for it again.
 */
public final class Scratch {
    /** What was read of a store. */
    public static final Scratch PACKED = new Scratch();
    /** Elements on their way into place. */
    public static final Scratch ELEMENTS = new Scratch();
    /** A block of a Blosc container. */
    static final Scratch BLOCK = new Scratch();
    /** What lies between the steps of a chain. */
    static final Scratch STEP = new Scratch();
    /** The same for every other step. */
    static final Scratch OTHER_STEP = new Scratch();

    /** Longer ones are made anew each time, so that no thread holds much for long. */
    private static final int LONGEST = 16 << 20;

    @SuppressWarnings("ThreadLocalUsage") // there are only the instances above
    private final ThreadLocal<byte[]> kept = ThreadLocal.withInitial(() -> new byte[0]);

    private Scratch() {}

    /** An array of at least this length, with anything in it. */
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
