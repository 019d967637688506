package org.copick.zarr;

/** Goes through the chunks that a region touches, and copies the part of each that lies in it. */
final class ChunkWalk {
    private final Region region;
    private final int[] chunks;
    private final int rank;
    private final long[] index;
    /** Of the part of the current chunk that lies in the region: where it begins in the chunk and in the region. */
    private final int[] inChunk;

    private final int[] inRegion;
    private final int[] extent;

    ChunkWalk(Region region, int[] chunks) {
        this.region = region;
        this.chunks = chunks;
        this.rank = chunks.length;
        this.index = new long[rank];
        this.inChunk = new int[rank];
        this.inRegion = new int[rank];
        this.extent = new int[rank];
        for (int i = 0; i < rank; i++) {
            enter(i, region.start(i) / chunks[i]);
        }
    }

    String key(char separator) {
        if (rank == 0) {
            return "0";
        }
        StringBuilder key = new StringBuilder();
        for (long i : index) {
            if (!key.isEmpty()) {
                key.append(separator);
            }
            key.append(i);
        }
        return key.toString();
    }

    /** Goes on to the next chunk; false when there is none. */
    boolean next() {
        for (int i = rank - 1; i >= 0; i--) {
            if ((index[i] + 1) * chunks[i] < region.start(i) + region.length(i)) {
                enter(i, index[i] + 1);
                return true;
            }
            enter(i, region.start(i) / chunks[i]);
        }
        return false;
    }

    /** Copies the part of the current chunk that lies in the region, or fills its place. */
    void copy(Sink sink, boolean fill) {
        if (rank == 0) {
            sink.copy(0, 0, 1);
            return;
        }
        copy(sink, fill, 0, 0, 0);
    }

    private void copy(Sink sink, boolean fill, int axis, int from, int to) {
        int source = from * chunks[axis] + inChunk[axis];
        int target = Math.toIntExact(to * region.length(axis) + inRegion[axis]);
        if (axis == rank - 1) {
            if (fill) {
                sink.fill(target, extent[axis]);
            } else {
                sink.copy(source, target, extent[axis]);
            }
            return;
        }
        for (int i = 0; i < extent[axis]; i++) {
            copy(sink, fill, axis + 1, source + i, target + i);
        }
    }

    private void enter(int axis, long chunk) {
        index[axis] = chunk;
        long begin = Math.max(region.start(axis), chunk * chunks[axis]);
        long end = Math.min(region.start(axis) + region.length(axis), (chunk + 1) * chunks[axis]);
        inChunk[axis] = (int) (begin - chunk * chunks[axis]);
        inRegion[axis] = (int) (begin - region.start(axis));
        extent[axis] = (int) (end - begin);
    }
}
