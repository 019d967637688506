package org.copick;

import java.util.Arrays;
import java.util.Objects;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.Region;

/**
 * The full-resolution elements of a volume to write, in an array or from a source that may exceed memory.
 *
 * <p>Elements are in C order of z, y, x, or of one more axis followed by these. Arrays are not copied; do not change
 * them until the volume is written.
 */
public final class VolumeData {
    private final long[] shape;
    private final DataType type;
    private final BoxSource source;

    private VolumeData(DataType type, BoxSource source, long[] shape) {
        if (shape.length < 3 || shape.length > 4 || Arrays.stream(shape).anyMatch(length -> length < 1)) {
            throw new IllegalArgumentException("a volume cannot have the shape " + Arrays.toString(shape)
                    + "; the axes are z, y, x, or one other axis and these, and every length is at least 1");
        }
        this.shape = shape.clone();
        this.type = type;
        this.source = source;
    }

    /**
     * Creates data from a source.
     *
     * <p>Labels are read twice, the first time to check whether they are allowed and which type holds them.
     *
     * @param type the type of the elements
     * @param source returns the elements in {@code type}, little-endian
     * @param shape z, y, x, or one more axis followed by these
     * @return the data, which are read when a volume is written
     * @throws IllegalArgumentException if the shape does not have 3 or 4 positive lengths
     */
    public static VolumeData of(DataType type, BoxSource source, long... shape) {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(type, "type");
        return new VolumeData(type, source, shape);
    }

    /**
     * Creates data of type float32.
     *
     * @param elements the elements in C order
     * @param shape the number of elements along z, y and x, or along one more axis followed by these
     * @return the data
     * @throws IllegalArgumentException if the array does not have this shape, or a volume cannot have it
     */
    public static VolumeData of(float[] elements, long... shape) {
        return of(DataType.FLOAT32, BoxSource.of(elements, shape), shape);
    }

    /**
     * Creates data of type float64.
     *
     * @param elements the elements in C order
     * @param shape the number of elements along z, y and x, or along one more axis followed by these
     * @return the data
     * @throws IllegalArgumentException if the array does not have this shape, or a volume cannot have it
     */
    public static VolumeData of(double[] elements, long... shape) {
        return of(DataType.FLOAT64, BoxSource.of(elements, shape), shape);
    }

    /**
     * Creates data of type uint8, with values from 0 to 255.
     *
     * @param elements the elements in C order, as unsigned bytes
     * @param shape the number of elements along z, y and x, or along one more axis followed by these
     * @return the data
     * @throws IllegalArgumentException if the array does not have this shape, or a volume cannot have it
     */
    public static VolumeData of(byte[] elements, long... shape) {
        return of(DataType.UINT8, BoxSource.of(elements, shape), shape);
    }

    /**
     * Creates data of type int16. For uint16 use {@link #of(DataType, BoxSource, long...)}.
     *
     * @param elements the elements in C order
     * @param shape the number of elements along z, y and x, or along one more axis followed by these
     * @return the data
     * @throws IllegalArgumentException if the array does not have this shape, or a volume cannot have it
     */
    public static VolumeData of(short[] elements, long... shape) {
        return of(DataType.INT16, BoxSource.of(elements, shape), shape);
    }

    /**
     * Creates data of type int32.
     *
     * @param elements the elements in C order
     * @param shape the number of elements along z, y and x, or along one more axis followed by these
     * @return the data
     * @throws IllegalArgumentException if the array does not have this shape, or a volume cannot have it
     */
    public static VolumeData of(int[] elements, long... shape) {
        return of(DataType.INT32, BoxSource.of(elements, shape), shape);
    }

    /**
     * Creates data of type int64.
     *
     * @param elements the elements in C order
     * @param shape the number of elements along z, y and x, or along one more axis followed by these
     * @return the data
     * @throws IllegalArgumentException if the array does not have this shape, or a volume cannot have it
     */
    public static VolumeData of(long[] elements, long... shape) {
        return of(DataType.INT64, BoxSource.of(elements, shape), shape);
    }

    /**
     * Creates data from a level of another volume, in its stored type.
     *
     * @param level the level, which is read when the data are written
     * @return the data, in the shape of the level
     */
    public static VolumeData of(Level level) {
        return of(level.dataType(), BoxSource.of(level.array()), level.shape());
    }

    /**
     * Creates zeros of type uint8, such as an empty segmentation to paint on.
     *
     * @param shape the number of elements along z, y and x, or along one more axis followed by these
     * @return the data, which need no memory
     * @throws IllegalArgumentException if a volume cannot have this shape
     */
    public static VolumeData zeros(long... shape) {
        return of(DataType.UINT8, BoxSource.zeros(), shape);
    }

    /** {@return the number of elements along z, y and x, or along one more axis followed by these} */
    public long[] shape() {
        return shape.clone();
    }

    /** {@return the type of the elements} */
    public DataType type() {
        return type;
    }

    /** {@return the source of the elements, which are little-endian} */
    public BoxSource source() {
        return source;
    }

    /** Returns the region of all elements. */
    Region all() {
        return Region.all(shape);
    }

    /** Returns these elements rounded to the nearest value of another type, which must be a floating-point type. */
    VolumeData as(DataType wanted) {
        return wanted == type ? this : of(wanted, Conversion.toDecimals(source, type, wanted), shape);
    }

    /** {@return the type and the shape} */
    @Override
    public String toString() {
        return type + " " + Arrays.toString(shape);
    }
}
