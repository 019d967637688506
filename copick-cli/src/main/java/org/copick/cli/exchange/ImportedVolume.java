package org.copick.cli.exchange;

import java.util.Arrays;
import java.util.Optional;
import org.copick.Level;
import org.copick.Volume;
import org.copick.VolumeData;
import org.copick.cli.walk.VoxelWalk;
import org.copick.zarr.DataType;

/**
 * The form in which an import writes a volume, to tell whether it was written before.
 *
 * @param type of the elements; empty for any that holds them
 */
record ImportedVolume(int zarrFormat, int levels, Optional<DataType> type) {
    /**
     * Whether a volume is of this format and holds these values; of the levels that are made of the first one only their
     * number is compared. Reads both, box by box, up to the first difference.
     */
    boolean isIn(Volume volume, VolumeData data) {
        if (volume.levels().size() != levels || !volume.zarrFormat().equals(Optional.of(zarrFormat))) {
            return false;
        }
        Level full = volume.level(0);
        return type.map(wanted -> wanted == full.dataType()).orElse(true)
                && Arrays.equals(full.shape(), data.shape())
                && VoxelWalk.holds(full.array(), data);
    }
}
