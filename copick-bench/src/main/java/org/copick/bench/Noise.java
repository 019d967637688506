package org.copick.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.copick.zarr.BoxSource;
import org.copick.zarr.Region;

/** White noise with few distinct values, so that chunks compress like those of tomograms; generated on request. */
final class Noise implements BoxSource {
    @Override
    public void read(Region box, ByteBuffer into) {
        ByteBuffer out = into.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        long state = box.start(0) * 31 + box.start(1) * 17 + box.start(2) + 1;
        for (long i = 0; i < box.size(); i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            out.putFloat((int) (state >>> 52));
        }
    }
}
