package org.copick;

import java.util.Collections;
import java.util.Map;
import org.copick.zarr.DataType;
import org.copick.zarr.ImageFormat;
import org.jspecify.annotations.Nullable;

/**
 * How a volume is written. Reads like a sentence, {@code VolumeOptions.defaults().format(ImageFormat.VERSION_3).levels(1)}.
 * Immutable.
 */
public final class VolumeOptions {
    private static final VolumeOptions DEFAULTS =
            new VolumeOptions(ImageFormat.VERSION_2.fitting(), null, null, true, OnExisting.FAIL, Map.of());

    final ImageFormat format;
    final @Nullable Integer levels;
    final @Nullable DataType type;
    final boolean checksLabels;
    final OnExisting onExisting;
    final Map<String, @Nullable Object> further;

    private VolumeOptions(
            ImageFormat format,
            @Nullable Integer levels,
            @Nullable DataType type,
            boolean checksLabels,
            OnExisting onExisting,
            Map<String, @Nullable Object> further) {
        this.format = format;
        this.levels = levels;
        this.type = type;
        this.checksLabels = checksLabels;
        this.onExisting = onExisting;
        this.further = further;
    }

    /**
     * Returns the choices of Python copick 1.x: Zarr v2 in chunks of 256³, but none longer than the volume; three levels for
     * tomograms and one for everything else; float32 for tomograms and density maps, the type they come in for features, and
     * for segmentations the smallest unsigned type that holds all labels (at least uint16 for instances and panoptic ones).
     */
    public static VolumeOptions defaults() {
        return DEFAULTS;
    }

    /** Written as Zarr v2 or v3, with these chunks; see {@link ImageFormat#fitting}. */
    public VolumeOptions format(ImageFormat wanted) {
        return new VolumeOptions(wanted, levels, type, checksLabels, onExisting, further);
    }

    /** With so many levels, each half as long as the one before; 1 to 30. */
    public VolumeOptions levels(int wanted) {
        return new VolumeOptions(format, wanted, type, checksLabels, onExisting, further);
    }

    /**
     * With elements of this type. For images a floating-point type or the one they come in; for labels any that holds all
     * of them exactly.
     */
    public VolumeOptions type(DataType wanted) {
        return new VolumeOptions(format, levels, wanted, checksLabels, onExisting, further);
    }

    /**
     * Labels that no object of the configuration has are accepted, and in binary segmentations others than 0 and 1, which
     * Python copick accepts too.
     */
    public VolumeOptions anyLabels() {
        return new VolumeOptions(format, levels, type, false, onExisting, further);
    }

    /** Says how to treat an entity that exists already; by default {@link OnExisting#FAIL}. */
    public VolumeOptions onExisting(OnExisting wanted) {
        return new VolumeOptions(format, levels, type, checksLabels, wanted, further);
    }

    /**
     * With this as the free {@code metadata} of the OME-NGFF entry.
     *
     * @param free text, numbers, booleans, lists, maps and nulls; null for an entry whose metadata are null in version 2, as
     *     some Python functions write them
     */
    public VolumeOptions metadata(@Nullable Map<String, ? extends @Nullable Object> free) {
        return new VolumeOptions(
                format, levels, type, checksLabels, onExisting, Collections.singletonMap("metadata", free));
    }

    @Override
    public String toString() {
        return format + (levels == null ? "" : ", " + levels + " levels")
                + (type == null ? "" : ", " + type) + (checksLabels ? "" : ", any labels") + ", "
                + onExisting;
    }
}
