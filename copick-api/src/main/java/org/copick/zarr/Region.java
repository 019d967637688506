package org.copick.zarr;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A box of an array: where it begins and how long it is along each axis. Immutable. */
public final class Region {
    private final long[] start;
    private final long[] shape;

    private Region(long[] start, long[] shape) {
        if (start.length != shape.length) {
            throw new IllegalArgumentException(
                    "a region begins in " + start.length + " dimensions and is long in " + shape.length);
        }
        for (int i = 0; i < start.length; i++) {
            if (start[i] < 0 || shape[i] < 0 || start[i] > Long.MAX_VALUE - shape[i]) {
                throw new IllegalArgumentException(
                        "no region begins at " + Arrays.toString(start) + " with shape " + Arrays.toString(shape));
            }
        }
        this.start = start;
        this.shape = shape;
    }

    /** The box that begins at {@code start} and has {@code shape} elements along each axis. */
    public static Region of(long[] start, long[] shape) {
        return new Region(start.clone(), shape.clone());
    }

    /** All of an array of this shape. */
    public static Region all(long[] shape) {
        return new Region(new long[shape.length], shape.clone());
    }

    /** One plane of an array of this shape, across an axis; it keeps that axis with length 1. */
    public static Region plane(long[] shape, int axis, long index) {
        long[] start = new long[shape.length];
        long[] length = shape.clone();
        start[axis] = index;
        length[axis] = 1;
        return new Region(start, length);
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
        return other instanceof Region that && Arrays.equals(start, that.start) && Arrays.equals(shape, that.shape);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(start) + Arrays.hashCode(shape);
    }

    @Override
    public String toString() {
        return Arrays.toString(start) + "+" + Arrays.toString(shape);
    }
}
