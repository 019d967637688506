package org.copick.zarr;

import org.copick.zarr.codec.Slice;

/** Copies boxes of elements into a larger one without converting them. */
final class ByteCopy {
    private final int[] strides;
    private final int elementBytes;
    private final byte[] into;

    /**
     * Prepares copies.
     *
     * @param shape the shape of the larger box
     * @param into the elements of the larger box in C order
     */
    ByteCopy(int[] shape, int elementBytes, byte[] into) {
        this.strides = strides(shape, elementBytes);
        this.elementBytes = elementBytes;
        this.into = into;
    }

    /** Copies the decoded elements of an inner box to their place. */
    void place(int[] origin, ChunkEncoding inner, Slice decoded) {
        int[] target = new int[origin.length];
        for (int i = 0; i < target.length; i++) {
            target[i] = strides[inner.axes()[i]];
        }
        copy(
                inner.stored(),
                target,
                at(origin),
                decoded.bytes(),
                decoded.from(),
                strides(inner.stored(), elementBytes),
                0);
    }

    /** Fills an inner box with one element. */
    void fill(int[] origin, int[] shape, byte[] element) {
        copy(shape, strides, at(origin), element, 0, new int[shape.length], 0);
    }

    private void copy(int[] shape, int[] target, int to, byte[] from, int at, int[] source, int axis) {
        if (axis == shape.length) {
            System.arraycopy(from, at, into, to, elementBytes);
            return;
        }
        boolean rows = axis == shape.length - 1 && target[axis] == elementBytes && source[axis] == elementBytes;
        if (rows) {
            System.arraycopy(from, at, into, to, shape[axis] * elementBytes);
            return;
        }
        for (int i = 0; i < shape[axis]; i++) {
            copy(shape, target, to + i * target[axis], from, at + i * source[axis], source, axis + 1);
        }
    }

    private int at(int[] origin) {
        int at = 0;
        for (int i = 0; i < origin.length; i++) {
            at += origin[i] * strides[i];
        }
        return at;
    }

    private static int[] strides(int[] shape, int elementBytes) {
        int[] strides = new int[shape.length];
        int stride = elementBytes;
        for (int i = shape.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= shape[i];
        }
        return strides;
    }
}
