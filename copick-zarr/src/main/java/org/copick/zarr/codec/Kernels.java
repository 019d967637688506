package org.copick.zarr.codec;

/**
 * The innermost loops over elements and their bytes. Stateless and safe for use by many threads.
 *
 * <p>Shuffled elements lie in rows: row {@code b} has byte {@code b} of every element.
 */
interface Kernels {
    /** Returns the quickest kernels that this JVM can run. */
    static Kernels fastest() {
        return FastestKernels.KERNELS;
    }

    /**
     * Puts shuffled elements in order.
     *
     * @param at the index in {@code from} of the first row's first byte
     * @param apart the distance from one row to the next
     * @param n the number of elements
     */
    void unshuffle(byte[] from, int at, int apart, byte[] into, int to, int n, int elementBytes);

    /** Puts shuffled little-endian floats in order; see {@link #unshuffle(byte[], int, int, byte[], int, int, int)}. */
    void unshuffle(byte[] from, int at, int apart, float[] into, int to, int n);

    /**
     * Shuffles elements.
     *
     * @param to the index in {@code into} of the first row's first byte
     * @param apart the distance from one row to the next
     * @param n the number of elements
     */
    void shuffle(byte[] from, int at, byte[] into, int to, int apart, int n, int elementBytes);

    /**
     * Adds the sum of each pair of neighbours in a row to a sum, the pair first.
     *
     * @param row two elements for each sum
     * @param n the number of sums
     */
    void addPairs(float[] row, float[] sums, int n);
}
