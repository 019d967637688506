package org.copick.imglib2;

import org.copick.zarr.Region;

/** Copies boxes between arrays in C order. */
final class Rows {
    private Rows() {}

    /**
     * Copies all elements of a box into a larger one.
     *
     * @param from an array of the elements of {@code part}
     * @param into an array of the same class, of the elements of {@code whole}
     */
    static void copy(Object from, Region part, Object into, Region whole) {
        int last = part.rank() - 1;
        int row = (int) part.length(last);
        long[] at = new long[last];
        int rows = (int) (part.size() / row);
        for (int i = 0; i < rows; i++) {
            long target = 0;
            for (int axis = 0; axis < last; axis++) {
                target = target * whole.length(axis) + part.start(axis) - whole.start(axis) + at[axis];
            }
            target = target * whole.length(last) + part.start(last) - whole.start(last);
            System.arraycopy(from, i * row, into, (int) target, row);
            for (int axis = last - 1; axis >= 0 && ++at[axis] == part.length(axis); axis--) {
                at[axis] = 0;
            }
        }
    }
}
