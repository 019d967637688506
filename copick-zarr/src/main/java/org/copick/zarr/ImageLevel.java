package org.copick.zarr;

import java.util.Objects;
import java.util.Optional;

/**
 * An existing level to write, such as one of an image that is copied.
 *
 * @param shape the number of elements along each axis
 * @param scale the size of a voxel along each axis, if known
 * @param source the source of its elements
 */
@SuppressWarnings("ArrayRecordComponent") // a description, never compared
public record ImageLevel(long[] shape, Optional<double[]> scale, BoxSource source) {
    public ImageLevel {
        Objects.requireNonNull(scale, "scale");
        Objects.requireNonNull(shape, "shape");
        Objects.requireNonNull(source, "source");
    }
}
