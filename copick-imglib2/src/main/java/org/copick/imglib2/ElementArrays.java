package org.copick.imglib2;

import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import net.imglib2.img.basictypeaccess.DataAccess;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.basictypeaccess.array.DoubleArray;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.img.basictypeaccess.array.LongArray;
import net.imglib2.img.basictypeaccess.array.ShortArray;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.ByteType;
import net.imglib2.type.numeric.integer.GenericByteType;
import net.imglib2.type.numeric.integer.GenericIntType;
import net.imglib2.type.numeric.integer.GenericLongType;
import net.imglib2.type.numeric.integer.GenericShortType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.integer.LongType;
import net.imglib2.type.numeric.integer.ShortType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedIntType;
import net.imglib2.type.numeric.integer.UnsignedLongType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.DoubleType;
import net.imglib2.type.numeric.real.FloatType;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.Region;
import org.copick.zarr.ZarrArray;

/**
 * The Java arrays that keep the elements of a type of ImgLib2.
 *
 * @param <P> the class of the arrays, such as {@code float[]}
 * @param create creates an array of a length
 * @param reader reads a region of a stored array
 * @param access wraps an array for reading
 * @param tracked wraps an array so that changes are noticed
 * @param source gives the elements of an array of some shape to a writer
 */
record ElementArrays<P>(
        IntFunction<P> create,
        Reader<P> reader,
        Function<P, DataAccess> access,
        BiFunction<P, HeldCell<P>, DataAccess> tracked,
        BiFunction<P, long[], BoxSource> source) {
    private static final ElementArrays<byte[]> BYTES =
            new ElementArrays<>(byte[]::new, ZarrArray::read, ByteArray::new, TrackedArrays.Bytes::new, BoxSource::of);
    private static final ElementArrays<short[]> SHORTS = new ElementArrays<>(
            short[]::new, ZarrArray::read, ShortArray::new, TrackedArrays.Shorts::new, BoxSource::of);
    private static final ElementArrays<int[]> INTS =
            new ElementArrays<>(int[]::new, ZarrArray::read, IntArray::new, TrackedArrays.Ints::new, BoxSource::of);
    private static final ElementArrays<long[]> LONGS =
            new ElementArrays<>(long[]::new, ZarrArray::read, LongArray::new, TrackedArrays.Longs::new, BoxSource::of);
    private static final ElementArrays<float[]> FLOATS = new ElementArrays<>(
            float[]::new, ZarrArray::read, FloatArray::new, TrackedArrays.Floats::new, BoxSource::of);
    private static final ElementArrays<double[]> DOUBLES = new ElementArrays<>(
            double[]::new, ZarrArray::read, DoubleArray::new, TrackedArrays.Doubles::new, BoxSource::of);

    /** Reads a region of a stored array into a Java array. */
    @FunctionalInterface
    interface Reader<P> {
        void read(ZarrArray array, Region region, P into);
    }

    /** Returns the arrays of a type. */
    static ElementArrays<?> of(NativeType<?> type) {
        if (type instanceof GenericByteType) {
            return BYTES;
        } else if (type instanceof GenericShortType) {
            return SHORTS;
        } else if (type instanceof GenericIntType) {
            return INTS;
        } else if (type instanceof GenericLongType) {
            return LONGS;
        } else if (type instanceof FloatType) {
            return FLOATS;
        } else if (type instanceof DoubleType) {
            return DOUBLES;
        }
        throw new IllegalArgumentException("images of " + type.getClass().getSimpleName()
                + " are not supported; choose an integer type of 8 to 64 bits, FloatType or DoubleType");
    }

    /** Returns a new element of the type that holds a stored type exactly. */
    static NativeType<?> typeOf(DataType stored) {
        return switch (stored) {
            case BOOL, UINT8 -> new UnsignedByteType();
            case INT8 -> new ByteType();
            case INT16 -> new ShortType();
            case UINT16 -> new UnsignedShortType();
            case INT32 -> new IntType();
            case UINT32 -> new UnsignedIntType();
            case INT64 -> new LongType();
            case UINT64 -> new UnsignedLongType();
            case FLOAT16, FLOAT32 -> new FloatType();
            case FLOAT64 -> new DoubleType();
        };
    }

    /** Returns whether a type holds every number of a stored type; floating-point types hold all, perhaps rounded. */
    static boolean holds(RealType<?> type, DataType stored) {
        if (type instanceof FloatType || type instanceof DoubleType) {
            return true;
        }
        RealType<?> exact = (RealType<?>) typeOf(stored);
        return !stored.isFloat()
                && type.getMinValue() <= exact.getMinValue()
                && type.getMaxValue() >= exact.getMaxValue();
    }

    /** Reads a box into a new array. */
    P read(ZarrArray array, Region box) {
        P elements = create.apply((int) box.size());
        reader.read(array, box, elements);
        return elements;
    }
}
