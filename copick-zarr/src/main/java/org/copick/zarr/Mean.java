package org.copick.zarr;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.copick.zarr.codec.Half;
import org.copick.zarr.codec.PairSums;

/** Computes means of eight elements, added in numpy's order: first pairs along x, then one pair after the other. */
final class Mean {
    private final DataType type;
    private final ByteBuffer from;
    /** Buffers of {@link #putRow}: a row of means, and the elements that are added to it. */
    private float[] sums = {};

    private float[] row = {};

    Mean(DataType type, ByteBuffer from) {
        this.type = type;
        this.from = from;
    }

    /**
     * Writes one mean.
     *
     * @param at the index of the first of the eight elements
     * @param z the distance to the next plane, or -1 if there is none; {@code y} and {@code x} likewise for rows and
     *     neighbours
     */
    void put(int at, int z, int y, int x, ByteBuffer into, int to) {
        if (type == DataType.FLOAT32) {
            float sum = pair(at, x);
            sum += y < 0 ? 0 : pair(at + y, x);
            sum += z < 0 ? 0 : pair(at + z, x);
            sum += z < 0 || y < 0 ? 0 : pair(at + z + y, x);
            into.putFloat(4 * to, sum / 8);
        } else if (type == DataType.FLOAT16) {
            float sum = halves(at, x);
            sum += y < 0 ? 0 : halves(at + y, x);
            sum += z < 0 ? 0 : halves(at + z, x);
            sum += z < 0 || y < 0 ? 0 : halves(at + z + y, x);
            into.putShort(2 * to, Half.fromDouble(sum / 8));
        } else {
            double sum = wide(at, x);
            sum += y < 0 ? 0 : wide(at + y, x);
            sum += z < 0 ? 0 : wide(at + z, x);
            sum += z < 0 || y < 0 ? 0 : wide(at + z + y, x);
            put(sum / 8, into, to);
        }
    }

    /**
     * Writes the means of a row of float32 elements with an even number of elements along x.
     *
     * @param at the index of the first element of the first mean
     * @param n the number of means
     */
    void putRow(int at, int z, int y, ByteBuffer into, int to, int n) {
        if (sums.length < n) {
            sums = new float[n];
            row = new float[2 * n];
        }
        // starting with −0 keeps the sign of zeros; missing elements count as 0, as in put
        Arrays.fill(sums, 0, n, y < 0 || z < 0 ? 0f : -0f);
        addPairs(at, n);
        if (y >= 0) {
            addPairs(at + y, n);
        }
        if (z >= 0) {
            addPairs(at + z, n);
        }
        if (z >= 0 && y >= 0) {
            addPairs(at + z + y, n);
        }
        for (int i = 0; i < n; i++) {
            sums[i] /= 8;
        }
        into.asFloatBuffer().put(to, sums, 0, n);
    }

    private void addPairs(int at, int n) {
        from.asFloatBuffer().get(at, row, 0, 2 * n);
        PairSums.add(row, sums, n);
    }

    private float pair(int at, int x) {
        float first = from.getFloat(4 * at);
        return x < 0 ? first : first + from.getFloat(4 * (at + x));
    }

    private float halves(int at, int x) {
        float first = Half.toFloat(from.getShort(2 * at));
        return x < 0 ? first : first + Half.toFloat(from.getShort(2 * (at + x)));
    }

    private double wide(int at, int x) {
        double first = decimal(at);
        return x < 0 ? first : first + decimal(at + x);
    }

    private double decimal(int at) {
        return switch (type) {
            case BOOL, UINT8 -> from.get(at) & 0xff;
            case INT8 -> from.get(at);
            case INT16 -> from.getShort(2 * at);
            case UINT16 -> from.getShort(2 * at) & 0xffff;
            case INT32 -> from.getInt(4 * at);
            case UINT32 -> from.getInt(4 * at) & 0xffffffffL;
            case INT64 -> (double) from.getLong(8 * at);
            case UINT64 -> Sink.unsignedToDouble(from.getLong(8 * at));
            case FLOAT64 -> from.getDouble(8 * at);
            case FLOAT16, FLOAT32 -> throw new IllegalStateException(type + " has a sum of its own");
        };
    }

    /** Writes a mean truncated towards zero, like numpy's casts. */
    private void put(double mean, ByteBuffer into, int to) {
        switch (type) {
            case BOOL -> into.put(to, (byte) (mean != 0 ? 1 : 0));
            case INT8, UINT8 -> into.put(to, (byte) (int) mean);
            case INT16, UINT16 -> into.putShort(2 * to, (short) (int) mean);
            case INT32, UINT32 -> into.putInt(4 * to, (int) (long) mean);
            case INT64 -> into.putLong(8 * to, (long) mean);
            case UINT64 -> into.putLong(8 * to, mean < 0x1p63 ? (long) mean : (long) (mean - 0x1p63) ^ Long.MIN_VALUE);
            case FLOAT64 -> into.putDouble(8 * to, mean);
            case FLOAT16, FLOAT32 -> throw new IllegalStateException(type + " has a sum of its own");
        }
    }
}
