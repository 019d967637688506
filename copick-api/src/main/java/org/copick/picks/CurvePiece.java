package org.copick.picks;

/** What lies between two neighbouring anchors of a curve. */
interface CurvePiece {
    /** The length in Å that says how finely the piece is sampled; infinite or NaN when it is beyond double. */
    double length();

    /** Sample {@code k} of {@code m} equal parameter steps, x, y, z, into {@code out}; 0 and {@code m} are the ends. */
    void sample(int k, int m, double[] out);
}
