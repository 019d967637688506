package org.copick.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.copick.zarr.DataType;

/** The statistics in a header about all elements, collected piece by piece. */
final class MrcStatistics {
    /** Values that are added at once; few enough for the processor's first cache. */
    private static final int PIECE = 1024;

    private static final int LANES = 4;

    private final DataType type;
    private double minimum = Double.POSITIVE_INFINITY;
    private double maximum = Double.NEGATIVE_INFINITY;
    private double mean;
    private double squares;
    private long count;

    MrcStatistics(DataType type) {
        this.type = type;
    }

    /** Adds the elements between position and limit of a little-endian buffer. */
    void add(ByteBuffer elements) {
        ByteBuffer left = elements.slice().order(ByteOrder.LITTLE_ENDIAN);
        int n = left.remaining() / type.bytes();
        float[] values = new float[Math.min(PIECE, n)];
        for (int done = 0; done < n; done += PIECE) {
            int more = Math.min(PIECE, n - done);
            type.toFloats(left, done, values, more); // exact for every type that MRC has
            add(values, more);
        }
    }

    /** Adds {@code n} values. Four sums at a time, because each addition waits for the one before it. */
    private void add(float[] values, int n) {
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        double[] sums = new double[LANES];
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            sums[0] += values[i];
            sums[1] += values[i + 1];
            sums[2] += values[i + 2];
            sums[3] += values[i + 3];
        }
        for (; i < n; i++) {
            sums[0] += values[i];
        }
        for (i = 0; i < n; i++) {
            least = Math.min(least, values[i]);
            most = Math.max(most, values[i]);
        }
        minimum = Math.min(minimum, least);
        maximum = Math.max(maximum, most);
        double ownMean = (sums[0] + sums[1] + sums[2] + sums[3]) / n;
        combine(ownMean, squares(values, n, ownMean), n);
    }

    private static double squares(float[] values, int n, double mean) {
        double[] sums = new double[LANES];
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                double distance = values[i + lane] - mean;
                sums[lane] += distance * distance;
            }
        }
        for (; i < n; i++) {
            sums[0] += (values[i] - mean) * (values[i] - mean);
        }
        return sums[0] + sums[1] + sums[2] + sums[3];
    }

    /** Combines the means, because sums of squares would cancel. */
    private void combine(double ownMean, double ownSquares, int n) {
        double shift = ownMean - mean;
        long all = count + n;
        squares += ownSquares + shift * shift * ((double) count * n / all);
        mean += shift * n / all;
        count = all;
    }

    double minimum() {
        return minimum;
    }

    double maximum() {
        return maximum;
    }

    double mean() {
        return mean;
    }

    /** Returns the root mean square deviation from the mean. */
    double deviation() {
        return Math.sqrt(squares / count);
    }
}
