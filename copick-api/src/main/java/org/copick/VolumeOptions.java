package org.copick;

import java.util.Collections;
import java.util.Map;
import org.copick.internal.json.JsonTree;
import org.copick.zarr.DataType;
import org.copick.zarr.ImageFormat;
import org.jspecify.annotations.Nullable;

/**
 * Options for writing a volume, such as {@code VolumeOptions.defaults().format(ImageFormat.VERSION_3).levels(1)}.
 *
 * <p>Immutable.
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
     * {@return the default options} Format, levels and types are those of Python copick 1.x.
     *
     * <ul>
     * <li>Format: Zarr v2 in chunks of 256³, or of the volume's length along an axis that is shorter.
     * <li>Levels: three for tomograms, one for all other volumes.
     * <li>Type: float32 for tomograms and density maps, the type of the data for features, and the smallest unsigned
     * type that holds all labels for segmentations; at least uint16 for instance and panoptic ones.
     * </ul>
     */
    public static VolumeOptions defaults() {
        return DEFAULTS;
    }

    /**
     * {@return these options with another Zarr version and chunk shape}
     *
     * @param wanted Zarr version and chunk shape; {@link ImageFormat#fitting} shortens chunks for small images
     */
    public VolumeOptions format(ImageFormat wanted) {
        return new VolumeOptions(wanted, levels, type, checksLabels, onExisting, further);
    }

    /**
     * {@return these options with another number of levels, each half as long as the previous one}
     *
     * @param wanted 1 to 30
     */
    public VolumeOptions levels(int wanted) {
        return new VolumeOptions(format, wanted, type, checksLabels, onExisting, further);
    }

    /**
     * {@return these options with another element type}
     *
     * @param wanted for images a floating-point type or the type of the data; for segmentations any type that holds all
     *     labels exactly
     */
    public VolumeOptions type(DataType wanted) {
        return new VolumeOptions(format, levels, wanted, checksLabels, onExisting, further);
    }

    /**
     * {@return these options without the check of labels against the configuration}
     *
     * <p>By default, labels that belong to no object are rejected, as are labels other than 0 and 1 in binary
     * segmentations. Python copick accepts both.
     */
    public VolumeOptions anyLabels() {
        return new VolumeOptions(format, levels, type, false, onExisting, further);
    }

    /**
     * {@return these options with another treatment of existing entities}
     *
     * @param wanted what to do if an entity with the key of the new one exists; by default {@link OnExisting#FAIL}
     */
    public VolumeOptions onExisting(OnExisting wanted) {
        return new VolumeOptions(format, levels, type, checksLabels, wanted, further);
    }

    /**
     * {@return these options with free-form {@code metadata} for the OME-NGFF entry}
     *
     * @param free texts, numbers, booleans, lists, maps and nulls, which are copied; or null for an entry whose metadata
     *     are null in version 2, as some Python functions write it
     * @throws IllegalArgumentException if a value is of another class
     */
    public VolumeOptions metadata(@Nullable Map<String, ? extends @Nullable Object> free) {
        Map<String, @Nullable Object> copy = free == null ? null : JsonTree.plainFields(JsonTree.object(free));
        return new VolumeOptions(
                format, levels, type, checksLabels, onExisting, Collections.singletonMap("metadata", copy));
    }

    @Override
    public String toString() {
        return format + (levels == null ? "" : ", " + levels + " levels")
                + (type == null ? "" : ", " + type) + (checksLabels ? "" : ", any labels") + ", "
                + onExisting;
    }
}
