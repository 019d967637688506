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
 * One resolution level of a {@link Volume}.
 *
 * <p>Regions are read into arrays in C order of the axes, so x varies fastest. The arrays belong to the caller, which
 * need not know how the data are chunked.
 *
 * <p>A region, plane or axis outside the level is an error of the caller: every method that takes one, for reading or
 * writing, throws an {@link IllegalArgumentException} and reads or writes nothing. {@link #shape} returns the limits.
 */
public final class Level {
    /** Elements of the longest array that every JVM can create. */
    private static final int LONGEST = Integer.MAX_VALUE - 16;

    private final String path;
    private final Source source;
    private final Multiscale.@Nullable Dataset dataset;
    private final Lazy<Opened> opened;

    /**
     * Creates a level whose array is opened on first use.
     *
     * @param dataset the level's entry in the image metadata, or null if there are no metadata
     */
    Level(Source source, String path, Multiscale.@Nullable Dataset dataset) {
        this.path = path;
        this.source = source;
        this.dataset = dataset;
        this.opened = new Lazy<>(this::open);
    }

    /**
     * The image that a level belongs to.
     *
     * @param keepsLeading whether to keep an axis before z, y and x even if it has only one element
     */
    record Source(ZarrGroup group, @Nullable Multiscale image, boolean keepsLeading) {}

    private record Opened(ImageAxes axes, ZarrArray array, int storedRank) {}

    /** {@return the path of the array in the volume, such as {@code 0}} */
    public String path() {
        return path;
    }

    /**
     * {@return the size of a voxel along each axis in Å, combining all scales in the metadata}
     *
     * <p>Sizes without a unit are taken as Å. Empty if the metadata contain no scale.
     *
     * @throws org.copick.error.UnsupportedFeatureException if the unit is unknown
     */
    public Optional<double[]> scale() {
        if (source.image() == null || dataset == null) {
            return Optional.empty();
        }
        return source.image().voxelSize(dataset).map(this::arranged);
    }

    /** Returns the scale that the metadata give for this level in particular, in the units of the metadata. */
    Optional<double[]> ownScale() {
        return dataset == null || !dataset.hasOwnScale()
                ? Optional.empty()
                : dataset.scale().map(this::arranged);
    }

    /** Returns the product of the scale along all axes, or 1 without a scale. */
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

    /**
     * {@return the number of elements along each axis: z, y, x, or channel, z, y, x}
     *
     * <p>Axes that are stored in another order are rearranged.
     */
    public long[] shape() {
        return array().shape();
    }

    /** {@return the stored type of the elements} */
    public DataType dataType() {
        return array().dataType();
    }

    /**
     * Reads the whole level as floats.
     *
     * <p>Integer types of up to 16 bits convert exactly; for other types see {@link ZarrArray}.
     *
     * @return the elements in C order of the axes
     */
    public float[] readFloats() {
        return readFloats(Region.all(shape()));
    }

    /**
     * Reads a box of this level as floats.
     *
     * @param region the box to read: z, y, x, or channel, z, y, x
     * @return the elements of the box in C order
     * @throws IllegalArgumentException if the box is not within this level
     */
    public float[] readFloats(Region region) {
        return array().readFloats(region);
    }

    /**
     * Reads the whole level as labels: whole numbers.
     *
     * @return the labels in C order of the axes
     * @throws IllegalArgumentException if the level has more elements than an array can hold, or the stored type has
     *     numbers that do not fit an int; use {@link #read(Region, long[])}
     */
    public int[] readLabels() {
        return readLabels(Region.all(shape()));
    }

    /**
     * Reads a box of this level as labels: whole numbers.
     *
     * @param region the box to read: z, y, x, or channel, z, y, x
     * @return the labels of the box in C order
     * @throws IllegalArgumentException if the box is not within this level or has more elements than an array can hold,
     *     or the stored type has numbers that do not fit an int; use {@link #read(Region, long[])}
     */
    public int[] readLabels(Region region) {
        int[] labels = new int[room(region)];
        read(region, labels);
        return labels;
    }

    /**
     * Reads a box into an array that has room for all its elements. {@link ZarrArray} lists which types convert to
     * which.
     *
     * @param region the box to read: z, y, x, or channel, z, y, x
     * @param into receives the elements of the box from index 0 on, in C order
     * @throws IllegalArgumentException if the box is not within this level or has more elements than the array, or if
     *     the stored type has numbers that the array cannot hold
     */
    public void read(Region region, float[] into) {
        array().read(region, into);
    }

    /**
     * Reads a box into an array with room for all its elements, like {@link #read(Region, float[])}.
     *
     * @param region the box to read: z, y, x, or channel, z, y, x
     * @param into receives the elements of the box from index 0 on, in C order
     */
    public void read(Region region, double[] into) {
        array().read(region, into);
    }

    /**
     * Reads a box into an array with room for all its elements, like {@link #read(Region, float[])}.
     *
     * @param region the box to read: z, y, x, or channel, z, y, x
     * @param into receives the elements of the box from index 0 on, in C order
     */
    public void read(Region region, long[] into) {
        array().read(region, into);
    }

    /**
     * Reads a box into an array with room for all its elements, like {@link #read(Region, float[])}.
     *
     * @param region the box to read: z, y, x, or channel, z, y, x
     * @param into receives the elements of the box from index 0 on, in C order
     */
    public void read(Region region, int[] into) {
        array().read(region, into);
    }

    /**
     * Reads a box into an array with room for all its elements, like {@link #read(Region, float[])}.
     *
     * @param region the box to read: z, y, x, or channel, z, y, x
     * @param into receives the elements of the box from index 0 on, in C order
     */
    public void read(Region region, short[] into) {
        array().read(region, into);
    }

    /**
     * Reads a box into an array with room for all its elements, like {@link #read(Region, float[])}.
     *
     * @param region the box to read: z, y, x, or channel, z, y, x
     * @param into receives the elements of the box from index 0 on, in C order
     */
    public void read(Region region, byte[] into) {
        array().read(region, into);
    }

    private int room(Region region) {
        array().requireInside(region);
        if (region.size() > LONGEST) {
            throw new IllegalArgumentException(
                    "region " + region + " has more elements than a Java array can hold; read it in parts");
        }
        return (int) region.size();
    }

    /**
     * Reads one plane as floats, in C order of the remaining axes.
     *
     * @param axis the axis perpendicular to the plane
     * @param index the position of the plane along the axis, from 0
     * @return the elements of the plane
     * @throws IllegalArgumentException if the level does not have this axis or the index is outside it
     */
    public float[] plane(Axis axis, long index) {
        return readFloats(planeRegion(axis, index));
    }

    /**
     * {@return the region of one plane}
     *
     * @param axis the axis perpendicular to the plane
     * @param index the position of the plane along the axis, from 0
     * @throws IllegalArgumentException if the level does not have this axis or the index is outside it
     */
    public Region planeRegion(Axis axis, long index) {
        long[] shape = shape();
        int across = axisIndex(axis);
        if (index < 0 || index >= shape[across]) {
            throw new IllegalArgumentException("no plane " + axis.name().toLowerCase(Locale.ROOT) + " = " + index
                    + " in " + array().location() + "; it has " + shape[across] + " planes, counted from 0");
        }
        return Region.plane(shape, across, index);
    }

    /**
     * {@return the array of this level, which gives access to its element type, chunk layout and attributes}
     *
     * <p>Its axes are arranged in the order z, y, x. Axes before these that have one element, such as time, are
     * dropped.
     */
    public ZarrArray array() {
        return opened.get().array();
    }

    /** {@return the axes of {@link #array} and how they were determined} */
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
                        "the level \"" + path + "\" named in the metadata of " + group.location() + " is missing"));
        if (!(node instanceof ZarrArray array)) {
            throw new CorruptDataException("the level \"" + path + "\" of " + group.location() + " is not an array");
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

    /** {@return the location of this level} Reads nothing. */
    @Override
    public String toString() {
        return source.group().location() + "/" + path;
    }
}
