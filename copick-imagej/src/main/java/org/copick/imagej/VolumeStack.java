package org.copick.imagej;

import ij.VirtualStack;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import java.util.Arrays;
import org.copick.Level;
import org.copick.error.ReadOnlyException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.zarr.DataType;
import org.copick.zarr.Region;
import org.jspecify.annotations.Nullable;

/**
 * The z planes of a level, each read when ImageJ asks for it; with four axes, all channels of a plane follow each other.
 *
 * <p>Methods that ImageJ calls while it shows a stack, such as {@code setPixels}, have no effect, as in every virtual
 * stack. Those that would add, replace or remove planes throw a {@link ReadOnlyException}.
 */
final class VolumeStack extends VirtualStack {
    private final Level level;
    private final int channels;
    private final int slices;

    private VolumeStack(Level level, int channels, int slices, int rows, int columns) {
        super(columns, rows);
        this.level = level;
        this.channels = channels;
        this.slices = slices;
        setBitDepth(
                switch (level.dataType()) {
                    case BOOL, UINT8 -> 8;
                    case UINT16 -> 16;
                    default -> 32;
                });
    }

    static VolumeStack of(Level level) {
        long[] shape = level.shape();
        int rank = shape.length;
        if (rank != 3 && rank != 4) {
            throw new UnsupportedFeatureException(
                    "cannot open " + level + " in ImageJ: it has " + rank + " axes, not z, y, x or channel, z, y, x");
        }
        if (Arrays.stream(shape).anyMatch(length -> length == 0)) {
            throw new UnsupportedFeatureException(
                    "cannot open " + level + " in ImageJ: its shape " + Arrays.toString(shape) + " has no voxels");
        }
        long channels = rank == 4 ? shape[0] : 1;
        long slices = shape[rank - 3];
        long rows = shape[rank - 2];
        long columns = shape[rank - 1];
        if (!fits(channels, slices) || !fits(rows, columns)) {
            throw new UnsupportedFeatureException("cannot open " + level + " in ImageJ: its shape "
                    + Arrays.toString(shape) + " has more than 2³¹ − 1 planes, or voxels in a plane");
        }
        return new VolumeStack(level, (int) channels, (int) slices, (int) rows, (int) columns);
    }

    private static boolean fits(long one, long other) {
        return Math.max(one, other) <= Integer.MAX_VALUE && one * other <= Integer.MAX_VALUE;
    }

    int channels() {
        return channels;
    }

    int slices() {
        return slices;
    }

    @Override
    public int getSize() {
        return channels * slices;
    }

    /**
     * Reads a plane.
     *
     * @param n the number of the plane, from 1
     */
    @Override
    public ImageProcessor getProcessor(int n) {
        if (n < 1 || n > getSize()) {
            throw new IllegalArgumentException(
                    "no plane " + n + " in " + level + "; it has " + getSize() + " planes, counted from 1");
        }
        ImageProcessor plane = read(region(translate(n) - 1));
        if (cTable != null) {
            plane.setCalibrationTable(cTable);
        }
        plane.setSliceNumber(n);
        return plane;
    }

    private Region region(int plane) {
        long z = plane / channels;
        if (level.shape().length == 3) {
            return Region.at(z, 0, 0).size(1, getHeight(), getWidth());
        }
        return Region.at(plane % channels, z, 0, 0).size(1, 1, getHeight(), getWidth());
    }

    private ImageProcessor read(Region plane) {
        int width = getWidth();
        int height = getHeight();
        DataType type = level.dataType();
        if (type == DataType.BOOL || type == DataType.UINT8) {
            byte[] pixels = new byte[width * height];
            level.read(plane, pixels);
            return new ByteProcessor(width, height, pixels);
        }
        if (type == DataType.UINT16) {
            short[] pixels = new short[width * height];
            level.read(plane, pixels);
            return new ShortProcessor(width, height, pixels, null);
        }
        return new FloatProcessor(width, height, level.readFloats(plane));
    }

    @Override
    public @Nullable String getDirectory() {
        return null;
    }

    @Override
    public @Nullable String getFileName(int n) {
        return null;
    }

    @Override
    public void addSlice(@Nullable String fileName) {
        throw refused("add a plane to");
    }

    @Override
    public void addSlice(@Nullable String label, @Nullable Object pixels) {
        throw refused("add a plane to");
    }

    @Override
    public void addSlice(@Nullable String label, @Nullable ImageProcessor plane) {
        throw refused("add a plane to");
    }

    @Override
    public void addSlice(@Nullable String label, @Nullable ImageProcessor plane, int n) {
        throw refused("add a plane to");
    }

    @Override
    public void setProcessor(@Nullable ImageProcessor plane, int n) {
        throw refused("replace a plane of");
    }

    @Override
    public void deleteSlice(int n) {
        throw refused("delete a plane of");
    }

    @Override
    public void deleteLastSlice() {
        throw refused("delete a plane of");
    }

    @Override
    public void reduce(int factor) {
        throw refused("reduce");
    }

    private ReadOnlyException refused(String change) {
        return new ReadOnlyException("cannot " + change + " " + level
                + " in ImageJ: its planes are read from there; duplicate the image first");
    }

    @Override
    public String toString() {
        return level.toString();
    }
}
