package org.copick.zarr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.copick.error.UnsupportedFeatureException;

/** How the next coarser level of an image is made: each 2 × 2 × 2 elements become one. Python's rules, spec 6.4. */
public enum Downscaling {
    /**
     * The mean, for images. Elements beyond the end count as zero, so odd lengths have darker ends. float32 is added up in
     * numpy's order; integers are cut off.
     */
    MEAN {
        @Override
        long shorter(long length) {
            return (length + 1) / 2;
        }

        @Override
        int upper(long length) {
            return 0;
        }
    },
    /** One of them as it is, for labels: the upper one along each axis, or the lower one where the length demands it. */
    NEAREST {
        @Override
        long shorter(long length) {
            return Math.max(1, (long) Math.rint(length / 2.0));
        }

        @Override
        int upper(long length) {
            return length == 1 || shorter(length) * 2 > length ? 0 : 1;
        }
    };

    /** How many elements of the next level there are along an axis. */
    abstract long shorter(long length);

    /** Which of two neighbours is taken along an axis of this length, where one is. */
    abstract int upper(long length);

    /** The lengths along all axes of the next level; a leading axis before z, y and x stays. */
    long[] shorter(long[] shape) {
        long[] shorter = shape.clone();
        for (int i = shape.length - 3; i < shape.length; i++) {
            shorter[i] = shorter(shape[i]);
        }
        return shorter;
    }

    /**
     * Brings a level up to date where the next finer one has changed.
     *
     * @param changed in the finer level
     * @return what changed in the coarser one
     * @throws UnsupportedFeatureException when the coarser level is not half as long as the finer one
     */
    public Region update(ZarrArray finer, ZarrArray coarser, Region changed) {
        long[] shape = finer.shape();
        if (!Arrays.equals(shorter(shape), coarser.shape()) || finer.dataType() != coarser.dataType()) {
            throw new UnsupportedFeatureException(coarser.location() + " is not the next level below "
                    + finer.location() + ": " + Arrays.toString(coarser.shape()) + " is not half of "
                    + Arrays.toString(shape));
        }
        int rank = shape.length;
        long[] start = new long[rank];
        long[] length = new long[rank];
        for (int i = 0; i < rank; i++) {
            boolean halved = i >= rank - 3;
            start[i] = halved ? Math.min(changed.start(i) / 2, coarser.shape()[i] - 1) : changed.start(i);
            long end = halved ? Math.min((changed.end(i) + 1) / 2, coarser.shape()[i]) : changed.end(i);
            length[i] = Math.max(halved && changed.length(i) > 0 ? 1 : 0, end - start[i]);
        }
        Region box = Region.of(start, length);
        if (box.size() > 0) {
            new LevelUpdate(this, finer, coarser, box).run();
        }
        return box;
    }

    /**
     * Scales a chunk down into a part of a chunk of the next level. Both have the same shape; what lies beyond the image
     * is zero.
     *
     * @param type the type of elements, which are little-endian
     * @param chunk elements along z, y and x of a chunk
     * @param corner the half of the next level's chunk that is made, 0 or 1 along each axis
     * @param lengths the lengths of the image at the finer level
     */
    void scale(DataType type, byte[] from, int[] chunk, byte[] into, int[] corner, long[] lengths) {
        ByteBuffer source = ByteBuffer.wrap(from).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer target = ByteBuffer.wrap(into).order(ByteOrder.LITTLE_ENDIAN);
        int row = chunk[2];
        int plane = chunk[1] * chunk[2];
        int[] half = {(chunk[0] + 1) / 2, (chunk[1] + 1) / 2, (chunk[2] + 1) / 2};
        int[] begin = {corner[0] * half[0], corner[1] * half[1], corner[2] * half[2]};
        int size = type.bytes();
        Mean mean = new Mean(type, source);
        int inRow = Math.min(half[2], chunk[2] - begin[2]);
        int[] up = {upper(lengths[0]), upper(lengths[1]), upper(lengths[2])};
        for (int z = 0; z < half[0] && begin[0] + z < chunk[0]; z++) {
            for (int y = 0; y < half[1] && begin[1] + y < chunk[1]; y++) {
                int at = 2 * z * plane + 2 * y * row;
                int to = (begin[0] + z) * plane + (begin[1] + y) * row + begin[2];
                int nextZ = 2 * z + 1 < chunk[0] ? plane : -1;
                int nextY = 2 * y + 1 < chunk[1] ? row : -1;
                if (this == MEAN && type == DataType.FLOAT32 && chunk[2] % 2 == 0) {
                    mean.putRow(at, nextZ, nextY, target, to, inRow);
                    continue;
                }
                for (int x = 0; x < inRow; x++) {
                    int nextX = 2 * x + 1 < chunk[2] ? 1 : -1;
                    if (this == MEAN) {
                        mean.put(at + 2 * x, nextZ, nextY, nextX, target, to + x);
                    } else if (2 * z + up[0] < chunk[0] && 2 * y + up[1] < chunk[1] && 2 * x + up[2] < chunk[2]) {
                        int taken = at + 2 * x + up[0] * plane + up[1] * row + up[2];
                        System.arraycopy(from, taken * size, into, (to + x) * size, size);
                    }
                }
            }
        }
    }
}
