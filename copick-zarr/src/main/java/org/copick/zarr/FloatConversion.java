package org.copick.zarr;

import java.nio.ByteBuffer;
import org.copick.zarr.codec.Half;

/**
 * The conversion of elements to floats; values that floats cannot hold exactly are rounded to the nearest.
 *
 * <p>It works piece by piece in arrays of primitives: loops over these are compiled to quicker code than loops over
 * buffers.
 *
 * @param type the type of the elements
 */
record FloatConversion(DataType type) {
    /** Elements of a piece; few enough for the processor's first cache. */
    static final int PIECE = 1024;

    /** Converts adjacent elements. */
    void convert(ByteBuffer from, int source, float[] into, int to, int n) {
        if (n == 1) { // one of many strided elements
            into[to] = single(from, source);
            return;
        }
        for (int done = 0; done < n; done += PIECE) {
            convertPiece(from, source + done, into, to + done, Math.min(PIECE, n - done));
        }
    }

    private void convertPiece(ByteBuffer from, int source, float[] into, int to, int n) {
        switch (type) {
            case BOOL, UINT8 -> {
                byte[] piece = bytes(from, source, n);
                for (int i = 0; i < n; i++) {
                    into[to + i] = piece[i] & 0xff;
                }
            }
            case INT8 -> {
                byte[] piece = bytes(from, source, n);
                for (int i = 0; i < n; i++) {
                    into[to + i] = piece[i];
                }
            }
            case INT16 -> {
                short[] piece = shorts(from, source, n);
                for (int i = 0; i < n; i++) {
                    into[to + i] = piece[i];
                }
            }
            case UINT16 -> {
                short[] piece = shorts(from, source, n);
                for (int i = 0; i < n; i++) {
                    into[to + i] = piece[i] & 0xffff;
                }
            }
            case FLOAT16 -> {
                short[] piece = shorts(from, source, n);
                for (int i = 0; i < n; i++) {
                    into[to + i] = Half.toFloat(piece[i]);
                }
            }
            case INT32 -> {
                int[] piece = ints(from, source, n);
                for (int i = 0; i < n; i++) {
                    into[to + i] = piece[i];
                }
            }
            case UINT32 -> {
                int[] piece = ints(from, source, n);
                for (int i = 0; i < n; i++) {
                    into[to + i] = piece[i] & 0xffffffffL;
                }
            }
            case INT64 -> {
                long[] piece = longs(from, source, n);
                for (int i = 0; i < n; i++) {
                    into[to + i] = piece[i];
                }
            }
            case UINT64 -> {
                long[] piece = longs(from, source, n);
                for (int i = 0; i < n; i++) {
                    into[to + i] = Sink.unsignedToFloat(piece[i]);
                }
            }
            case FLOAT64 -> {
                double[] piece = new double[n];
                from.asDoubleBuffer().get(source, piece);
                for (int i = 0; i < n; i++) {
                    into[to + i] = (float) piece[i];
                }
            }
            case FLOAT32 -> from.asFloatBuffer().get(source, into, to, n);
        }
    }

    private float single(ByteBuffer from, int at) {
        return switch (type) {
            case FLOAT16 -> Half.toFloat(from.getShort(2 * at));
            case FLOAT32 -> from.getFloat(4 * at);
            case FLOAT64 -> (float) from.getDouble(8 * at);
            case UINT64 -> Sink.unsignedToFloat(from.getLong(8 * at));
            default -> Sink.integer(type, from, at);
        };
    }

    private static byte[] bytes(ByteBuffer from, int source, int n) {
        byte[] piece = new byte[n];
        from.get(source, piece);
        return piece;
    }

    private static short[] shorts(ByteBuffer from, int source, int n) {
        short[] piece = new short[n];
        from.asShortBuffer().get(source, piece);
        return piece;
    }

    private static int[] ints(ByteBuffer from, int source, int n) {
        int[] piece = new int[n];
        from.asIntBuffer().get(source, piece);
        return piece;
    }

    private static long[] longs(ByteBuffer from, int source, int n) {
        long[] piece = new long[n];
        from.asLongBuffer().get(source, piece);
        return piece;
    }
}
