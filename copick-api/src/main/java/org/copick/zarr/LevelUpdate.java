package org.copick.zarr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Makes boxes of a level anew from the next finer one: object by object, each of which is then written once. */
final class LevelUpdate {
    /** What is scaled at once, along each axis of the coarser level. */
    private static final int PIECE = 64;

    private static final long MOST_AT_ONCE = 64 << 20;

    private final Downscaling downscaling;
    private final ZarrArray finer;
    private final ZarrArray coarser;
    private final int size;
    private final int rank;
    private final int spatial;

    LevelUpdate(Downscaling downscaling, ZarrArray finer, ZarrArray coarser) {
        this.downscaling = downscaling;
        this.finer = finer;
        this.coarser = coarser;
        this.size = finer.dataType().bytes();
        this.rank = finer.shape().length;
        this.spatial = rank - 3;
    }

    /** Makes a box of the coarser level. */
    void run(Region box) {
        each(box, unit(), object -> {
            byte[] made = new byte[Math.toIntExact(object.size()) * size];
            long[] pieces = new long[rank];
            Arrays.fill(pieces, PIECE);
            if (spatial == 1) {
                pieces[0] = 1;
            }
            each(object, pieces, piece -> scale(piece, object, made));
            coarser.writeElements(object, ByteBuffer.wrap(made).order(ByteOrder.LITTLE_ENDIAN));
        });
    }

    /** The shape of what is stored as one object, or of a chunk in it where that is too large. */
    private long[] unit() {
        long[] shard = coarser.shardShape().orElse(coarser.chunkShape());
        long bytes = size;
        for (int i = 0; i < rank; i++) {
            bytes *= Math.min(shard[i], coarser.shape()[i]);
        }
        return bytes <= MOST_AT_ONCE ? shard : coarser.chunkShape();
    }

    /** What is done with a part of a box. */
    @FunctionalInterface
    private interface Part {
        void accept(Region part);
    }

    /** Goes through a box by the cells of a grid. */
    private void each(Region box, long[] cell, Part action) {
        long[] corner = new long[rank];
        for (int i = 0; i < rank; i++) {
            corner[i] = box.start(i) / cell[i] * cell[i];
        }
        while (true) {
            long[] start = new long[rank];
            long[] length = new long[rank];
            for (int i = 0; i < rank; i++) {
                start[i] = Math.max(corner[i], box.start(i));
                length[i] = Math.min(corner[i] + cell[i], box.end(i)) - start[i];
            }
            action.accept(Region.of(start, length));
            int axis = rank - 1;
            while (axis >= 0) {
                corner[axis] += cell[axis];
                if (corner[axis] < box.end(axis)) {
                    break;
                }
                corner[axis] = box.start(axis) / cell[axis] * cell[axis];
                axis--;
            }
            if (axis < 0) {
                return;
            }
        }
    }

    /** Scales what a piece is made of into its place within an object. */
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

    /** Reads a box into a larger one, the rest of which stays zero. */
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
