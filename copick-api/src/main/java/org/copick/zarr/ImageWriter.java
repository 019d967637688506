package org.copick.zarr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.copick.error.OperationInterruptedException;
import org.copick.storage.ObjectStore;

/**
 * Writes multiscale images, all levels in one pass over level 0: eight chunks of a level become one of the next as soon
 * as they are there.
 *
 * <p><b>Memory.</b> One chunk of each level and two more, besides what is packed: in version 2 one chunk, in version 3 the
 * shards that are not finished, which by default is all of the packed image. So an image may be larger than the heap in
 * version 2, and in version 3 as far as it packs well.
 *
 * <p><b>What others see.</b> What was at the place before is deleted first, its metadata before everything else. The
 * metadata of the new image are written last, those of the group after all others. Until then, and after a crash, there
 * are no metadata, so nobody reads a mixture.
 */
public final class ImageWriter {
    private final ObjectStore store;
    private final ImageSpec spec;
    private final ImageFormat format;
    private final BoxSource source;
    private final List<LevelWriter> levels = new ArrayList<>();

    private ImageWriter(ObjectStore store, ImageSpec spec, ImageFormat format, BoxSource source) {
        this.store = store;
        this.spec = spec;
        this.format = format;
        this.source = source;
        long[] shape = spec.shape();
        for (int level = 0; level < spec.levels(); level++) {
            levels.add(LevelWriter.of(store, Integer.toString(level), shape, spec, format));
            requireEvenChunks(shape);
            shape = spec.downscaling().shorter(shape);
        }
    }

    /**
     * Writes an image in place of whatever is in a store.
     *
     * @param store the place, all of which belongs to the image
     * @throws IllegalArgumentException for an image that this format cannot hold; nothing has been changed then
     * @throws OperationInterruptedException when the thread is interrupted
     */
    public static void write(ObjectStore store, ImageSpec spec, ImageFormat format, BoxSource source) {
        ImageWriter writer = new ImageWriter(store, spec, format, source);
        ImageMetadata.deleteFrom(store);
        deleteRest(store);
        writer.writeLevels();
        new ImageMetadata(spec, format)
                .write(store, writer.levels.stream().map(LevelWriter::shape).toList());
    }

    private static void deleteRest(ObjectStore store) {
        var level = store.listLevel("");
        level.objects().forEach(object -> store.delete(object.key()));
        level.prefixes().forEach(store::deletePrefix);
    }

    private void requireEvenChunks(long[] shape) {
        for (int i = 0; i < 3; i++) {
            boolean several = shape[shape.length - 3 + i] > format.chunk()[i];
            if (spec.levels() > 1 && several && format.chunk()[i] % 2 != 0) {
                throw new IllegalArgumentException("chunks of " + format.chunk()[i]
                        + " voxels cannot be halved; choose even ones for images of several levels");
            }
        }
    }

    private void writeLevels() {
        long leading = spec.leading().isPresent() ? spec.shape()[0] : 1;
        long[] grid = grid(levels.size() - 1);
        for (long channel = 0; channel < leading; channel++) {
            long[] index = new long[3];
            for (index[0] = 0; index[0] < grid[0]; index[0]++) {
                for (index[1] = 0; index[1] < grid[1]; index[1]++) {
                    for (index[2] = 0; index[2] < grid[2]; index[2]++) {
                        chunk(levels.size() - 1, channel, index.clone());
                    }
                }
            }
            levels.forEach(LevelWriter::channelDone);
        }
        levels.forEach(LevelWriter::done);
    }

    /** How many chunks there are along each axis, those included that only hold the way to chunks of finer levels. */
    private long[] grid(int level) {
        long[] own = levels.get(level).grid();
        if (level > 0) {
            long[] finer = grid(level - 1);
            for (int i = 0; i < 3; i++) {
                own[i] = Math.max(own[i], (finer[i] + 1) / 2);
            }
        }
        return own;
    }

    /** Makes and writes a chunk and all below it. */
    private byte[] chunk(int level, long channel, long[] index) {
        if (Thread.currentThread().isInterrupted()) {
            throw new OperationInterruptedException("interrupted while writing " + store.location());
        }
        LevelWriter writer = levels.get(level);
        byte[] elements = new byte[writer.chunkBytes()];
        if (level == 0) {
            load(writer, channel, index, elements);
        } else {
            scaleChildren(level, channel, index, elements);
        }
        if (writer.holds(index)) {
            writer.put(channel, index, elements);
        }
        return elements;
    }

    private void scaleChildren(int level, long channel, long[] index, byte[] elements) {
        LevelWriter finer = levels.get(level - 1);
        long[] grid = grid(level - 1);
        long[] lengths = finer.spatialShape();
        for (int corner = 0; corner < 8; corner++) {
            int[] half = {corner >> 2, corner >> 1 & 1, corner & 1};
            long[] child = {2 * index[0] + half[0], 2 * index[1] + half[1], 2 * index[2] + half[2]};
            if (child[0] < grid[0] && child[1] < grid[1] && child[2] < grid[2]) {
                byte[] fine = chunk(level - 1, channel, child);
                spec.downscaling().scale(spec.type(), fine, format.chunk(), elements, half, lengths);
            }
        }
        levels.get(level).clear(index, elements);
    }

    /** Reads a chunk of level 0, padded with zeros. */
    private void load(LevelWriter writer, long channel, long[] index, byte[] elements) {
        int[] chunk = format.chunk();
        long[] lengths = writer.spatialShape();
        int rank = spec.shape().length;
        long[] start = new long[rank];
        long[] shape = new long[rank];
        if (rank == 4) {
            start[0] = channel;
            shape[0] = 1;
        }
        boolean whole = true;
        for (int i = 0; i < 3; i++) {
            start[rank - 3 + i] = index[i] * chunk[i];
            shape[rank - 3 + i] = Math.min(chunk[i], lengths[i] - index[i] * chunk[i]);
            whole &= shape[rank - 3 + i] == chunk[i];
        }
        Region box = Region.of(start, shape);
        if (whole) {
            source.read(box, ByteBuffer.wrap(elements).order(ByteOrder.LITTLE_ENDIAN));
            return;
        }
        int size = spec.type().bytes();
        byte[] inside = new byte[Math.toIntExact(box.size()) * size];
        source.read(box, ByteBuffer.wrap(inside).order(ByteOrder.LITTLE_ENDIAN));
        int row = (int) shape[rank - 1] * size;
        for (int z = 0; z < shape[rank - 3]; z++) {
            for (int y = 0; y < shape[rank - 2]; y++) {
                int from = (z * (int) shape[rank - 2] + y) * row;
                System.arraycopy(inside, from, elements, (z * chunk[1] + y) * chunk[2] * size, row);
            }
        }
    }
}
