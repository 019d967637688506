package org.copick.tests;

import java.util.Random;
import org.copick.VolumeData;
import org.copick.zarr.Region;

/** The expected voxels of an image, in z, y, x order. */
final class Voxels {
    private static final int[] SHAPE = {20, 18, 16};

    private final float[] elements = new float[SHAPE[0] * SHAPE[1] * SHAPE[2]];

    static Voxels random(Random random) {
        Voxels voxels = new Voxels();
        for (int i = 0; i < voxels.elements.length; i++) {
            voxels.elements[i] = random.nextFloat();
        }
        return voxels;
    }

    static Region randomBox(Random random) {
        long[] start = new long[SHAPE.length];
        long[] shape = new long[SHAPE.length];
        for (int axis = 0; axis < SHAPE.length; axis++) {
            start[axis] = random.nextInt(SHAPE[axis]);
            shape[axis] = random.nextInt(SHAPE[axis] - (int) start[axis]) + 1L;
        }
        return Region.of(start, shape);
    }

    VolumeData data() {
        return VolumeData.of(elements.clone(), SHAPE[0], SHAPE[1], SHAPE[2]);
    }

    float[] all() {
        return elements.clone();
    }

    float[] in(Region box) {
        long[] shape = box.shape();
        float[] part = new float[(int) (shape[0] * shape[1] * shape[2])];
        int[] next = {0};
        each(box, index -> part[next[0]++] = elements[index]);
        return part;
    }

    void fill(Region box, float value) {
        each(box, index -> elements[index] = value);
    }

    /** A callback that receives the index of every voxel of a box. */
    private interface Visitor {
        void visit(int index);
    }

    private static void each(Region box, Visitor visitor) {
        long[] shape = box.shape();
        for (long z = 0; z < shape[0]; z++) {
            for (long y = 0; y < shape[1]; y++) {
                for (long x = 0; x < shape[2]; x++) {
                    visitor.visit(
                            (int) (((box.start(0) + z) * SHAPE[1] + box.start(1) + y) * SHAPE[2] + box.start(2) + x));
                }
            }
        }
    }
}
