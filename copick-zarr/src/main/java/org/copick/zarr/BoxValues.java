package org.copick.zarr;

import java.nio.ByteBuffer;

/** New values for a region of an array, requested box by box, so that the region may be larger than memory. */
interface BoxValues {
    /**
     * Returns a part of the region that contains at least the region's intersection with a box.
     *
     * @param start the start of the box along each axis of the array
     * @param length the lengths of the box along these axes
     */
    Region part(long[] start, long[] length);

    /** Returns the elements of such a part in C order, for absolute reads from 0 on. */
    ByteBuffer elements(Region part);

    /** Returns values that are all in memory. */
    static BoxValues of(Region region, ByteBuffer elements) {
        return new BoxValues() {
            @Override
            public Region part(long[] start, long[] length) {
                return region;
            }

            @Override
            public ByteBuffer elements(Region part) {
                return elements;
            }
        };
    }
}
