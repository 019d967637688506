package org.copick;

import org.copick.zarr.Region;

/**
 * An entity that is a volume: a tomogram, features or a segmentation.
 *
 * <p>Elements are in C order of z, y, x, or of one more axis followed by these.
 */
public sealed interface VolumeEntity permits Tomogram, Features, Segmentation {
    /** {@return whether the entity lies in a read-only layer} */
    boolean readOnly();

    /** {@return the path or URL of the image} */
    String location();

    /** {@return the voxel size of the full resolution in Å, as in the entity's key: rounded to three decimals} */
    double voxelSize();

    /** {@return the image with all its levels} Reads its metadata on first use. */
    Volume volume();

    /**
     * {@return a level of the image}
     *
     * @param index the number of the level; 0 is the full resolution
     * @throws org.copick.error.NotFoundException if there is no such level
     */
    default Level level(int index) {
        return volume().level(index);
    }

    /**
     * Reads one plane of the full resolution as floats, in C order of the remaining axes.
     *
     * @param axis the axis perpendicular to the plane
     * @param index the position of the plane along the axis, from 0
     * @return the elements of the plane
     * @throws IllegalArgumentException if there is no such axis or plane
     */
    default float[] plane(Axis axis, long index) {
        return level(0).plane(axis, index);
    }

    /**
     * Replaces the whole volume, with {@linkplain VolumeOptions#defaults() the default options}.
     *
     * <p>See {@link #write(VolumeData, VolumeOptions)}.
     *
     * @param data the new elements: z, y, x, or one more axis followed by these
     */
    default void write(VolumeData data) {
        write(data, VolumeOptions.defaults());
    }

    /**
     * Replaces the whole volume, even if other programs have written it in the meantime; see {@link Entity}.
     *
     * @param data the new elements: z, y, x, or one more axis followed by these
     * @param options format, levels, element type and checks; {@link VolumeOptions#onExisting} has no effect
     * @throws org.copick.error.InvalidDataException if an element is not allowed; the volume does not change then
     * @throws org.copick.error.ReadOnlyException if this entity lies in a read-only layer
     */
    void write(VolumeData data, VolumeOptions options);

    /**
     * Writes a box of the full resolution, with {@linkplain VolumeOptions#defaults() the default options}.
     *
     * <p>See {@link #writeRegion(Region, VolumeData, VolumeOptions)}.
     *
     * @param region a box of level 0: z, y, x, or one more axis followed by these
     * @param data elements in the shape of the box
     */
    default void writeRegion(Region region, VolumeData data) {
        writeRegion(region, data, VolumeOptions.defaults());
    }

    /**
     * Writes a box of the full resolution from elements of type uint8.
     *
     * <p>See {@link #writeRegion(Region, VolumeData, VolumeOptions)}.
     *
     * @param region a box of level 0: z, y, x, or one more axis followed by these
     * @param elements the elements of the box in C order, as unsigned bytes
     */
    default void writeRegion(Region region, byte[] elements) {
        writeRegion(region, VolumeData.of(elements, region.shape()));
    }

    /**
     * Writes a box of the full resolution from elements of type int32.
     *
     * <p>See {@link #writeRegion(Region, VolumeData, VolumeOptions)}.
     *
     * @param region a box of level 0: z, y, x, or one more axis followed by these
     * @param elements the elements of the box in C order
     */
    default void writeRegion(Region region, int[] elements) {
        writeRegion(region, VolumeData.of(elements, region.shape()));
    }

    /**
     * Writes a box of the full resolution from elements of type float32.
     *
     * <p>See {@link #writeRegion(Region, VolumeData, VolumeOptions)}.
     *
     * @param region a box of level 0: z, y, x, or one more axis followed by these
     * @param elements the elements of the box in C order
     */
    default void writeRegion(Region region, float[] elements) {
        writeRegion(region, VolumeData.of(elements, region.shape()));
    }

    /**
     * Writes a box of the full resolution.
     *
     * <p>Costs as much as the chunks that the box touches. Each of these is replaced as a whole. The other levels do
     * not change until {@link #updateLevels} is called. Type, layout and codecs of the array stay the same.
     *
     * @param region a box of level 0: z, y, x, or one more axis followed by these
     * @param data elements in the shape of the box and in the type of the array; labels, and elements for a
     *     floating-point array, may have another type
     * @param options only {@link VolumeOptions#anyLabels} has an effect
     * @throws IllegalArgumentException if the box is not within level 0, or the data have another shape
     * @throws org.copick.error.InvalidDataException if the entity or its array cannot hold an element, or the box has
     *     more than 2 GiB; nothing is written then
     * @throws org.copick.error.ReadOnlyException if this entity lies in a read-only layer
     */
    void writeRegion(Region region, VolumeData data, VolumeOptions options);

    /**
     * Recomputes all other levels from level 0.
     *
     * @throws org.copick.error.UnsupportedFeatureException if a level is not half as long as the previous one
     */
    default void updateLevels() {
        updateLevels(Region.all(level(0).shape()));
    }

    /**
     * Recomputes the part of the other levels that depends on a changed box of level 0.
     *
     * <p>Costs as much as the chunks of those levels that this part touches.
     *
     * @param changed the changed box of level 0: z, y, x, or one more axis followed by these
     * @throws IllegalArgumentException if the box is not within level 0
     * @throws org.copick.error.UnsupportedFeatureException if a level is not half as long as the previous one
     * @throws org.copick.error.ReadOnlyException if this entity lies in a read-only layer
     */
    void updateLevels(Region changed);
}
