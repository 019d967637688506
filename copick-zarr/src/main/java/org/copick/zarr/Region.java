package org.copick.zarr;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A box of an array: where it begins and how many elements it has along each axis, all neighbours or, with a step, every
 * so many. Immutable.
 */
public final class Region {
    private final long[] start;
    private final long[] shape;
    private final long[] step;

    private Region(long[] start, long[] shape, long[] step) {
        if (start.length != shape.length || start.length != step.length) {
            throw new IllegalArgumentException("a region begins in " + start.length + " dimensions, is long in "
                    + shape.length + " and steps in " + step.length);
        }
        for (int i = 0; i < start.length; i++) {
            if (start[i] < 0 || shape[i] < 0 || step[i] < 1 || shape[i] > (Long.MAX_VALUE - start[i]) / step[i]) {
                throw new IllegalArgumentException("no region begins at " + Arrays.toString(start) + " with shape "
                        + Arrays.toString(shape) + " and step " + Arrays.toString(step));
            }
        }
        this.start = start;
        this.shape = shape;
        this.step = step;
    }

    /** Begins a box at an index along each axis: {@code Region.at(4, 4, 4).size(8, 8, 8)}. */
    public static Corner at(long... start) {
        return new Corner(start.clone());
    }

    /** Where a box begins. */
    public static final class Corner {
        private final long[] start;

        private Corner(long[] start) {
            this.start = start;
        }

        /**
         * The box with so many elements along each axis.
         *
         * @throws IllegalArgumentException when a number is negative, or there are more or fewer axes than before
         */
        public Region size(long... shape) {
            return of(start, shape);
        }

        @Override
        public String toString() {
            return Arrays.toString(start);
        }
    }

    /**
     * The box that begins at {@code start} and has {@code shape} elements along each axis.
     *
     * @throws IllegalArgumentException when a number is negative or the lengths differ
     */
    public static Region of(long[] start, long[] shape) {
        return new Region(start.clone(), shape.clone(), ones(start.length));
    }

    /**
     * Every so many elements along each axis.
     *
     * @param start the first index
     * @param shape how many elements there are in the region
     * @param step how far the next one is, at least 1
     */
    public static Region of(long[] start, long[] shape, long[] step) {
        return new Region(start.clone(), shape.clone(), step.clone());
    }

    /** All of an array of this shape. */
    public static Region all(long[] shape) {
        return new Region(new long[shape.length], shape.clone(), ones(shape.length));
    }

    /**
     * One plane of an array of this shape, across an axis; it keeps that axis with length 1.
     *
     * @throws IllegalArgumentException when there is no such axis or plane
     */
    public static Region plane(long[] shape, int axis, long index) {
        if (axis < 0 || axis >= shape.length || index < 0 || index >= shape[axis]) {
            throw new IllegalArgumentException(
                    "no plane " + index + " across axis " + axis + " in shape " + Arrays.toString(shape));
        }
        long[] start = new long[shape.length];
        long[] length = shape.clone();
        start[axis] = index;
        length[axis] = 1;
        return new Region(start, length, ones(shape.length));
    }

    public int rank() {
        return start.length;
    }

    /** The first index along an axis. */
    public long start(int axis) {
        return start[axis];
    }

    /** How many elements along an axis. */
    public long length(int axis) {
        return shape[axis];
    }

    /** How far the next element is along an axis. */
    public long step(int axis) {
        return step[axis];
    }

    /** The first index behind all elements along an axis. */
    long end(int axis) {
        return shape[axis] == 0 ? start[axis] : start[axis] + (shape[axis] - 1) * step[axis] + 1;
    }

    /**
     * Goes on to the next chunk that the region reaches over; with wide steps some hold nothing of it.
     *
     * @param chunk the indices of a chunk, which are changed
     * @param chunkShape elements of a chunk along each axis
     * @return false after the last one
     */
    boolean nextChunk(long[] chunk, int[] chunkShape) {
        for (int i = chunk.length - 1; i >= 0; i--) {
            if ((chunk[i] + 1) * chunkShape[i] < end(i)) {
                chunk[i]++;
                return true;
            }
            chunk[i] = start[i] / chunkShape[i];
        }
        return false;
    }

    /** How many elements along each axis. */
    public long[] shape() {
        return shape.clone();
    }

    /**
     * How many elements in all.
     *
     * @throws IllegalArgumentException when they are more than 2⁶³ − 1
     */
    public long size() {
        long size = 1;
        for (long length : shape) {
            if (length == 0) {
                return 0;
            }
        }
        for (long length : shape) {
            try {
                size = Math.multiplyExact(size, length);
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException("a region of shape " + Arrays.toString(shape) + " is too large", e);
            }
        }
        return size;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Region that
                && Arrays.equals(start, that.start)
                && Arrays.equals(shape, that.shape)
                && Arrays.equals(step, that.step);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(start) + Arrays.hashCode(shape)) + Arrays.hashCode(step);
    }

    @Override
    public String toString() {
        String box = Arrays.toString(start) + "+" + Arrays.toString(shape);
        return Arrays.stream(step).allMatch(s -> s == 1) ? box : box + "*" + Arrays.toString(step);
    }

    private static long[] ones(int rank) {
        long[] ones = new long[rank];
        Arrays.fill(ones, 1);
        return ones;
    }
}
