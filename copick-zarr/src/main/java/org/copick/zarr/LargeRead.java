package org.copick.zarr;

/**
 * The read of a region that may have more elements than an array. It is divided along its first axis into slabs of as many
 * elements as positions can count.
 *
 * @param windowElements the number of elements that are reached through one buffer
 * @param most the maximum number of elements of a slab
 */
record LargeRead(ZarrArray array, ElementMemory into, int windowElements, int most) {
    /** Elements of a window: 1 GiB if they have eight bytes. */
    static final int WINDOW = 1 << 27;

    static final int MOST = Integer.MAX_VALUE - 16;

    void run(Region region) {
        if (region.size() == 0) {
            return;
        }
        if (region.size() <= most || region.rank() == 0) {
            read(region, 0);
            return;
        }
        long plane = region.size() / region.length(0);
        if (plane > most) {
            throw new IllegalArgumentException(
                    "region " + region + " has planes of more than " + most + " elements; read it in parts");
        }
        long done = 0;
        while (done < region.length(0)) {
            long planes = planes(region, done, most / plane);
            read(slab(region, done, planes), done * plane);
            done += planes;
        }
    }

    /** Returns how many planes to read at once: as many as possible, up to the end of a chunk. */
    private long planes(Region region, long done, long possible) {
        long left = region.length(0) - done;
        if (left <= possible) {
            return left;
        }
        long chunk = array.shardShape().orElseGet(array::chunkShape)[0];
        long begin = region.start(0) + done * region.step(0);
        // the first plane of the chunk in which the next slab begins
        long next = (begin + possible * region.step(0)) / chunk * chunk;
        long whole = (next - begin + region.step(0) - 1) / region.step(0);
        return whole > 0 ? Math.min(whole, possible) : possible;
    }

    private static Region slab(Region region, long done, long planes) {
        long[] start = new long[region.rank()];
        long[] step = new long[region.rank()];
        long[] shape = region.shape();
        for (int i = 0; i < start.length; i++) {
            start[i] = region.start(i);
            step[i] = region.step(i);
        }
        start[0] += done * step[0];
        shape[0] = planes;
        return Region.of(start, shape, step);
    }

    private void read(Region part, long first) {
        int count = (int) part.size();
        array.read(part, new WindowSink(array.dataType(), into, first, count, windowElements), count);
    }
}
