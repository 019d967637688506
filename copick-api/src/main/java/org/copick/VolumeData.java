package org.copick;

import java.util.Arrays;
import java.util.Objects;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.Region;

/**
 * The full resolution of a volume that is to be written: elements in C order of z, y, x (or of one more axis and these), in
 * an array or from a source that need not fit into memory. Arrays are not copied; leave them as they are until the volume is
 * written.
 */
public final class VolumeData {
    private final long[] shape;
    private final DataType type;
    private final BoxSource source;

    private VolumeData(DataType type, BoxSource source, long[] shape) {
        if (shape.length < 3 || shape.length > 4 || Arrays.stream(shape).anyMatch(length -> length < 1)) {
            throw new IllegalArgumentException("a volume of shape " + Arrays.toString(shape)
                    + "; volumes have z, y and x, or one more axis and these, and at least one voxel");
        }
        this.shape = shape.clone();
        this.type = type;
        this.source = source;
    }

    /**
     * Elements from anywhere. Labels are read twice: the first time to see whether they are possible and which type holds
     * them.
     *
     * @param source gives them in {@code type}, little-endian
     */
    public static VolumeData of(DataType type, BoxSource source, long... shape) {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(type, "type");
        return new VolumeData(type, source, shape);
    }

    /** Elements of type float32. */
    public static VolumeData of(float[] elements, long... shape) {
        return of(DataType.FLOAT32, BoxSource.of(elements, shape), shape);
    }

    /** Elements of type float64. */
    public static VolumeData of(double[] elements, long... shape) {
        return of(DataType.FLOAT64, BoxSource.of(elements, shape), shape);
    }

    /** Elements of type uint8: 0 to 255. */
    public static VolumeData of(byte[] elements, long... shape) {
        return of(DataType.UINT8, BoxSource.of(elements, shape), shape);
    }

    /** Elements of type int16; uint16 ones are made by {@link #of(DataType, BoxSource, long...)}. */
    public static VolumeData of(short[] elements, long... shape) {
        return of(DataType.INT16, BoxSource.of(elements, shape), shape);
    }

    /** Elements of type int32. */
    public static VolumeData of(int[] elements, long... shape) {
        return of(DataType.INT32, BoxSource.of(elements, shape), shape);
    }

    /** Elements of type int64. */
    public static VolumeData of(long[] elements, long... shape) {
        return of(DataType.INT64, BoxSource.of(elements, shape), shape);
    }

    /** The elements of a level of another volume, in the type they are stored in. */
    public static VolumeData of(Level level) {
        return of(level.dataType(), BoxSource.of(level.array()), level.shape());
    }

    /** Zeros of type uint8, such as a segmentation to be painted on. */
    public static VolumeData zeros(long... shape) {
        return of(DataType.UINT8, BoxSource.zeros(), shape);
    }

    /** Elements along z, y and x, or along one more axis and these. */
    public long[] shape() {
        return shape.clone();
    }

    public DataType type() {
        return type;
    }

    /** Gives the elements, little-endian. */
    public BoxSource source() {
        return source;
    }

    /** All of it as a region. */
    Region all() {
        return Region.all(shape);
    }

    /** The same numbers as elements of another type, which must be a floating-point one: the nearest it has. */
    VolumeData as(DataType wanted) {
        return wanted == type ? this : of(wanted, Conversion.toDecimals(source, type, wanted), shape);
    }

    /** Type and shape. */
    @Override
    public String toString() {
        return type + " " + Arrays.toString(shape);
    }
}
