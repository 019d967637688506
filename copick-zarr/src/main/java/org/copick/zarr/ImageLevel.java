package org.copick.zarr;

import java.util.Objects;
import java.util.Optional;

/**
 * A level that is there already, such as one of an image that is copied.
 *
 * @param shape elements along each axis
 * @param scale the size of a voxel along each axis, where it is known
 * @param source where its elements come from
 */
@SuppressWarnings("ArrayRecordComponent") // a description, never compared
public record ImageLevel(long[] shape, Optional<double[]> scale, BoxSource source) {
    public ImageLevel {
        Objects.requireNonNull(scale, "scale");
        Objects.requireNonNull(shape, "shape");
        Objects.requireNonNull(source, "source");
    }
}
