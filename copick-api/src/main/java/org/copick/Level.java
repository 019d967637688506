package org.copick;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.copick.error.CorruptDataException;
import org.copick.zarr.DataType;
import org.copick.zarr.ImageAxes;
import org.copick.zarr.Multiscale;
import org.copick.zarr.Region;
import org.copick.zarr.ZarrArray;
import org.copick.zarr.ZarrGroup;
import org.copick.zarr.ZarrNode;
import org.jspecify.annotations.Nullable;

/**
 * One resolution of a {@link Volume}. Regions of it are read into arrays that the caller owns, in C order of the axes,
 * so x varies fastest; how the data are chunked does not matter to the caller.
 *
 * <p>A region, plane or axis that the level does not have is a mistake of the caller, which {@link #shape} avoids: it is an
 * {@link IllegalArgumentException} wherever regions are taken, in reading as in writing, and nothing is read or written.
 */
public final class Level {
    private final String path;
    private final Source source;
    private final Multiscale.@Nullable Dataset dataset;
    private final Lazy<Opened> opened;

    /**
     * Prepares a level, which is opened when it is first used.
     *
     * @param dataset what the metadata say of it, null without metadata
     */
    Level(Source source, String path, Multiscale.@Nullable Dataset dataset) {
        this.path = path;
        this.source = source;
        this.dataset = dataset;
        this.opened = new Lazy<>(this::open);
    }

    /**
     * The image that a level is of.
     *
     * @param keepsLeading whether an axis before z, y and x is kept although it has one element
     */
    record Source(ZarrGroup group, @Nullable Multiscale image, boolean keepsLeading) {}

    private record Opened(ImageAxes axes, ZarrArray array, int storedRank) {}

    /** The array's path in the volume, such as {@code 0}. */
    public String path() {
        return path;
    }

    /**
     * The size of a voxel along each axis in Å, by all that the metadata say; empty when they say nothing. Without a unit Å is
     * assumed.
     *
     * @throws org.copick.error.UnsupportedFeatureException for a unit that is not known
     */
    public Optional<double[]> scale() {
        if (source.image() == null || dataset == null) {
            return Optional.empty();
        }
        return source.image().voxelSize(dataset).map(this::arranged);
    }

    /** The scale by which the metadata tell this level from others, in the units that they name. */
    Optional<double[]> ownScale() {
        return dataset == null || !dataset.hasOwnScale()
                ? Optional.empty()
                : dataset.scale().map(this::arranged);
    }

    /** The product of the scale along all axes; 1 without one. */
    double voxel() {
        return dataset == null ? 1 : dataset.voxel();
    }

    private double[] arranged(double[] stored) {
        List<Multiscale.Axis> axes =
                source.image() == null ? List.of() : source.image().axes();
        if (ImageAxes.areUsual(axes)) {
            return stored;
        }
        int rank = opened.get().storedRank();
        if (stored.length != rank) {
            throw new CorruptDataException("the metadata of " + source.group().location() + " give a scale of "
                    + stored.length + " numbers for " + rank + " dimensions");
        }
        return opened.get().axes().arrange(stored);
    }

    /** How many elements along each axis: z, y, x, or channel, z, y, x, also where the axes are stored in another order. */
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

    /**
     * A box of this level as floats.
     *
     * @throws IllegalArgumentException when the box is not within this level
     */
    public float[] readFloats(Region region) {
        return array().readFloats(region);
    }

    /**
     * All of this level as labels: whole numbers.
     *
     * @throws IllegalArgumentException for a type whose numbers an int does not hold; see {@link #read(Region, long[])}
     */
    public int[] readLabels() {
        return readLabels(Region.all(shape()));
    }

    /** A box of this level as labels: whole numbers. */
    public int[] readLabels(Region region) {
        int[] labels = new int[room(region)];
        read(region, labels);
        return labels;
    }

    /**
     * Reads a box into an array with room for all its elements; {@link ZarrArray} says which types convert to which.
     *
     * @throws IllegalArgumentException when the box is not within this level, has more elements than there is room for, or its
     *     elements may not fit
     */
    public void read(Region region, float[] into) {
        array().read(region, into);
    }

    /** Reads a box into an array with room for all its elements, like {@link #read(Region, float[])}. */
    public void read(Region region, double[] into) {
        array().read(region, into);
    }

    /** Reads a box into an array with room for all its elements, like {@link #read(Region, float[])}. */
    public void read(Region region, long[] into) {
        array().read(region, into);
    }

    /** Reads a box into an array with room for all its elements, like {@link #read(Region, float[])}. */
    public void read(Region region, int[] into) {
        array().read(region, into);
    }

    /** Reads a box into an array with room for all its elements, like {@link #read(Region, float[])}. */
    public void read(Region region, short[] into) {
        array().read(region, into);
    }

    /** Reads a box into an array with room for all its elements, like {@link #read(Region, float[])}. */
    public void read(Region region, byte[] into) {
        array().read(region, into);
    }

    private int room(Region region) {
        array().requireInside(region);
        return Math.toIntExact(region.size());
    }

    /**
     * One plane as floats, in C order of the remaining axes.
     *
     * @param axis the axis that the plane is cut across
     * @param index which plane
     * @throws IllegalArgumentException when the level has no such axis or the index is outside of it
     */
    public float[] plane(Axis axis, long index) {
        return readFloats(planeRegion(axis, index));
    }

    /**
     * The region of one plane.
     *
     * @throws IllegalArgumentException when the level has no such axis or the index is outside of it
     */
    public Region planeRegion(Axis axis, long index) {
        long[] shape = shape();
        int across = axisIndex(axis);
        if (index < 0 || index >= shape[across]) {
            throw new IllegalArgumentException("no plane " + axis.name().toLowerCase(Locale.ROOT) + " = " + index
                    + " in " + array().location() + "; it has " + shape[across] + ", counted from 0");
        }
        return Region.plane(shape, across, index);
    }

    /**
     * The array: every element type, chunk layout and attributes. Its axes are put in the order z, y, x, and those of one
     * element before these, such as time, are left out.
     */
    public ZarrArray array() {
        return opened.get().array();
    }

    /** The axes of {@link #array}, and how they were found. */
    public ImageAxes imageAxes() {
        return opened.get().axes();
    }

    private int axisIndex(Axis axis) {
        int index = axis.in(shape().length);
        if (index < 0) {
            throw new IllegalArgumentException("no axis " + axis.name().toLowerCase(Locale.ROOT) + " in "
                    + array().location() + ", which has " + shape().length + " dimensions");
        }
        return index;
    }

    private Opened open() {
        ZarrGroup group = source.group();
        ZarrNode node = group.member(path)
                .orElseThrow(() -> new CorruptDataException(
                        "the level \"" + path + "\" that the metadata of " + group.location() + " names is missing"));
        if (!(node instanceof ZarrArray array)) {
            throw new CorruptDataException("the level \"" + path + "\" of " + group.location() + " is no array");
        }
        List<Multiscale.Axis> named =
                source.image() == null ? List.of() : source.image().axes();
        int rank = array.shape().length;
        if (!named.isEmpty() && rank != named.size()) {
            throw new CorruptDataException("the level \"" + path + "\" of " + group.location() + " has " + rank
                    + " dimensions, but its metadata name " + named.size() + " axes");
        }
        ImageAxes axes = ImageAxes.of(named, array, source.keepsLeading());
        return new Opened(axes, axes.arrange(array), rank);
    }

    /** Where it is; reads nothing. */
    @Override
    public String toString() {
        return source.group().location() + "/" + path;
    }
}
