package org.copick.imglib2;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.DataAccess;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;
import org.copick.Level;
import org.copick.Volume;
import org.copick.error.NotFoundException;
import org.copick.zarr.Region;
import org.copick.zarr.ZarrArray;
import org.jspecify.annotations.Nullable;

/**
 * The levels of a volume as images whose elements are read when they are first used.
 *
 * <p><b>Axes.</b> Images have the axes x, y, z, or x, y, z and one more, the reverse of the volume's. Positions count
 * voxels from 0; the position of a pick in Å, divided by the size of a voxel, is a position in the image.
 *
 * <p><b>Memory and cost.</b> An image consists of cells. A cell is a chunk of the volume, or a few planes of a chunk of
 * more than 1 MiB. It costs what {@link ZarrArray} says about its region. It is copied out of the cache of decoded
 * chunks that all readers of the context share, and is kept only as long as someone uses it. Someone who passes over
 * the cells of a large chunk, or of a shard, gets the first one with requests of its own, and those in the same row and
 * layer together, up to 64 MiB. {@link #read} and {@link #prefetch} know the box in advance and cost what the engine
 * needs for it.
 *
 * <p><b>Failures.</b> A cell that cannot be read is an exception of {@link org.copick.error}, thrown where the element
 * was requested: by {@code get}, {@code fwd} or {@code setPosition}. The next attempt reads again.
 *
 * <p>Safe for use by many threads, each with its own cursor or random access. Changes to the elements of an
 * image are lost; see {@link EditableImage}.
 *
 * @param <T> the type of the elements
 */
public final class CopickImage<T extends NativeType<T> & RealType<T>> {
    private static final int MOST_ELEMENTS = Integer.MAX_VALUE - 16;

    private final Volume volume;
    private final T type;
    private final Optional<double[]> voxel;
    private final List<@Nullable Img<T>> made;

    CopickImage(Volume volume, T type, Optional<double[]> voxel) {
        this.volume = volume;
        this.type = type;
        this.voxel = voxel;
        this.made = new ArrayList<>(Collections.nCopies(volume.levels().size(), null));
    }

    /** {@return the number of levels} */
    public int numLevels() {
        return made.size();
    }

    /**
     * {@return a level as an image} Reads the metadata of the level on first use.
     *
     * @param index the number of the level; 0 is the full resolution
     * @throws NotFoundException if there is no such level
     * @throws IllegalArgumentException if the level's stored type does not fit the type of this image
     */
    public Img<T> level(int index) {
        Level level = volume.level(index);
        synchronized (made) {
            Img<T> known = made.get(index);
            if (known != null) {
                return known;
            }
        }
        Img<T> image = CopickImages.image(type, level.array());
        synchronized (made) {
            Img<T> other = made.get(index);
            if (other == null) {
                made.set(index, image);
            }
            return other == null ? image : other;
        }
    }

    /** {@return all levels, full resolution first} Reads the metadata of all levels on first use. */
    public List<Img<T>> levels() {
        List<Img<T>> levels = new ArrayList<>();
        for (int i = 0; i < numLevels(); i++) {
            levels.add(level(i));
        }
        return List.copyOf(levels);
    }

    /** {@return a new element of the type of all levels} */
    public T type() {
        return type.createVariable();
    }

    /**
     * {@return the size of a voxel of level 0 along x, y and z in Å; empty if it is unknown}
     *
     * <p>BigDataViewer takes it as {@code new FinalVoxelDimensions("Å", sizes)}.
     */
    public Optional<double[]> voxelDimensions() {
        return voxel.map(double[]::clone);
    }

    /**
     * {@return for each level, how many voxels of level 0 a voxel is long along x, y and z}
     *
     * <p>BigDataViewer's {@code RandomAccessibleIntervalMipmapSource} takes these numbers. They come from the scales in
     * the metadata; without those, from the numbers of voxels, which reads the metadata of all levels.
     */
    public double[][] mipmapScales() {
        double[][] scales = new double[numLevels()][];
        for (int i = 0; i < scales.length; i++) {
            scales[i] = CopickImages.relativeScale(volume.level(0), volume.level(i));
        }
        return scales;
    }

    /**
     * {@return the affine transformation from positions in a level to Å, as the 12 numbers of a 3×4 matrix, row by row}
     *
     * <p>The centre of voxel 0 of level 0 is at 0 Å. A voxel of another level lies in the middle of the voxels that it
     * was computed from, so the transformation has a shift of half the difference of the sizes. {@code
     * AffineTransform3D.set} takes these numbers. If the size of a voxel is unknown, the unit is a voxel of level 0.
     *
     * @param index the number of the level
     * @throws NotFoundException if there is no such level
     */
    public double[] transform(int index) {
        double[] scale = CopickImages.relativeScale(volume.level(0), volume.level(index));
        double[] sizes = voxel.orElse(new double[] {1, 1, 1});
        double[] rows = new double[12];
        for (int i = 0; i < 3; i++) {
            rows[5 * i] = scale[i] * sizes[i];
            rows[4 * i + 3] = (scale[i] - 1) / 2 * sizes[i];
        }
        return rows;
    }

    /**
     * {@return a box of a level in memory, at its place in the level} Reads it with as few requests as the engine needs,
     * and does not keep it: the quickest way to a plane.
     *
     * @param index the number of the level
     * @param box a box within the level, x, y, z; a plane has the length 1 along one axis
     * @throws NotFoundException if there is no such level
     * @throws IllegalArgumentException if the box is not within the level, or has more elements than a Java array can
     *     hold
     */
    public RandomAccessibleInterval<T> read(int index, Interval box) {
        ZarrArray array = CopickImages.requireHolds(type, volume.level(index).array());
        return Views.translate(read(ElementArrays.of(type), array, box), box.minAsLongArray());
    }

    private <P> Img<T> read(ElementArrays<P> arrays, ZarrArray array, Interval box) {
        Region region = region(box);
        array.requireInside(region);
        if (region.size() > MOST_ELEMENTS) {
            throw new IllegalArgumentException(
                    "a box of " + region + " has more elements than a Java array can hold; read it in parts");
        }
        ArrayImg<T, DataAccess> image = new ArrayImg<>(
                arrays.access().apply(arrays.read(array, region)),
                box.dimensionsAsLongArray(),
                type.getEntitiesPerPixel());
        image.setLinkedType(CopickImages.linked(type, image));
        return image;
    }

    private static Region region(Interval box) {
        return Region.of(LevelCells.reversed(box.minAsLongArray()), LevelCells.reversed(box.dimensionsAsLongArray()));
    }

    /**
     * Reads a box of a level into the cache of decoded chunks, with several requests at a time.
     *
     * <p>Cursors load one cell after another; on a remote store, prefetching what they will pass over is quicker. Has no
     * effect beyond what the cache holds. The box is read in slabs of at most 64 MiB.
     *
     * @param index the number of the level
     * @param box a box within the level, such as a plane: x, y, z
     * @throws NotFoundException if there is no such level
     * @throws IllegalArgumentException if the box is not within the level
     */
    public void prefetch(int index, Interval box) {
        ZarrArray array = CopickImages.requireHolds(type, volume.level(index).array());
        Region region = region(box);
        array.requireInside(region);
        prefetch(ElementArrays.of(type), array, region);
    }

    private static <P> void prefetch(ElementArrays<P> arrays, ZarrArray array, Region box) {
        long most = CopickImages.MOST_AT_ONCE / array.dataType().bytes();
        if (box.size() <= most) {
            arrays.read(array, box);
            return;
        }
        long[] start = new long[box.rank()];
        long[] length = box.shape();
        int axis = 0;
        while (length[axis] == 1) {
            axis++;
        }
        for (int i = 0; i < start.length; i++) {
            start[i] = box.start(i);
        }
        long end = start[axis] + length[axis];
        long planes = Math.max(1, most / (box.size() / length[axis]));
        long chunk = array.chunkShape()[axis];
        while (start[axis] < end) {
            long next = start[axis] + planes;
            // a chunk is not read in two parts if it need not be
            next -= planes < chunk ? 0 : next % chunk;
            length[axis] = Math.min(next, end) - start[axis];
            prefetch(arrays, array, Region.of(start, length));
            start[axis] += length[axis];
        }
    }

    /** {@return the location of the volume} */
    @Override
    public String toString() {
        return volume.location();
    }
}
