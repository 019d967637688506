package org.copick.imglib2;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Arrays;
import java.util.Optional;
import net.imglib2.img.Img;
import net.imglib2.img.NativeImg;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.DataAccess;
import net.imglib2.img.cell.Cell;
import net.imglib2.img.cell.LazyCellImg;
import net.imglib2.type.NativeType;
import net.imglib2.type.NativeTypeFactory;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import org.copick.Level;
import org.copick.Volume;
import org.copick.VolumeEntity;
import org.copick.error.ReadOnlyException;
import org.copick.zarr.ZarrArray;

/**
 * Opens tomograms, features and segmentations as images of ImgLib2.
 *
 * <pre>{@code
 * CopickImage<FloatType> image = CopickImages.openFloats(run.tomogram("wbp"));
 * RandomAccessibleInterval<FloatType> full = image.level(0); // x, y, z
 * }</pre>
 */
public final class CopickImages {
    /** Bytes of the largest box that is fetched at once. */
    static final long MOST_AT_ONCE = 64 << 20;

    private static final int SPACE = 3;

    private CopickImages() {}

    /**
     * {@return a volume as images of the type that holds its elements exactly}
     *
     * <p>bool becomes {@code UnsignedByteType} with 0 and 1, float16 becomes {@code FloatType}, every other type the type
     * of the same name. Reads the metadata of the full resolution.
     *
     * @param entity a tomogram, features or a segmentation
     * @throws org.copick.error.NotFoundException if the volume has no levels
     */
    public static CopickImage<?> open(VolumeEntity entity) {
        return CopickImages.<FloatType>exact(entity.volume(), voxelSize(entity));
    }

    /**
     * {@return a volume as images of the type that holds its elements exactly} See {@link #open(VolumeEntity)}.
     *
     * @param volume an image that is no entity, such as one opened with {@link Volume#open}
     * @throws org.copick.error.NotFoundException if the volume has no levels
     */
    public static CopickImage<?> open(Volume volume) {
        return CopickImages.<FloatType>exact(volume, scale(volume));
    }

    /**
     * {@return a volume as images of floats, whatever its type} Integers of more than 24 bits are rounded to the nearest
     * float.
     *
     * @param entity a tomogram, features or a segmentation
     */
    public static CopickImage<FloatType> openFloats(VolumeEntity entity) {
        return open(entity, new FloatType());
    }

    /**
     * {@return a volume as images of a type}
     *
     * @param <T> the type of the elements
     * @param entity a tomogram, features or a segmentation
     * @param type an integer type that holds every number of the stored type, {@code FloatType} or {@code DoubleType}
     * @throws IllegalArgumentException if the type does not hold the numbers of the stored type; thrown by
     *     {@link CopickImage#level} if that is the type of a lower level
     */
    public static <T extends NativeType<T> & RealType<T>> CopickImage<T> open(VolumeEntity entity, T type) {
        return open(entity.volume(), type, voxelSize(entity));
    }

    private static <T extends NativeType<T> & RealType<T>> CopickImage<T> open(
            Volume volume, T type, Optional<double[]> voxel) {
        requireHolds(type, volume.level(0).array());
        return new CopickImage<>(volume, type.createVariable(), voxel);
    }

    /**
     * {@return a Zarr array as an image of the type that holds its elements exactly}
     *
     * @param array an array with at least one axis
     * @throws IllegalArgumentException if the array has no axes
     */
    public static Img<?> open(ZarrArray array) {
        return CopickImages.<FloatType>exact(array);
    }

    /**
     * {@return the full resolution of a volume as an image that can be changed}
     *
     * @param entity a tomogram, features or a segmentation in the writable layer
     * @throws ReadOnlyException if the entity lies in a read-only layer; take {@code writableCopy()} of it
     */
    public static EditableImage<?> edit(VolumeEntity entity) {
        requireWritable(entity);
        return CopickImages.<FloatType>exact(entity);
    }

    /**
     * {@return the full resolution of a volume as an image that can be changed}
     *
     * @param <T> the type of the elements
     * @param entity a tomogram, features or a segmentation in the writable layer
     * @param type the type that {@link #edit(VolumeEntity)} chooses
     * @throws IllegalArgumentException if this is not the type that the elements are stored in
     * @throws ReadOnlyException if the entity lies in a read-only layer; take {@code writableCopy()} of it
     */
    public static <T extends NativeType<T> & RealType<T>> EditableImage<T> edit(VolumeEntity entity, T type) {
        requireWritable(entity);
        ZarrArray array = entity.level(0).array();
        NativeType<?> stored = ElementArrays.typeOf(array.dataType());
        if (!stored.getClass().equals(type.getClass())) {
            throw new IllegalArgumentException("the elements of " + array.location() + " are " + array.dataType()
                    + "; edit them as " + stored.getClass().getSimpleName());
        }
        return new EditableImage<>(entity, type.createVariable());
    }

    private static void requireWritable(VolumeEntity entity) {
        if (entity.readOnly()) {
            throw new ReadOnlyException("cannot edit " + entity.location()
                    + ": it lies in a read-only layer; edit its writableCopy() instead");
        }
    }

    // The class of a stored type is known only at run time. T stands for it; callers name any type in its place.

    @SuppressWarnings("unchecked")
    private static <T extends NativeType<T> & RealType<T>> CopickImage<?> exact(
            Volume volume, Optional<double[]> voxel) {
        NativeType<?> type = ElementArrays.typeOf(volume.level(0).dataType());
        return CopickImages.<T>open(volume, (T) type, voxel);
    }

    @SuppressWarnings("unchecked")
    private static <T extends NativeType<T> & RealType<T>> Img<?> exact(ZarrArray array) {
        NativeType<?> type = ElementArrays.typeOf(array.dataType());
        return CopickImages.<T>image((T) type, array);
    }

    @SuppressWarnings("unchecked")
    private static <T extends NativeType<T> & RealType<T>> EditableImage<?> exact(VolumeEntity entity) {
        NativeType<?> type = ElementArrays.typeOf(entity.level(0).dataType());
        return new EditableImage<T>(entity, (T) type);
    }

    static <T extends NativeType<T> & RealType<T>> Img<T> image(T type, ZarrArray array) {
        if (array.shape().length == 0) {
            throw new IllegalArgumentException(array.location() + " has no axes, so it is no image");
        }
        return image(type, new LevelCells<>(requireHolds(type, array), ElementArrays.of(type)));
    }

    private static <T extends NativeType<T>, P> Img<T> image(T type, LevelCells<P> cells) {
        Cache<Long, Cell<DataAccess>> used = Caffeine.newBuilder().weakValues().build();
        return image(type.createVariable(), cells, index -> {
            Cell<DataAccess> known = used.getIfPresent(index);
            if (known != null) {
                return known;
            }
            Cell<DataAccess> cell = cell(cells, index, cells.arrays.access().apply(cells.read(index)));
            Cell<DataAccess> other = used.asMap().putIfAbsent(index, cell);
            return other == null ? cell : other;
        });
    }

    static <T extends NativeType<T>, P> Img<T> image(
            T type, LevelCells<P> cells, LazyCellImg.Get<Cell<DataAccess>> get) {
        long[] lengths = cells.grid.getImgDimensions();
        if (Arrays.stream(lengths).allMatch(length -> length > 0)) {
            return new LazyCellImg<>(cells.grid, type, get);
        }
        // cursors of cells need at least one cell
        P none = cells.arrays.create().apply(0);
        ArrayImg<T, DataAccess> empty =
                new ArrayImg<>(cells.arrays.access().apply(none), lengths, type.getEntitiesPerPixel());
        empty.setLinkedType(linked(type, empty));
        return empty;
    }

    /** Returns an array if its numbers fit a type. */
    static <T extends NativeType<T> & RealType<T>> ZarrArray requireHolds(T type, ZarrArray array) {
        ElementArrays.of(type);
        if (!ElementArrays.holds(type, array.dataType())) {
            throw new IllegalArgumentException(
                    type.getClass().getSimpleName() + " does not hold every number of " + array.dataType()
                            + ", the type of " + array.location() + "; open it without a type, or as floats");
        }
        return array;
    }

    /** Returns an element of an image, which moves with the image's cursors. */
    @SuppressWarnings("unchecked") // the arrays of an image are those of its type
    static <T extends NativeType<T>> T linked(T type, NativeImg<T, DataAccess> image) {
        return ((NativeTypeFactory<T, DataAccess>) type.getNativeTypeFactory()).createLinkedType(image);
    }

    static Cell<DataAccess> cell(LevelCells<?> cells, long index, DataAccess elements) {
        long[] min = new long[cells.grid.numDimensions()];
        int[] size = new int[min.length];
        cells.grid.getCellDimensions(index, min, size);
        return new Cell<>(size, min, elements);
    }

    /** Returns the size of a voxel along x, y and z: the scale of the metadata, or the voxel size of the entity. */
    private static Optional<double[]> voxelSize(VolumeEntity entity) {
        Optional<double[]> scale = scale(entity.volume());
        if (scale.isPresent()) {
            return scale;
        }
        double size = entity.voxelSize();
        return Optional.of(new double[] {size, size, size});
    }

    private static Optional<double[]> scale(Volume volume) {
        return volume.level(0).scale().filter(sizes -> sizes.length >= SPACE).map(CopickImages::spatial);
    }

    /** Returns the numbers for x, y and z out of numbers in the order of a volume's axes. */
    private static double[] spatial(double[] along) {
        double[] spatial = {1, 1, 1};
        for (int i = 0; i < Math.min(SPACE, along.length); i++) {
            spatial[i] = along[along.length - 1 - i];
        }
        return spatial;
    }

    /** Returns how many voxels of the full resolution a level's voxel is long, along x, y and z. */
    static double[] relativeScale(Level full, Level level) {
        Optional<double[]> of = full.scale().filter(sizes -> sizes.length >= SPACE);
        Optional<double[]> to = level.scale().filter(sizes -> sizes.length >= SPACE);
        double[] from = of.isPresent() && to.isPresent() ? of.get() : lengths(level);
        double[] into = of.isPresent() && to.isPresent() ? to.get() : lengths(full);
        double[] scale = new double[from.length];
        Arrays.setAll(scale, i -> of.isPresent() && to.isPresent() ? into[i] / from[i] : Math.rint(into[i] / from[i]));
        return spatial(scale);
    }

    private static double[] lengths(Level level) {
        return Arrays.stream(level.shape()).asDoubleStream().toArray();
    }
}
