package org.copick.zarr;

import java.nio.ByteBuffer;

/** New values for a region of an array, asked for box after box, so that the region need not fit into memory. */
interface BoxValues {
    /**
     * Returns a part of the region that holds at least what it shares with a box.
     *
     * @param start where the box begins along each axis of the array
     * @param length its lengths along these axes
     */
    Region part(long[] start, long[] length);

    /** Returns the elements of such a part in C order, for absolute reads from 0 on. */
    ByteBuffer elements(Region part);

    /** Values that are all in memory. */
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
