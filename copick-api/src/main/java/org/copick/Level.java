package org.copick;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.copick.error.CorruptDataException;
import org.copick.error.NotFoundException;
import org.copick.zarr.DataType;
import org.copick.zarr.Region;
import org.copick.zarr.ZarrArray;
import org.copick.zarr.ZarrGroup;
import org.copick.zarr.ZarrNode;
import org.jspecify.annotations.Nullable;

/**
 * One resolution of a {@link Volume}. Regions of it are read into arrays that the caller owns, in C order of the axes,
 * so x varies fastest; how the data are chunked does not matter to the caller.
 */
public final class Level {
    private final String path;
    private final double @Nullable [] scale;
    private final List<String> axes;
    private final Cached<ZarrArray> array;

    Level(ZarrGroup group, String path, double @Nullable [] scale, List<String> axes) {
        this.path = path;
        this.scale = scale;
        this.axes = axes;
        this.array = new Cached<>(() -> open(group, path, axes.size()));
    }

    /** The array's path in the volume, such as {@code 0}. */
    public String path() {
        return path;
    }

    /** The size of a voxel along each axis in the metadata's unit, Å in copick projects; empty when not said. */
    public Optional<double[]> scale() {
        return Optional.ofNullable(scale).map(double[]::clone);
    }

    /** How many elements along each axis: z, y, x, or channel, z, y, x. */
    public long[] shape() {
        return array().shape();
    }

    /** The stored type of the elements. */
    public DataType dataType() {
        return array().dataType();
    }

    /** All of this level as floats. Integer types of up to 16 bits convert exactly; see {@link ZarrArray}. */
    public float[] readFloats() {
        return readFloats(Region.all(shape()));
    }

    /** A box of this level as floats. */
    public float[] readFloats(Region region) {
        return array().readFloats(region);
    }

    /** Reads a box into an array with room for all its elements. */
    public void read(Region region, float[] into) {
        array().read(region, into);
    }

    /**
     * One plane as floats, in C order of the remaining axes.
     *
     * @param axis the axis that the plane is cut across: {@code z}, {@code y} or {@code x}
     * @param index which plane
     * @throws NotFoundException when the volume has no such axis or the index is outside of it
     */
    public float[] plane(String axis, long index) {
        return readFloats(planeRegion(axis, index));
    }

    /** The region of one plane. */
    public Region planeRegion(String axis, long index) {
        long[] shape = shape();
        int across = axisIndex(axis);
        if (index < 0 || index >= shape[across]) {
            throw new NotFoundException("no plane " + axis + " = " + index + "; this level has " + shape[across]);
        }
        return Region.plane(shape, across, index);
    }

    /** The array itself: every element type, chunk layout and attributes. */
    public ZarrArray array() {
        return array.get();
    }

    private int axisIndex(String axis) {
        List<String> names = axes.isEmpty() && shape().length == 3 ? List.of("z", "y", "x") : axes;
        int index = names.indexOf(axis.toLowerCase(Locale.ROOT));
        if (index < 0) {
            throw new NotFoundException("no axis " + axis + "; there are " + names);
        }
        return index;
    }

    private static ZarrArray open(ZarrGroup group, String path, int axes) {
        ZarrNode node = group.member(path)
                .orElseThrow(() -> new CorruptDataException(
                        "the level \"" + path + "\" that the metadata of " + group.location() + " names is missing"));
        if (!(node instanceof ZarrArray array)) {
            throw new CorruptDataException("the level \"" + path + "\" of " + group.location() + " is no array");
        }
        if (axes != 0 && array.shape().length != axes) {
            throw new CorruptDataException("the level \"" + path + "\" of " + group.location() + " has "
                    + array.shape().length + " dimensions, but its metadata name " + axes + " axes");
        }
        return array;
    }
}
