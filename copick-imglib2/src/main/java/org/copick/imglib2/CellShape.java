package org.copick.imglib2;

import java.util.Arrays;
import org.copick.zarr.ZarrArray;

/**
 * Chooses the cells of a level. A cell lies within one chunk, so that it costs one object of the store at most. A large
 * chunk is cut along its first axes only, because its elements are stored in the order of the axes: a plane then costs
 * the blocks that contain it, not the chunk.
 */
final class CellShape {
    /** Bytes of the largest chunk that is one cell. */
    private static final long LARGEST = 1 << 20;

    /** Bytes of the smallest part of a larger chunk. */
    private static final long SMALLEST = 16 << 10;

    /** Axes that are never cut: y and x. */
    private static final int WHOLE = 2;

    private CellShape() {}

    /** Returns the number of elements of a cell along each axis of the array. */
    static long[] of(ZarrArray array) {
        long[] cell = array.chunkShape();
        long[] shape = array.shape();
        for (int i = 0; i < cell.length; i++) {
            cell[i] = Math.max(1, Math.min(cell[i], shape[i]));
        }
        double bytes =
                Arrays.stream(cell).asDoubleStream().reduce(array.dataType().bytes(), (a, b) -> a * b);
        for (int axis = 0; bytes > LARGEST && axis < cell.length - WHOLE; axis++) {
            long whole = cell[axis];
            cell[axis] = thinnest(array.chunkShape()[axis], whole, bytes / whole);
            bytes = bytes / whole * cell[axis];
        }
        return cell;
    }

    /** Returns the least length that divides a chunk's and makes a part of at least the smallest size. */
    private static long thinnest(long chunk, long whole, double bytesOfOne) {
        for (long length = 1; length < whole; length++) {
            if (chunk % length == 0 && length * bytesOfOne >= SMALLEST) {
                return length;
            }
        }
        return whole;
    }
}
