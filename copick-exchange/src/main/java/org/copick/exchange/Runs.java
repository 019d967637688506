package org.copick.exchange;

import java.io.IOException;
import org.copick.zarr.Region;

/** Splits a box of a volume into runs: elements that are contiguous in both, in C order. */
final class Runs {
    private Runs() {}

    /** Handles runs. */
    @FunctionalInterface
    interface Action {
        /**
         * Handles one run.
         *
         * @param first the index in the volume at which the run begins, in elements
         * @param length the number of elements
         */
        void at(long first, long length) throws IOException;
    }

    /** Visits the runs of a box in a volume of this shape (z, y, x), in the order of the box's elements. */
    static void forEach(long[] shape, Region box, Action action) throws IOException {
        long length = box.length(2);
        long rows = box.length(1);
        long sections = box.length(0);
        if (box.length(2) == shape[2]) {
            length *= rows;
            rows = 1;
            if (box.length(1) == shape[1]) {
                length *= sections;
                sections = 1;
            }
        }
        for (long z = 0; z < sections; z++) {
            for (long y = 0; y < rows; y++) {
                action.at(((box.start(0) + z) * shape[1] + box.start(1) + y) * shape[2] + box.start(2), length);
            }
        }
    }
}
