package org.copick.picks;

/** The part of a curve between two neighbouring anchors. */
interface CurvePiece {
    /** Returns the length in Å that determines the number of samples; infinite or NaN if it does not fit a double. */
    double length();

    /**
     * Writes sample {@code k} of {@code m} equal parameter steps to {@code out} as x, y, z; 0 and {@code m} are the
     * ends.
     */
    void sample(int k, int m, double[] out);
}
