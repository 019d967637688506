package org.copick.zarr;

import java.util.Objects;
import java.util.Optional;

/**
 * An existing level to write, such as one of an image that is copied.
 *
 * @param shape the number of elements along each axis
 * @param scale the size of a voxel along each axis, in Å along z, y and x; if empty, the image's voxel size is used,
 *     doubled for each level after the first
 * @param source the source of its elements
 */
@SuppressWarnings("ArrayRecordComponent") // a description, never compared
public record ImageLevel(long[] shape, Optional<double[]> scale, BoxSource source) {
    /**
     * Creates a description.
     *
     * @param shape the number of elements along each axis, not copied
     * @param scale the size of a voxel along each axis, not copied; or empty
     * @param source the source of its elements
     */
    public ImageLevel {
        Objects.requireNonNull(scale, "scale");
        Objects.requireNonNull(shape, "shape");
        Objects.requireNonNull(source, "source");
    }
}
