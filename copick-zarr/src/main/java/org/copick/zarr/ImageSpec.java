package org.copick.zarr;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An image that is to be written.
 *
 * @param shape elements along z, y and x, or along a leading axis and these
 * @param type the type of elements
 * @param voxelSize the size of a voxel of level 0 along z, y and x, in Å
 * @param levels how many levels, at least 1
 * @param downscaling how coarser levels are made
 * @param leading the axis before z, y and x, where there is one
 * @param leadingInOneShard whether a shard holds all of the leading axis, or one element of it
 * @param further further fields of the OME-NGFF entry: its free {@code metadata}, as text, number, boolean, list, map, or null,
 *     which version 2 writes as such, as some Python functions do; usually none
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
            throw new IllegalArgumentException(levels + " levels; from 1 to 30 are possible");
        }
        if (!(voxelSize > 0) || Double.isInfinite(voxelSize)) {
            throw new IllegalArgumentException("a voxel size of " + voxelSize + " Å");
        }
    }

    /** A tomogram: levels by the mean. */
    public static ImageSpec tomogram(long[] shape, DataType type, double voxelSize, int levels) {
        Objects.requireNonNull(type, "type");
        return new ImageSpec(shape, type, voxelSize, levels, Downscaling.MEAN, Optional.empty(), false, Map.of());
    }

    /** A label image: levels by taking the nearest. */
    public static ImageSpec labels(long[] shape, DataType type, double voxelSize, int levels) {
        Objects.requireNonNull(type, "type");
        return new ImageSpec(shape, type, voxelSize, levels, Downscaling.NEAREST, Optional.empty(), false, Map.of());
    }
}
