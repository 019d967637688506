package org.copick.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.copick.Level;
import org.copick.Root;
import org.copick.Volume;
import org.copick.error.UnsupportedFeatureException;

/**
 * The blocks of a level, and boxes of whole blocks that consist of whole stored chunks.
 *
 * <p>If a box is read at once, no chunk is read twice, however chunks and blocks divide each other. All arrays have
 * the axes z, y, x.
 */
final class BlockGrid {
    /** Largest box to hold in memory. A larger one is read block by block, through the cache of chunks. */
    private static final long MOST_BOX_BYTES = 256L << 20;

    /** Boxes are extended up to this size, because a read of several chunks fetches them at the same time. */
    private static final long GOOD_BOX_BYTES = 16L << 20;

    /** Tasks are extended up to this size, which takes a few seconds to read. */
    private static final long GOOD_TASK_BYTES = 64L << 20;

    private final long[] shape;
    private final long[] block;
    private final long[] chunk;
    private final long[] object;

    /**
     * @param shape the shape of the level
     * @param block the shape of blocks
     * @param chunk the shape of chunks, each of which is fetched as a whole
     * @param object the shape of stored objects: shards, or else chunks
     */
    BlockGrid(long[] shape, long[] block, long[] chunk, long[] object) {
        this.shape = shape.clone();
        this.block = block.clone();
        this.chunk = chunk.clone();
        this.object = object.clone();
    }

    /** Returns the shape of the level. */
    long[] shape() {
        return shape.clone();
    }

    /** Returns the shape of blocks. */
    long[] block() {
        return block.clone();
    }

    /** The blocks of a tomogram. */
    record OfTomogram(ListedEntity tomogram, BlockGrid grid) {
        /** Returns the tasks that read the blocks. */
        List<Part.OfTomogram> parts() {
            List<Part.OfTomogram> parts = new ArrayList<>();
            long planes = grid.planesPerTask();
            for (long from = 0; from < grid.shape[0]; from += planes) {
                parts.add(new Part.OfTomogram(tomogram, from, Math.min(from + planes, grid.shape[0])));
            }
            return parts;
        }
    }

    /**
     * Reads the metadata of tomograms, several at the same time. Those without any level have no blocks and are left
     * out.
     */
    static List<OfTomogram> open(Root root, List<ListedEntity> tomograms, SourceOptions options) {
        List<Optional<OfTomogram>> opened = Planning.map(tomograms, each -> open(root, each, options));
        return opened.stream().flatMap(Optional::stream).toList();
    }

    private static Optional<OfTomogram> open(Root root, ListedEntity tomogram, SourceOptions options) {
        Volume volume = Volumes.open(root, tomogram);
        return volume.levels().isEmpty()
                ? Optional.empty()
                : Optional.of(new OfTomogram(tomogram, of(volume.level(options.level()), options)));
    }

    static BlockGrid of(Level level, SourceOptions options) {
        long[] shape = level.shape();
        if (shape.length != 3) {
            throw new UnsupportedFeatureException("cannot read blocks of " + level + ": it has " + shape.length
                    + " axes instead of z, y, x; leave the tomogram out by the option tomogram");
        }
        long[] chunk = level.array().chunkShape();
        return new BlockGrid(
                shape,
                options.block().stream().mapToLong(Integer::longValue).toArray(),
                chunk,
                level.array().shardShape().orElse(chunk));
    }

    /** Returns the number of blocks. */
    long blocks() {
        long count = 1;
        for (int axis = 0; axis < 3; axis++) {
            count *= (shape[axis] + block[axis] - 1) / block[axis];
        }
        return count;
    }

    /** Returns the size of all blocks in bytes. */
    long bytes() {
        return size(shape);
    }

    /** Returns the number of planes to read in one task: no stored object is read by two. */
    long planesPerTask() {
        long[] least = {common(0, object), shape[1], shape[2]};
        long times = Math.max(1, GOOD_TASK_BYTES / Math.max(1, size(least)));
        return Math.min(Math.max(1, shape[0]), least[0] * times);
    }

    /** Returns the shape of boxes to read at once, or that of blocks if such a box is too large. */
    long[] box() {
        long[] box = common(object);
        if (size(box) > MOST_BOX_BYTES) {
            box = common(chunk);
        }
        if (size(box) > MOST_BOX_BYTES) {
            return block.clone();
        }
        for (int axis = 2; axis >= 0; axis--) {
            long times = Math.max(1, GOOD_BOX_BYTES / Math.max(1, size(box)));
            box[axis] = Math.min(Math.max(1, shape[axis]), box[axis] * times);
        }
        return box;
    }

    private long[] common(long[] unit) {
        return new long[] {common(0, unit), common(1, unit), common(2, unit)};
    }

    /** Returns the least length that is a multiple of a block's and of a unit's, or that of the level if it is less. */
    private long common(int axis, long[] unit) {
        long a = block[axis];
        long b = Math.max(1, unit[axis]);
        long multiple = a / divisor(a, b) * b;
        return Math.max(1, Math.min(multiple, shape[axis]));
    }

    private static long divisor(long a, long b) {
        return b == 0 ? a : divisor(b, a % b);
    }

    private static long size(long[] box) {
        return box[0] * box[1] * box[2] * Float.BYTES;
    }
}
