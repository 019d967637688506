package org.copick;

import org.copick.zarr.Region;

/**
 * An entity that is a volume: a tomogram, features or a segmentation. Elements are in C order of z, y, x, or of one more axis
 * and these.
 */
public sealed interface VolumeEntity permits Tomogram, Features, Segmentation {
    /** The image, with all its levels. Reads its metadata the first time. */
    Volume volume();

    /**
     * A level of the image; 0 is the full resolution.
     *
     * @throws org.copick.error.NotFoundException when there is no such level
     */
    default Level level(int index) {
        return volume().level(index);
    }

    /**
     * One plane of the full resolution as floats, in C order of the remaining axes.
     *
     * @param axis the axis that the plane is cut across
     * @param index which plane, from 0
     * @throws IllegalArgumentException when there is no such axis or plane
     */
    default float[] plane(Axis axis, long index) {
        return level(0).plane(axis, index);
    }

    /** Replaces the volume as a whole, with {@linkplain VolumeOptions#defaults() the usual options}. */
    default void write(VolumeData data) {
        write(data, VolumeOptions.defaults());
    }

    /**
     * Replaces the volume as a whole, whatever others have written meanwhile; see {@link Entity}.
     *
     * @throws org.copick.error.InvalidDataException for elements that it may not hold; nothing changes then
     * @throws org.copick.error.ReadOnlyException in a read-only layer
     */
    void write(VolumeData data, VolumeOptions options);

    /** Changes a box of the full resolution, with {@linkplain VolumeOptions#defaults() the usual options}. */
    default void writeRegion(Region region, VolumeData data) {
        writeRegion(region, data, VolumeOptions.defaults());
    }

    /** Changes a box of the full resolution; the elements are of type uint8. */
    default void writeRegion(Region region, byte[] elements) {
        writeRegion(region, VolumeData.of(elements, region.shape()));
    }

    /** Changes a box of the full resolution; the elements are of type int32. */
    default void writeRegion(Region region, int[] elements) {
        writeRegion(region, VolumeData.of(elements, region.shape()));
    }

    /** Changes a box of the full resolution; the elements are of type float32. */
    default void writeRegion(Region region, float[] elements) {
        writeRegion(region, VolumeData.of(elements, region.shape()));
    }

    /**
     * Changes a box of the full resolution. Costs as much as the chunks that the box touches, each of which takes effect as a
     * whole; other levels follow when {@link #updateLevels} is called. Type, layout and codecs of the array stay.
     *
     * @param region in level 0: z, y, x, or one more axis and these
     * @param data as many elements as the box has, in its shape: of the type of the array, which may be another one for labels
     *     and for floating-point arrays
     * @param options of which only {@link VolumeOptions#anyLabels} counts
     * @throws IllegalArgumentException when the box is not within level 0, or the data have another shape
     * @throws org.copick.error.InvalidDataException for elements that the entity or its array may not hold; nothing is changed
     *     then
     * @throws org.copick.error.ReadOnlyException in a read-only layer
     */
    void writeRegion(Region region, VolumeData data, VolumeOptions options);

    /**
     * Brings the other levels up to date with level 0, all of them.
     *
     * @throws org.copick.error.UnsupportedFeatureException when a level is not half as long as the one before
     */
    default void updateLevels() {
        updateLevels(Region.all(level(0).shape()));
    }

    /**
     * Brings the other levels up to date with a changed box of level 0. Costs as much as their chunks that this touches.
     *
     * @throws IllegalArgumentException when the box is not within level 0
     * @throws org.copick.error.ReadOnlyException in a read-only layer
     */
    void updateLevels(Region changed);
}
