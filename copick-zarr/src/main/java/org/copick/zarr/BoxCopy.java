package org.copick.zarr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.copick.zarr.codec.Unpacked;

/**
 * What a region and a box of elements share, row by row: for copying out of the box, filling in for it, and writing into
 * it. The axes of the box may be those of the array in another order. Immutable.
 */
final class BoxCopy {
    private final int rank;
    /** Of each stored axis: how far its elements are apart in the box, and in the sink. */
    private final long[] strides;

    private final int[] targetStrides;
    /** Of each stored axis: the first index in the box that is in the region, how many are, and how far they are apart. */
    private final long[] first;

    private final long[] count;
    private final long[] step;
    /** Where the first element goes. */
    private final int target;

    private final boolean empty;
    /** The last axis of which more than one index is in the region, and where the one of all axes behind it is. */
    private final int rowAxis;

    private final long tail;

    /**
     * Finds what a box and a region share.
     *
     * @param origin where the box begins along each axis of the array
     * @param stored its shape, by stored axes
     * @param axes the axis of the array that each stored axis is
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
                // of one element the step says nothing, and could be too long to multiply
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

    /** Whether box and region share nothing. */
    boolean isEmpty() {
        return empty;
    }

    /** How many elements of the box lie between the first and the last that is in the region, both included. */
    long span() {
        long elements = 1;
        for (int k = 0; k < rank; k++) {
            elements += (count[k] - 1) * step[k] * strides[k];
        }
        return empty ? 0 : elements;
    }

    /** Whether any of these elements of the box is in the region. */
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
     * Copies out of a box what may be shuffled.
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
     * Copies out of a box.
     *
     * @param elements the elements of the box from {@code from} to before {@code to}
     */
    void copy(ByteBuffer elements, long from, long to, Sink sink) {
        rows(from, to, sink.rows(elements, from));
    }

    /** Repeats one element wherever box and region meet. */
    void fill(ByteBuffer element, Sink sink) {
        rows(
                0,
                Long.MAX_VALUE,
                (inBox, boxStep, inRegion, regionStep, n) -> sink.fill(element, inRegion, regionStep, n));
    }

    /** Some elements that are evenly apart in the box and in the region. */
    @FunctionalInterface
    interface Row {
        void visit(long inBox, int boxStep, int inRegion, int regionStep, int n);
    }

    /** Visits all that is shared of the elements of the box from {@code from} to before {@code to}. */
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

    /** Whether all elements of the box that are in the array are in the region. */
    boolean covers(int[] stored, long[] inArray) {
        for (int k = 0; k < rank; k++) {
            if (first[k] != 0 || count[k] < Math.min(stored[k], inArray[k])) {
                return false;
            }
        }
        return !empty;
    }

    /** The first index along an axis below which anything is at {@code from} or behind it. */
    private long lowest(int k, long base, long from) {
        // below index i lie the elements from base + (first + i * step) * stride on, stride of them
        long begin = from - base - strides[k] + 1;
        long index = -Math.floorDiv(-begin, strides[k]);
        return Math.max(0, -Math.floorDiv(first[k] - index, step[k]));
    }

    /** The last index along an axis below which anything is before {@code to}. */
    private long highest(int k, long base, long to) {
        long index = to == Long.MAX_VALUE ? Long.MAX_VALUE / 2 : Math.floorDiv(to - 1 - base, strides[k]);
        return Math.min(count[k] - 1, Math.floorDiv(index - first[k], step[k]));
    }
}
