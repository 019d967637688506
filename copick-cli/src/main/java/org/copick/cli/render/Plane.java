package org.copick.cli.render;

import java.util.List;
import org.copick.Level;
import org.copick.error.NotFoundException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.zarr.Region;

/**
 * A plane through a volume: its position and its grey values.
 *
 * @param axis the axis perpendicular to the plane: 0 for z, 1 for y, 2 for x
 * @param index the index of the plane on that axis, in voxels
 * @param rows the number of rows: the length of y for a z plane, otherwise of z
 * @param columns the number of columns: the length of y for an x plane, otherwise of x
 * @param voxel the size of a voxel in Å along z, y and x
 * @param values the grey values, row by row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Plane(int axis, long index, int rows, int columns, double[] voxel, float[] values) {
    private static final List<String> AXES = List.of("z", "y", "x");

    /**
     * Reads a plane of a level with three axes, or of the first channel of a level with four.
     *
     * @param axisName {@code z}, {@code y} or {@code x}
     * @param index the index of the plane in voxels; negative for the middle one
     * @param voxelSize the size of a voxel in Å, for levels without one in their metadata
     */
    public static Plane read(Level level, String axisName, long index, double voxelSize) {
        int axis = AXES.indexOf(axisName);
        if (axis < 0) {
            throw new UnsupportedFeatureException("no axis \"" + axisName + "\"; choose z, y or x");
        }
        long[] shape = level.shape();
        int channels = shape.length - 3;
        if (channels < 0 || channels > 1) {
            throw new UnsupportedFeatureException(
                    "only images of three or four dimensions can be drawn, this one has " + shape.length);
        }
        long chosen = index < 0 ? shape[channels + axis] / 2 : index;
        if (chosen >= shape[channels + axis]) {
            throw new NotFoundException("no plane " + axisName + " = " + chosen + "; this level has "
                    + shape[channels + axis] + ", counted from 0");
        }
        long[] start = new long[shape.length];
        long[] extent = shape.clone();
        if (channels == 1) {
            extent[0] = 1;
        }
        start[channels + axis] = chosen;
        extent[channels + axis] = 1;
        double[] voxel = new double[3];
        for (int i = 0; i < 3; i++) {
            int a = channels + i;
            voxel[i] = level.scale().map(scale -> scale[a]).orElse(voxelSize);
        }
        return new Plane(
                axis,
                chosen,
                Math.toIntExact(axis == 0 ? shape[channels + 1] : shape[channels]),
                Math.toIntExact(axis == 2 ? shape[channels + 1] : shape[channels + 2]),
                voxel,
                level.readFloats(Region.of(start, extent)));
    }

    /** Returns the axis that points down: y for a z plane, otherwise z. */
    public int rowAxis() {
        return axis == 0 ? 1 : 0;
    }

    /** Returns the axis that points right: y for an x plane, otherwise x. */
    public int columnAxis() {
        return axis == 2 ? 1 : 2;
    }

    /** Returns the position of the plane on its axis, in Å. */
    public double position() {
        return index * voxel[axis];
    }
}
