package org.copick.bench;

import java.io.IOException;
import org.copick.zarr.Region;
import org.copick.zarr.ZarrArray;

/** An open array, as the peer of a case reads it: a new Java array for each region. */
interface Reader {
    long[] shape();

    float[] floats(Region region) throws IOException;

    byte[] labels(Region region) throws IOException;

    /** Returns a reader that uses this library. */
    static Reader of(ZarrArray array) {
        return new Reader() {
            @Override
            public long[] shape() {
                return array.shape();
            }

            @Override
            public float[] floats(Region region) {
                return array.readFloats(region);
            }

            @Override
            public byte[] labels(Region region) {
                byte[] labels = new byte[Math.toIntExact(region.size())];
                array.read(region, labels);
                return labels;
            }
        };
    }
}
