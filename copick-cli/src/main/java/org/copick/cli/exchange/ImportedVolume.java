package org.copick.cli.exchange;

import java.util.Arrays;
import java.util.Optional;
import org.copick.Level;
import org.copick.Volume;
import org.copick.VolumeData;
import org.copick.cli.walk.VoxelWalk;
import org.copick.zarr.DataType;

/**
 * The form in which an import writes a volume, to recognise a volume that was written before.
 *
 * @param zarrFormat the Zarr version, 2 or 3
 * @param levels the number of resolution levels
 * @param type the type of the elements; empty for any type that holds them
 */
record ImportedVolume(int zarrFormat, int levels, Optional<DataType> type) {
    /**
     * Returns whether a volume has this form and holds these values.
     *
     * <p>Compares the values of the full resolution only, box by box up to the first difference. Coarser levels are
     * computed from it.
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
