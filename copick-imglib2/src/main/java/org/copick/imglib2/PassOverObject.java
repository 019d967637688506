package org.copick.imglib2;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Optional;
import org.copick.zarr.Region;
import org.jspecify.annotations.Nullable;

/**
 * Guesses what someone who reads a stored object cell by cell will read next. Without it each cell would cost a request.
 * Once a cell follows its neighbour, the object is fetched in all of its length along the axis between them. Passing
 * over a plane of a shard takes three steps: a cell, its row, its layer.
 */
final class PassOverObject {
    private final Region object;
    private final long cells;

    @GuardedBy("this") private long @Nullable [] start;

    @GuardedBy("this") private long[] end = {};

    @GuardedBy("this") private long count;

    /**
     * Begins a pass.
     *
     * @param object the box of the stored object
     * @param cell the lengths of a cell
     */
    PassOverObject(Region object, long[] cell) {
        this.object = object;
        long number = 1;
        for (int i = 0; i < cell.length; i++) {
            number *= (object.length(i) + cell[i] - 1) / cell[i];
        }
        this.cells = number;
    }

    /** Returns the box to fetch before a cell is read; empty if the cell was fetched before, or nothing is known. */
    synchronized Optional<Region> next(Region cell) {
        // after all cells were read, they may have left the cache
        if (start == null || ++count > cells) {
            begin(cell);
            return Optional.empty();
        }
        boolean grows = false;
        for (int i = 0; i < end.length; i++) {
            long after = cell.start(i) + cell.length(i);
            if (cell.start(i) > end[i] || after < start[i]) {
                // single elements are looked up here and there
                begin(cell);
                return Optional.empty();
            }
            if (cell.start(i) == end[i] || after == start[i]) {
                start[i] = object.start(i);
                end[i] = object.start(i) + object.length(i);
                grows = true;
            }
        }
        return grows ? Optional.of(box(start)) : Optional.empty();
    }

    @GuardedBy("this") private void begin(Region cell) {
        long[] first = new long[cell.rank()];
        end = new long[cell.rank()];
        for (int i = 0; i < end.length; i++) {
            first[i] = cell.start(i);
            end[i] = cell.start(i) + cell.length(i);
        }
        start = first;
        count = 1;
    }

    @GuardedBy("this") private Region box(long[] from) {
        long[] length = new long[end.length];
        for (int i = 0; i < length.length; i++) {
            length[i] = end[i] - from[i];
        }
        return Region.of(from, length);
    }
}
