package org.copick.zarr;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A box of an array: a start and a number of elements along each axis. With a step, it contains only every
 * {@code step}th element along an axis. Immutable.
 */
public final class Region {
    private final long[] start;
    private final long[] shape;
    private final long[] step;

    private Region(long[] start, long[] shape, long[] step) {
        if (start.length != shape.length || start.length != step.length) {
            throw new IllegalArgumentException("invalid region: start has " + start.length + " dimensions, shape "
                    + shape.length + " and step " + step.length);
        }
        for (int i = 0; i < start.length; i++) {
            if (start[i] < 0 || shape[i] < 0 || step[i] < 1 || shape[i] > (Long.MAX_VALUE - start[i]) / step[i]) {
                throw new IllegalArgumentException("invalid region: start " + Arrays.toString(start) + ", shape "
                        + Arrays.toString(shape) + ", step " + Arrays.toString(step));
            }
        }
        this.start = start;
        this.shape = shape;
        this.step = step;
    }

    /**
     * Starts a box at an index along each axis: {@code Region.at(4, 4, 4).size(8, 8, 8)}.
     *
     * @param start the first index along each axis, such as z, y and x
     * @return the start, to be completed with {@link Corner#size}
     */
    public static Corner at(long... start) {
        return new Corner(start.clone());
    }

    /** The start of a box, to be completed with {@link #size}. */
    public static final class Corner {
        private final long[] start;

        private Corner(long[] start) {
            this.start = start;
        }

        /**
         * {@return the box with this start}
         *
         * @param shape the number of elements along each axis
         * @throws IllegalArgumentException if a number is negative, or the number of axes differs from the start's
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
     * {@return the box with this start and shape}
     *
     * @param start the first index along each axis
     * @param shape the number of elements along each axis
     * @throws IllegalArgumentException if a number is negative or the numbers of axes differ
     */
    public static Region of(long[] start, long[] shape) {
        return new Region(start.clone(), shape.clone(), ones(start.length));
    }

    /**
     * {@return a region that contains every {@code step}th element along each axis}
     *
     * @param start the first index along each axis
     * @param shape the number of elements of the region along each axis
     * @param step the distance from one element to the next along each axis, at least 1
     * @throws IllegalArgumentException if a number is negative, a step is less than 1, or the numbers of axes differ
     */
    public static Region of(long[] start, long[] shape, long[] step) {
        return new Region(start.clone(), shape.clone(), step.clone());
    }

    /**
     * {@return the region that covers an array}
     *
     * @param shape the shape of the array
     */
    public static Region all(long[] shape) {
        return new Region(new long[shape.length], shape.clone(), ones(shape.length));
    }

    /**
     * {@return one plane of an array, perpendicular to an axis} The region keeps that axis with length 1.
     *
     * @param shape the shape of the array
     * @param axis the number of the axis, from 0; 0 is z in an array of z, y and x
     * @param index the index of the plane along the axis
     * @throws IllegalArgumentException if there is no such axis or plane
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

    /** {@return the number of axes} */
    public int rank() {
        return start.length;
    }

    /**
     * {@return the first index along an axis}
     *
     * @param axis the number of the axis, from 0
     */
    public long start(int axis) {
        return start[axis];
    }

    /**
     * {@return the number of elements along an axis}
     *
     * @param axis the number of the axis, from 0
     */
    public long length(int axis) {
        return shape[axis];
    }

    /**
     * {@return the distance from one element to the next along an axis}
     *
     * @param axis the number of the axis, from 0
     */
    public long step(int axis) {
        return step[axis];
    }

    /** Returns the index after the last element along an axis. */
    long end(int axis) {
        return shape[axis] == 0 ? start[axis] : start[axis] + (shape[axis] - 1) * step[axis] + 1;
    }

    /**
     * Advances to the next chunk that the region extends over. With large steps, some of these chunks contain no
     * element of it.
     *
     * @param chunk the indices of a chunk, which are changed
     * @param chunkShape the number of elements of a chunk along each axis
     * @return false after the last chunk
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

    /** {@return the number of elements along each axis} */
    public long[] shape() {
        return shape.clone();
    }

    /**
     * {@return the number of elements}
     *
     * @throws IllegalArgumentException if there are more than 2⁶³ − 1
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
