package org.copick.zarr.codec;

/**
 * The elements of a part of a chunk, possibly still shuffled. Unshuffling them while they are copied costs no more than
 * copying alone, and is only done for the elements that are needed.
 *
 * @param bytes the elements in stored order
 * @param shuffled whether all first bytes of the elements come first, then all second ones, and so on
 */
public record Unpacked(Slice bytes, boolean shuffled) {
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
        int at = bytes.from() + from;
        if (fromStep == 1 && toStep == 1) {
            Kernels.fastest().unshuffle(bytes.bytes(), at, elements, into, to, n);
            return;
        }
        for (int i = 0; i < n; i++) {
            int bits = PlainKernels.four(bytes.bytes(), at + i * fromStep, elements);
            into[to + i * toStep] = Float.intBitsToFloat(bits);
        }
    }
}
