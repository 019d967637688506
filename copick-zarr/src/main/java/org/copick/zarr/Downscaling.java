package org.copick.zarr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.copick.error.UnsupportedFeatureException;

/**
 * The method for computing the next coarser level of an image: each 2 × 2 × 2 elements become one. Follows Python
 * copick's rules (spec section 6.4).
 */
public enum Downscaling {
    /**
     * The mean of the eight elements, for images. Elements beyond the end count as zero, so ends of odd length become
     * darker. float32 values are added in numpy's order; integer means are truncated.
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
    /**
     * One of the eight elements unchanged, for labels. Along each axis the element with the higher index is taken, or
     * the one with the lower index if the length requires it.
     */
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

    /** Returns the number of elements of the next level along an axis of this length. */
    abstract long shorter(long length);

    /** Returns which of two neighbours along an axis of this length is kept: 0 or 1. Only {@link #NEAREST} uses it. */
    abstract int upper(long length);

    /** Returns the shape of the next level; a leading axis before z, y and x keeps its length. */
    long[] shorter(long[] shape) {
        long[] shorter = shape.clone();
        for (int i = shape.length - 3; i < shape.length; i++) {
            shorter[i] = shorter(shape[i]);
        }
        return shorter;
    }

    /**
     * Updates the part of a level whose next finer level has changed.
     *
     * @param finer the changed level; its last axes are z, y and x
     * @param coarser the level to update
     * @param changed the changed region of the finer level
     * @return the updated region of the coarser level
     * @throws UnsupportedFeatureException if the levels have other axes than z, y, x and at most one before these, if
     *     the coarser level does not have half the shape of the finer one, or if it has another type
     */
    public Region update(ZarrArray finer, ZarrArray coarser, Region changed) {
        long[] shape = finer.shape();
        if (shape.length != 3 && shape.length != 4) {
            throw new UnsupportedFeatureException("cannot compute " + coarser.location() + " from " + finer.location()
                    + ", which has " + shape.length + " axes; levels have z, y, x and at most one before these");
        }
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
     * Scales a chunk down into a part of a chunk of the next level. Both chunks have the same shape and hold zeros
     * beyond the image.
     *
     * @param type the type of elements, which are little-endian
     * @param chunk the number of elements of a chunk along z, y and x
     * @param corner which half of the next level's chunk to compute, 0 or 1 along each axis
     * @param lengths the lengths of the finer level along z, y and x
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
