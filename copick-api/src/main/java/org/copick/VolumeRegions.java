package org.copick;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.copick.error.InvalidDataException;
import org.copick.zarr.DataType;
import org.copick.zarr.Downscaling;
import org.copick.zarr.Region;
import org.copick.zarr.ZarrArray;

/** Writes boxes of images and updates their lower levels. */
final class VolumeRegions {
    private VolumeRegions() {}

    /** Writes a box of the full resolution. */
    static void write(Volume volume, Region region, VolumeData data) {
        ZarrArray array = volume.level(0).array();
        requireFits(array, region, data);
        DataType stored = array.dataType();
        if (data.type() != stored && !stored.isFloat()) {
            throw new InvalidDataException("cannot write " + volume.location() + ": elements of type " + data.type()
                    + " cannot be converted to " + stored + "; only conversion to floating-point types is supported");
        }
        ByteBuffer elements = Conversion.buffer(region, stored);
        data.as(stored).source().read(data.all(), elements);
        array.writeRegion(region, elements.clear());
    }

    static void requireFits(ZarrArray array, Region region, VolumeData data) {
        array.requireInside(region);
        if (!Arrays.equals(region.shape(), data.shape())) {
            throw new IllegalArgumentException("elements of shape " + Arrays.toString(data.shape())
                    + " do not fit a box of shape " + Arrays.toString(region.shape()));
        }
    }

    /** Recomputes the part of the lower levels that depends on a changed box of level 0. */
    static void updateLevels(Volume volume, Region changed, Downscaling downscaling) {
        Region box = changed;
        List<Level> levels = volume.levels();
        volume.level(0).array().requireInside(changed);
        for (int i = 1; i < levels.size(); i++) {
            box = downscaling.update(levels.get(i - 1).array(), levels.get(i).array(), box);
        }
    }
}
