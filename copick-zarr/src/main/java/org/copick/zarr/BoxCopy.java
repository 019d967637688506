package org.copick.zarr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.copick.zarr.codec.Unpacked;

/**
 * The intersection of a region and a box of elements, row by row. It is used to copy elements out of the box, to write
 * the fill value in place of a missing box, and to write elements into the box. The box may have the array's axes in
 * another order. Immutable.
 */
final class BoxCopy {
    private final int rank;
    /** Distance between neighbours along each stored axis, in elements of the box and of the sink. */
    private final long[] strides;

    private final int[] targetStrides;
    /**
     * Per stored axis: the first index of the box inside the region, the number of such indices, and their distance.
     */
    private final long[] first;

    private final long[] count;
    private final long[] step;
    /** Position of the first element in the sink. */
    private final int target;

    private final boolean empty;
    /** The last axis with more than one index in the region, and the offset from all axes after it. */
    private final int rowAxis;

    private final long tail;

    /**
     * Computes the intersection of a box and a region.
     *
     * @param origin the start of the box along each axis of the array
     * @param stored the shape of the box, by stored axes
     * @param axes for each stored axis, the axis of the array
     */
    BoxCopy(Region region, long[] origin, int[] stored, int[] axes) {
        rank = stored.length;
        strides = new long[rank];
        targetStrides = new int[rank];
        first = new long[rank];
        count = new long[rank];
        step = new long[rank];
        int[] regionStrides = new int[rank];
        int stride = 1;
        for (int axis = rank - 1; axis >= 0; axis--) {
            regionStrides[axis] = stride;
            stride *= (int) region.length(axis);
        }
        long boxStride = 1;
        int to = 0;
        boolean nothing = false;
        for (int k = rank - 1; k >= 0; k--) {
            int axis = axes[k];
            strides[k] = boxStride;
            boxStride *= stored[k];
            step[k] = region.step(axis);
            long skipped = Math.max(0, -Math.floorDiv(region.start(axis) - origin[axis], step[k]));
            first[k] = region.start(axis) + skipped * step[k] - origin[axis];
            long end = Math.min(stored[k], region.end(axis) - origin[axis]);
            count[k] = first[k] >= end ? 0 : (end - 1 - first[k]) / step[k] + 1;
            nothing |= count[k] == 0;
            if (count[k] == 1) {
                // the step has no effect on a single element, and could overflow when multiplied
                step[k] = 1;
            }
            targetStrides[k] = regionStrides[axis];
            to += (int) skipped * regionStrides[axis];
        }
        target = to;
        empty = nothing;
        int row = rank - 1;
        long behind = 0;
        while (row > 0 && count[row] == 1) {
            behind += first[row] * strides[row];
            row--;
        }
        rowAxis = row;
        tail = behind;
    }

    /** Returns whether box and region do not intersect. */
    boolean isEmpty() {
        return empty;
    }

    /**
     * Returns the number of elements from the first to the last one inside the region, both included, as they lie in
     * the box.
     */
    long span() {
        long elements = 1;
        for (int k = 0; k < rank; k++) {
            elements += (count[k] - 1) * step[k] * strides[k];
        }
        return empty ? 0 : elements;
    }

    /** Returns whether any element of the box from {@code from} to before {@code to} is in the region. */
    boolean touches(long from, long to) {
        return !empty && touches(0, 0, from, to);
    }

    private boolean touches(int k, long base, long from, long to) {
        if (k == rank) {
            return base >= from && base < to;
        }
        long low = lowest(k, base, from);
        long high = highest(k, base, to);
        for (long i = low; i <= high; i++) {
            long at = base + (first[k] + i * step[k]) * strides[k];
            boolean inside = at >= from && at + strides[k] <= to;
            if (inside || touches(k + 1, at, from, to)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Copies elements, which may be shuffled, out of a box.
     *
     * @param elements the elements of the box from {@code from} to before {@code to}
     */
    void copy(Unpacked elements, ByteOrder order, long from, long to, Sink sink) {
        if (!elements.shuffled()) {
            copy(elements.bytes().buffer(order), from, to, sink);
            return;
        }
        rows(
                from,
                to,
                (inBox, boxStep, inRegion, regionStep, n) ->
                        sink.copyShuffled(elements, (int) (inBox - from), boxStep, inRegion, regionStep, n));
    }

    /**
     * Copies elements out of a box.
     *
     * @param elements the elements of the box from {@code from} to before {@code to}
     */
    void copy(ByteBuffer elements, long from, long to, Sink sink) {
        rows(from, to, sink.rows(elements, from));
    }

    /** Repeats one element throughout the intersection of box and region. */
    void fill(ByteBuffer element, Sink sink) {
        rows(
                0,
                Long.MAX_VALUE,
                (inBox, boxStep, inRegion, regionStep, n) -> sink.fill(element, inRegion, regionStep, n));
    }

    /** Visits {@code n} elements that are evenly spaced in the box and in the region. */
    @FunctionalInterface
    interface Row {
        void visit(long inBox, int boxStep, int inRegion, int regionStep, int n);
    }

    /** Visits the shared elements of the box from {@code from} to before {@code to}. */
    void rows(long from, long to, Row row) {
        if (!empty) {
            rows(0, 0, target, from, to, row);
        }
    }

    private void rows(int k, long base, int into, long from, long to, Row row) {
        if (k == rank) {
            if (base >= from && base < to) {
                row.visit(base, 1, into, 1, 1);
            }
            return;
        }
        if (k == rowAxis) {
            long apart = step[k] * strides[k];
            long begin = base + first[k] * strides[k] + tail;
            long low = Math.max(0, -Math.floorDiv(begin - from, apart));
            long high = Math.min(count[k] - 1, Math.floorDiv(to - 1 - begin, apart));
            if (low <= high) {
                row.visit(
                        begin + low * apart,
                        (int) Math.min(apart, Integer.MAX_VALUE),
                        into + (int) low * targetStrides[k],
                        targetStrides[k],
                        (int) (high - low + 1));
            }
            return;
        }
        long low = lowest(k, base, from);
        long high = highest(k, base, to);
        for (long i = low; i <= high; i++) {
            long at = base + (first[k] + i * step[k]) * strides[k];
            rows(k + 1, at, into + (int) i * targetStrides[k], from, to, row);
        }
    }

    /** Returns whether the region contains all elements of the box that lie within the array. */
    boolean covers(int[] stored, long[] inArray) {
        for (int k = 0; k < rank; k++) {
            if (first[k] != 0 || count[k] < Math.min(stored[k], inArray[k])) {
                return false;
            }
        }
        return !empty;
    }

    /** Returns the first index along an axis whose elements do not all lie before {@code from}. */
    private long lowest(int k, long base, long from) {
        // index i covers the elements from base + (first + i * step) * stride on; there are stride of them
        long begin = from - base - strides[k] + 1;
        long index = -Math.floorDiv(-begin, strides[k]);
        return Math.max(0, -Math.floorDiv(first[k] - index, step[k]));
    }

    /** Returns the last index along an axis whose elements do not all lie at {@code to} or after it. */
    private long highest(int k, long base, long to) {
        long index = to == Long.MAX_VALUE ? Long.MAX_VALUE / 2 : Math.floorDiv(to - 1 - base, strides[k]);
        return Math.min(count[k] - 1, Math.floorDiv(index - first[k], step[k]));
    }
}
