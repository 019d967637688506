package org.copick.zarr;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.copick.zarr.codec.Half;

/** The mean of eight elements, added up as numpy does it: pairs along x first, then one pair after the other. */
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
     * Puts a mean into place.
     *
     * @param at the first of the eight
     * @param z how far the next plane is, or -1 where there is none; likewise rows and neighbours
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
     * Puts the means of a row of float32 elements into place, whose number along x is even.
     *
     * @param at the first of the first eight
     * @param n how many means
     */
    void putRow(int at, int z, int y, ByteBuffer into, int to, int n) {
        if (sums.length < n) {
            sums = new float[n];
            row = new float[2 * n];
        }
        // to begin with −0 leaves the sign of zeros as it is; what is missing counts as 0, as for single elements
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
        for (int i = 0; i < n; i++) {
            sums[i] += row[2 * i] + row[2 * i + 1];
        }
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

    /** Cut off towards zero, as numpy casts. */
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
