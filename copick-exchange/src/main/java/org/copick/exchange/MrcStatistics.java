package org.copick.exchange;

import java.nio.ByteBuffer;
import org.copick.zarr.DataType;

/** The statistics in a header about all elements, collected piece by piece. */
final class MrcStatistics {
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
        int n = elements.remaining() / type.bytes();
        if (n == 0) {
            return;
        }
        int start = elements.position();
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double value = value(elements, start + i * type.bytes());
            sum += value;
            minimum = Math.min(minimum, value);
            maximum = Math.max(maximum, value);
        }
        double ownMean = sum / n;
        double ownSquares = 0;
        for (int i = 0; i < n; i++) {
            double distance = value(elements, start + i * type.bytes()) - ownMean;
            ownSquares += distance * distance;
        }
        // combines the means, because sums of squares would cancel
        double shift = ownMean - mean;
        long all = count + n;
        squares += ownSquares + shift * shift * ((double) count * n / all);
        mean += shift * n / all;
        count = all;
    }

    private double value(ByteBuffer elements, int at) {
        return switch (type) {
            case INT8 -> elements.get(at);
            case INT16 -> elements.getShort(at);
            case UINT16 -> elements.getShort(at) & 0xffff;
            case FLOAT16 -> half(elements.getShort(at));
            case FLOAT32 -> elements.getFloat(at);
            default -> throw new IllegalStateException("MRC has no " + type);
        };
    }

    private static double half(short half) {
        int exponent = half >> 10 & 0x1f;
        int fraction = half & 0x3ff;
        double magnitude;
        if (exponent == 0x1f) {
            magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else if (exponent == 0) {
            magnitude = Math.scalb((double) fraction, -24);
        } else {
            magnitude = Math.scalb(1024.0 + fraction, exponent - 25);
        }
        return half < 0 ? -magnitude : magnitude;
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
