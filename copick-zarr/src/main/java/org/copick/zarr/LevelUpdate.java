package org.copick.zarr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Recomputes a box of a level from the next finer level, writing each stored object once. */
final class LevelUpdate implements BoxValues {
    /** Number of elements computed at a time, along each axis of the coarser level. */
    private static final int PIECE = 64;

    private final Downscaling downscaling;
    private final ZarrArray finer;
    private final ZarrArray coarser;
    private final int size;
    private final int rank;
    private final int spatial;
    private final Region box;

    /** Prepares an update of a box of the coarser level. */
    LevelUpdate(Downscaling downscaling, ZarrArray finer, ZarrArray coarser, Region box) {
        this.downscaling = downscaling;
        this.finer = finer;
        this.coarser = coarser;
        this.size = finer.dataType().bytes();
        this.rank = finer.shape().length;
        this.spatial = rank - 3;
        this.box = box;
    }

    void run() {
        coarser.writeRegion(box, this);
    }

    @Override
    public Region part(long[] start, long[] length) {
        long[] begin = new long[rank];
        long[] shared = new long[rank];
        for (int i = 0; i < rank; i++) {
            begin[i] = Math.min(Math.max(start[i], box.start(i)), box.end(i));
            shared[i] = Math.max(0, Math.min(start[i] + length[i], box.end(i)) - begin[i]);
        }
        return Region.of(begin, shared);
    }

    @Override
    public ByteBuffer elements(Region part) {
        byte[] made = new byte[Math.toIntExact(part.size() * size)];
        long[] pieces = new long[rank];
        Arrays.fill(pieces, PIECE);
        if (spatial == 1) {
            pieces[0] = 1;
        }
        each(part, pieces, piece -> scale(piece, part, made));
        return ByteBuffer.wrap(made).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** An action on a part of a box. */
    @FunctionalInterface
    private interface Part {
        void accept(Region part);
    }

    /** Splits a box at the cells of a grid, and runs an action on each part. */
    private void each(Region whole, long[] cell, Part action) {
        long[] corner = new long[rank];
        for (int i = 0; i < rank; i++) {
            corner[i] = whole.start(i) / cell[i] * cell[i];
        }
        while (true) {
            long[] start = new long[rank];
            long[] length = new long[rank];
            for (int i = 0; i < rank; i++) {
                start[i] = Math.max(corner[i], whole.start(i));
                length[i] = Math.min(corner[i] + cell[i], whole.end(i)) - start[i];
            }
            action.accept(Region.of(start, length));
            int axis = rank - 1;
            while (axis >= 0) {
                corner[axis] += cell[axis];
                if (corner[axis] < whole.end(axis)) {
                    break;
                }
                corner[axis] = whole.start(axis) / cell[axis] * cell[axis];
                axis--;
            }
            if (axis < 0) {
                return;
            }
        }
    }

    /** Computes a piece from the finer level and copies it to its place within an object. */
    private void scale(Region piece, Region object, byte[] made) {
        long[] shape = finer.shape();
        long[] lengths = Arrays.copyOfRange(shape, spatial, rank);
        long[] start = new long[rank];
        long[] length = new long[rank];
        int[] padded = new int[3];
        if (spatial == 1) {
            start[0] = piece.start(0);
            length[0] = 1;
        }
        for (int i = 0; i < 3; i++) {
            int axis = spatial + i;
            start[axis] = 2 * piece.start(axis);
            length[axis] = Math.min(2 * piece.length(axis), shape[axis] - start[axis]);
            padded[i] = (int) (2 * piece.length(axis));
        }
        byte[] fine = readPadded(Region.of(start, length), padded);
        byte[] scaled = new byte[fine.length];
        downscaling.scale(finer.dataType(), fine, padded, scaled, new int[3], lengths);

        int[] at = new int[rank];
        for (int i = 0; i < rank; i++) {
            at[i] = (int) (piece.start(i) - object.start(i));
        }
        int row = (int) piece.length(spatial + 2) * size;
        for (int z = 0; z < piece.length(spatial); z++) {
            for (int y = 0; y < piece.length(spatial + 1); y++) {
                int from = (z * padded[1] + y) * padded[2] * size;
                long plane = (spatial == 1 ? at[0] * object.length(1) : 0) + at[spatial] + z;
                long line = plane * object.length(spatial + 1) + at[spatial + 1] + y;
                long to = (line * object.length(spatial + 2) + at[spatial + 2]) * size;
                System.arraycopy(scaled, from, made, (int) to, row);
            }
        }
    }

    /** Reads a box into a larger, zero-filled one. */
    private byte[] readPadded(Region box, int[] padded) {
        byte[] inside = new byte[Math.toIntExact(box.size()) * size];
        finer.readBytes(box, inside);
        byte[] into = new byte[padded[0] * padded[1] * padded[2] * size];
        int row = (int) box.length(spatial + 2) * size;
        int rows = (int) box.length(spatial + 1);
        for (int z = 0; z < box.length(spatial); z++) {
            for (int y = 0; y < rows; y++) {
                System.arraycopy(inside, (z * rows + y) * row, into, (z * padded[1] + y) * padded[2] * size, row);
            }
        }
        return into;
    }
}
