package org.copick.zarr;

/** Turns a chunk whose first axis varies fastest into one whose last axis does. */
final class FortranOrder {
    private FortranOrder() {}

    static byte[] toC(byte[] chunk, int[] shape, int elementBytes) {
        if (shape.length < 2) {
            return chunk;
        }
        byte[] ordered = new byte[chunk.length];
        int[] index = new int[shape.length];
        int[] stride = new int[shape.length];
        stride[0] = elementBytes;
        for (int i = 1; i < shape.length; i++) {
            stride[i] = stride[i - 1] * shape[i - 1];
        }
        int from = 0;
        for (int to = 0; to < chunk.length; to += elementBytes) {
            for (int b = 0; b < elementBytes; b++) {
                ordered[to + b] = chunk[from + b];
            }
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                index[axis]++;
                from += stride[axis];
                if (index[axis] < shape[axis]) {
                    break;
                }
                from -= stride[axis] * shape[axis];
                index[axis] = 0;
            }
        }
        return ordered;
    }
}
