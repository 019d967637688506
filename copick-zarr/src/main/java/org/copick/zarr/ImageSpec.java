package org.copick.zarr;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The description of an image to write.
 *
 * @param shape the number of elements along z, y and x, or along a leading axis and these
 * @param type the type of elements
 * @param voxelSize the size of a voxel of level 0 along z, y and x, in Å
 * @param levels the number of levels, at least 1
 * @param downscaling the method for computing coarser levels
 * @param leading the axis before z, y and x, if any
 * @param leadingInOneShard whether a shard holds all of the leading axis, or one element of it
 * @param further further fields of the OME-NGFF entry; usually empty. Only its free {@code metadata} is used: a text,
 *     number, boolean, list, map, or null. Version 2 writes null as such, as some Python functions do
 */
@SuppressWarnings("ArrayRecordComponent") // a description, never compared
public record ImageSpec(
        long[] shape,
        DataType type,
        double voxelSize,
        int levels,
        Downscaling downscaling,
        Optional<Multiscale.Axis> leading,
        boolean leadingInOneShard,
        Map<String, @Nullable Object> further) {
    /**
     * Creates a description.
     *
     * @param shape three lengths, or four with a leading axis, each at least 1; not copied
     * @param type the type of elements
     * @param voxelSize a positive and finite number of Å
     * @param levels the number of levels, 1 to 30
     * @param downscaling the method for computing coarser levels
     * @param leading the axis before z, y and x; or empty
     * @param leadingInOneShard whether a shard holds all of the leading axis; ignored without one
     * @param further further fields of the OME-NGFF entry, or an empty map
     * @throws IllegalArgumentException for a shape, voxel size or number of levels that is not allowed
     */
    public ImageSpec {
        Objects.requireNonNull(downscaling, "downscaling");
        Objects.requireNonNull(further, "further");
        Objects.requireNonNull(type, "type");
        leadingInOneShard = leadingInOneShard && leading.isPresent();
        if (shape.length != (leading.isPresent() ? 4 : 3)) {
            throw new IllegalArgumentException("an image of shape " + Arrays.toString(shape)
                    + " cannot be written; images have z, y and x" + (leading.isPresent() ? " and one more axis" : ""));
        }
        if (Arrays.stream(shape).anyMatch(length -> length < 1)) {
            throw new IllegalArgumentException("an image of shape " + Arrays.toString(shape) + " has no voxels");
        }
        if (levels < 1 || levels > 30) {
            throw new IllegalArgumentException("an image cannot have " + levels + " levels; use 1 to 30");
        }
        if (!(voxelSize > 0) || Double.isInfinite(voxelSize)) {
            throw new IllegalArgumentException(
                    "invalid voxel size " + voxelSize + " Å: it must be positive and finite");
        }
    }

    /**
     * {@return the description of a tomogram, whose levels are computed by the mean}
     *
     * @param shape the number of elements along z, y and x
     * @param type the type of elements
     * @param voxelSize the size of a voxel of level 0 along z, y and x, in Å
     * @param levels the number of levels, 1 to 30
     * @throws IllegalArgumentException for a shape, voxel size or number of levels that an image cannot have
     */
    public static ImageSpec tomogram(long[] shape, DataType type, double voxelSize, int levels) {
        Objects.requireNonNull(type, "type");
        return new ImageSpec(shape, type, voxelSize, levels, Downscaling.MEAN, Optional.empty(), false, Map.of());
    }

    /**
     * {@return the description of a label image, whose levels keep the nearest label}
     *
     * @param shape the number of elements along z, y and x
     * @param type the type of elements
     * @param voxelSize the size of a voxel of level 0 along z, y and x, in Å
     * @param levels the number of levels, 1 to 30
     * @throws IllegalArgumentException for a shape, voxel size or number of levels that an image cannot have
     */
    public static ImageSpec labels(long[] shape, DataType type, double voxelSize, int levels) {
        Objects.requireNonNull(type, "type");
        return new ImageSpec(shape, type, voxelSize, levels, Downscaling.NEAREST, Optional.empty(), false, Map.of());
    }
}
