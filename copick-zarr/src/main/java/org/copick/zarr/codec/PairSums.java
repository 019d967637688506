package org.copick.zarr.codec;

/** Sums of neighbouring elements, with vector instructions if this JVM has them. */
public final class PairSums {
    private PairSums() {}

    /**
     * Adds the sum of each pair of neighbours to a sum.
     *
     * @param row two elements for each sum, from index 0 on
     * @param sums the sums, from index 0 on
     * @param n the number of sums
     */
    public static void add(float[] row, float[] sums, int n) {
        Kernels.fastest().addPairs(row, sums, n);
    }
}
