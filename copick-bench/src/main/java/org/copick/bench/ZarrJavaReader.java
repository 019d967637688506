package org.copick.bench;

import dev.zarr.zarrjava.ZarrException;
import dev.zarr.zarrjava.core.Array;
import dev.zarr.zarrjava.store.StoreHandle;
import java.io.IOException;
import org.copick.zarr.Region;

/** Reads with zarr-java over our stores, several chunks at a time. */
final class ZarrJavaReader implements Reader {
    private final Array array;

    ZarrJavaReader(StoreHandle place) throws IOException {
        try {
            array = Array.open(place);
        } catch (ZarrException e) {
            throw new IOException("zarr-java cannot open " + place, e);
        }
    }

    @Override
    public long[] shape() {
        return array.metadata().shape;
    }

    @Override
    public float[] floats(Region region) throws IOException {
        return (float[]) elements(region);
    }

    @Override
    public byte[] labels(Region region) throws IOException {
        return (byte[]) elements(region);
    }

    private Object elements(Region region) throws IOException {
        long[] start = new long[region.rank()];
        int[] shape = new int[region.rank()];
        for (int i = 0; i < shape.length; i++) {
            start[i] = region.start(i);
            shape[i] = Math.toIntExact(region.length(i));
        }
        try {
            return array.read(start, shape, true).getStorage();
        } catch (ZarrException e) {
            throw new IOException("zarr-java cannot read " + region, e);
        }
    }
}
