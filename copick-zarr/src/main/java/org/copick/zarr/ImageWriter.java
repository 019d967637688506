package org.copick.zarr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.copick.error.OperationInterruptedException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;
import org.copick.zarr.ChunkMemory.Chunk;
import org.copick.zarr.codec.BloscPacker;
import org.jspecify.annotations.Nullable;

/**
 * Writes multiscale images, all levels in one pass over level 0. As soon as eight chunks of a level are complete, they
 * are scaled down to one chunk of the next level. Everything runs in the calling thread; {@link Zarr#write} uses
 * several threads.
 *
 * <p><b>Memory.</b> One chunk of each level and two more. In version 3, each level also takes up to 64 MiB of packed
 * inner chunks, or a sixteenth of the heap if that is less, and a larger shard takes what the store's
 * {@link org.copick.storage.ObjectWriter} needs. Several threads take another eighth of the heap, at most 256 MiB. So
 * an image may be larger than the heap.
 *
 * <p><b>Visibility.</b> If the store declares {@link StoreCapability#REPLACE_PREFIX}, the image is staged beside
 * its place and exchanged for the existing content when it is complete. After a crash, a folder whose name ends with
 * {@code .staged} remains. On other stores, a marker beside the place records the progress. A new image is written at
 * its place, the group's metadata last. An image that replaces another one is staged beside the place, committed by one
 * conditional write of the marker, and copied to its place by the store: 2 <i>n</i> + 11 requests for <i>n</i> objects.
 * After a crash, either the old or the new image exists, and {@link MarkedImage} finds it. Readers that do not know the
 * marker find one of the two or, during the copy, none. So nobody ever reads a mixture. If the place is a whole store,
 * there is nowhere to stage: the existing content is deleted first, and lost if the writer is killed.
 */
public final class ImageWriter {
    private static final long SMALL_IMAGE = 16 << 20;
    /**
     * Denominator of a heap fraction: when memory runs out, a chunk larger than 1/8 of the heap is reported as the
     * cause.
     */
    private static final int MUCH_HEAP = 8;

    private final ObjectStore store;
    private final ImageSpec spec;
    private final ImageFormat format;
    /** The source of each level; empty for a level that is computed from the previous one. */
    private final List<Optional<BoxSource>> sources = new ArrayList<>();

    private final List<long[]> shapes = new ArrayList<>();
    private final List<LevelWriter> levels = new ArrayList<>();
    private final List<double[]> scales = new ArrayList<>();

    private final ChunkWrites writes;
    /** The chunks of levels with sources that set all elements. */
    private @Nullable ChunkMemory memory;

    private ImageWriter(Workers workers, ObjectStore store, ImageSpec spec, ImageFormat format) {
        // writing a small image takes no longer than waking another thread
        boolean small = Region.all(spec.shape()).size() * spec.type().bytes() <= SMALL_IMAGE;
        this.writes = new ChunkWrites(small ? Workers.sameThread() : workers, store.location());
        this.store = store;
        this.spec = spec;
        this.format = format;
    }

    /**
     * Writes an image.
     *
     * @param place the place of the image; everything in it belongs to the image
     * @param condition {@link WriteCondition#ANY} replaces any existing content; with {@link WriteCondition#IF_ABSENT}
     *     exactly one of several concurrent writers succeeds, if the store declares conditional writes
     * @param spec the properties of the image
     * @param format the version of Zarr and the shape of chunks
     * @param source the elements of level 0
     * @throws IllegalArgumentException for an image that this format cannot hold; nothing has been changed then
     * @throws UnsupportedFeatureException for chunks that take more than 2 GiB or do not fit into the heap; nothing has
     *     been changed then
     * @throws org.copick.error.AlreadyExistsException for {@code IF_ABSENT} if the place holds an image, or a
     *     writer is working there
     * @throws OperationInterruptedException if the thread is interrupted
     */
    public static void write(
            StorePlace place, WriteCondition condition, ImageSpec spec, ImageFormat format, BoxSource source) {
        write(Workers.sameThread(), place, condition, spec, format, source);
    }

    /** Writes an image; these threads pack and write several chunks at a time. */
    static void write(
            Workers workers,
            StorePlace place,
            WriteCondition condition,
            ImageSpec spec,
            ImageFormat format,
            BoxSource source) {
        replace(place, condition, store -> {
            ImageWriter writer = new ImageWriter(workers, store, spec, format.of(spec.shape()));
            long[] shape = spec.shape();
            double voxelSize = spec.voxelSize();
            for (int level = 0; level < spec.levels(); level++) {
                writer.requireEvenChunks(shape);
                writer.add(shape, writer.scale(voxelSize), level == 0 ? Optional.of(source) : Optional.empty());
                shape = spec.downscaling().shorter(shape);
                voxelSize *= 2;
            }
            writer.requireReadable();
            writer.requireHeap();
            return writer;
        });
    }

    /**
     * Writes an image whose levels are all given.
     *
     * @param place the place of the image; everything in it belongs to the image
     * @param condition {@link WriteCondition#ANY} replaces any existing content; with {@link WriteCondition#IF_ABSENT}
     *     exactly one of several concurrent writers succeeds, if the store declares conditional writes
     * @param spec the properties common to all levels; its number of levels and its downscaling are ignored
     * @param format the version of Zarr and the shape of chunks
     * @param given the levels, the full resolution first
     * @throws IllegalArgumentException for an image that this format cannot hold, or a level with other axes; nothing
     *     has been changed then
     * @throws UnsupportedFeatureException for chunks that take more than 2 GiB or do not fit into the heap; nothing has
     *     been changed then
     * @throws org.copick.error.AlreadyExistsException for {@code IF_ABSENT} if the place holds an image, or a
     *     writer is working there
     * @throws OperationInterruptedException if the thread is interrupted
     */
    public static void write(
            StorePlace place, WriteCondition condition, ImageSpec spec, ImageFormat format, List<ImageLevel> given) {
        write(Workers.sameThread(), place, condition, spec, format, given);
    }

    /** Writes an image whose levels are all given; these threads pack and write several chunks at a time. */
    static void write(
            Workers workers,
            StorePlace place,
            WriteCondition condition,
            ImageSpec spec,
            ImageFormat format,
            List<ImageLevel> given) {
        replace(place, condition, store -> {
            ImageWriter writer = new ImageWriter(workers, store, spec, format.of(longest(spec.shape(), given)));
            double voxelSize = spec.voxelSize();
            for (ImageLevel level : given) {
                writer.requireLike(level);
                double[] scale = writer.scale(voxelSize);
                writer.add(level.shape(), level.scale().orElse(scale), Optional.of(level.source()));
                voxelSize *= 2;
            }
            writer.requireReadable();
            writer.requireHeap();
            return writer;
        });
    }

    /** Throws an exception for a level that has other axes than the image. */
    private void requireLike(ImageLevel level) {
        long[] shape = level.shape();
        long[] of = spec.shape();
        boolean alike = shape.length == of.length
                && Arrays.stream(shape).allMatch(length -> length > 0)
                && (spec.leading().isEmpty() || shape[0] == of[0])
                && level.scale().map(scale -> scale.length).orElse(of.length) == of.length;
        if (!alike) {
            throw new IllegalArgumentException("a level of shape " + Arrays.toString(shape)
                    + level.scale()
                            .map(scale -> " and scale " + Arrays.toString(scale))
                            .orElse("") + " cannot be part of an image of shape " + Arrays.toString(of));
        }
    }

    /** Throws an exception for chunks that are too long, or too many in a shard, to be read again. */
    private void requireReadable() {
        int[] chunk = format.chunk();
        var unused = ChunkEncoding.lengths(
                Arrays.stream(chunk).asLongStream().toArray(), spec.type().bytes(), store.location());
        if (format.zarrFormat() == 2) {
            return;
        }
        for (long[] shape : shapes) {
            long count = spec.leadingInOneShard() ? shape[0] : 1;
            for (int i = 0; i < 3; i++) {
                count *= (shape[shape.length - 3 + i] - 1) / chunk[i] + 1;
            }
            if (count > ChunkEncodingParser.MOST_INNER_CHUNKS) {
                throw new IllegalArgumentException("cannot write " + store.location() + ": a shard of "
                        + Arrays.toString(shape) + " voxels holds " + count + " chunks of " + Arrays.toString(chunk)
                        + ", more than " + ChunkEncodingParser.MOST_INNER_CHUNKS + "; choose larger chunks");
            }
        }
    }

    /**
     * Throws an exception if the chunks held at a time do not fit into the heap. These are one chunk for each level
     * computed in one pass, and one more.
     */
    private void requireHeap() {
        int inOnePass = 0;
        int most = 0;
        for (Optional<BoxSource> source : sources) {
            inOnePass = source.isPresent() ? 1 : inOnePass + 1;
            most = Math.max(most, inOnePass);
        }
        if (chunkBytes() * (most + 1) > Runtime.getRuntime().maxMemory()) {
            throw new UnsupportedFeatureException(tooLarge((most + 1) + " of them more than"));
        }
    }

    private long chunkBytes() {
        return ChunkEncoding.product(corner(), spec.type().bytes());
    }

    private String tooLarge(String than) {
        return "cannot write " + store.location() + ": chunks of "
                + Arrays.toString(format.chunk()) + " take up to " + chunkBytes() + " bytes each, and " + than
                + " the heap of " + Runtime.getRuntime().maxMemory()
                + " bytes; choose smaller chunks, or give the program a larger heap with -Xmx";
    }

    private static long[] longest(long[] shape, List<ImageLevel> levels) {
        long[] longest = shape.clone();
        for (ImageLevel level : levels) {
            for (int i = 0; i < Math.min(longest.length, level.shape().length); i++) {
                longest[i] = Math.max(longest[i], level.shape()[i]);
            }
        }
        return longest;
    }

    private static void replace(
            StorePlace place, WriteCondition condition, Function<ObjectStore, ImageWriter> writerAt) {
        // invalid images are rejected before the store is accessed
        if (writerAt.apply(place.scoped()).shapes.isEmpty()) {
            throw new IllegalArgumentException("an image needs at least one level");
        }
        StagedWrite.at(place, condition, store -> writerAt.apply(store).write());
    }

    private void add(long[] shape, double[] scale, Optional<BoxSource> source) {
        shapes.add(shape);
        scales.add(scale);
        sources.add(source);
    }

    /**
     * Returns the shape of the part of a chunk that can hold voxels. It is equal for all levels, so that halves of
     * chunks fit into chunks.
     */
    private int[] corner() {
        int[] corner = format.chunk().clone();
        for (int i = 0; i < 3; i++) {
            long longest = 0;
            for (long[] shape : shapes) {
                longest = Math.max(longest, shape[shape.length - 3 + i]);
            }
            corner[i] = (int) Math.min(corner[i], longest + longest % 2);
        }
        return corner;
    }

    private double[] scale(double voxelSize) {
        double[] scale = new double[spec.shape().length];
        Arrays.fill(scale, voxelSize);
        if (spec.leading().isPresent()) {
            scale[0] = 1;
        }
        return scale;
    }

    private void write() {
        int[] corner = corner();
        // one for all levels, so that it holds no more than one array for each thread that packs
        ChunkMemory outputs = new ChunkMemory(BloscPacker.mostBytes(Math.toIntExact(chunkBytes())));
        for (long[] shape : shapes) {
            String path = Integer.toString(levels.size());
            levels.add(LevelWriter.of(store, path, shape, spec, format, corner, outputs, writes));
        }
        try {
            writeLevels();
        } catch (RuntimeException | Error e) {
            writes.abandon(e);
            levels.forEach(LevelWriter::abandon);
            if (e instanceof OutOfMemoryError
                    && chunkBytes() > Runtime.getRuntime().maxMemory() / MUCH_HEAP) {
                throw new UnsupportedFeatureException(tooLarge("those under way more than is free in"), e);
            }
            throw e;
        }
        new ImageMetadata(spec, format, scales)
                .write(store, levels.stream().map(LevelWriter::shape).toList());
    }

    private void writeLevels() {
        for (int level = levels.size() - 1; level >= 0; level--) {
            // a level with its own source is written together with the levels computed from it
            boolean coarsest =
                    level == levels.size() - 1 || sources.get(level + 1).isPresent();
            if (coarsest) {
                writeFrom(level);
            }
        }
        writes.finish();
        levels.forEach(LevelWriter::done);
    }

    private void requireEvenChunks(long[] shape) {
        for (int i = 0; i < 3; i++) {
            boolean several = shape[shape.length - 3 + i] > format.chunk()[i];
            if (spec.levels() > 1 && several && format.chunk()[i] % 2 != 0) {
                throw new IllegalArgumentException("chunks of " + format.chunk()[i]
                        + " voxels cannot be halved; choose even lengths for images of several levels");
            }
        }
    }

    /** Writes a level and the finer levels that it is computed from. */
    private void writeFrom(int level) {
        long leading = spec.leading().isPresent() ? spec.shape()[0] : 1;
        long[] grid = grid(level);
        for (long channel = 0; channel < leading; channel++) {
            long[] index = new long[3];
            for (index[0] = 0; index[0] < grid[0]; index[0]++) {
                for (index[1] = 0; index[1] < grid[1]; index[1]++) {
                    for (index[2] = 0; index[2] < grid[2]; index[2]++) {
                        chunk(level, channel, index.clone()).release();
                    }
                }
            }
            writes.finish();
            for (LevelWriter written : levels) {
                written.channelDone();
            }
        }
    }

    /**
     * Returns the number of chunks to visit along each axis. It includes chunks outside this level, if finer chunks
     * inside the image can only be reached through them.
     */
    private long[] grid(int level) {
        long[] own = levels.get(level).grid();
        if (sources.get(level).isEmpty()) {
            long[] finer = grid(level - 1);
            for (int i = 0; i < 3; i++) {
                own[i] = Math.max(own[i], (finer[i] + 1) / 2);
            }
        }
        return own;
    }

    /**
     * Writes a group without an image, as copick 2.0 does for an entity created without data.
     *
     * @param place the place of the group; everything in it belongs to the group
     * @param condition {@link WriteCondition#ANY} to replace any existing content, or {@link WriteCondition#IF_ABSENT}
     * @param zarrFormat the version of Zarr, 2 or 3
     * @throws org.copick.error.AlreadyExistsException for {@code IF_ABSENT} if the place holds an image, or a
     *     writer is working there
     */
    public static void writeEmpty(StorePlace place, WriteCondition condition, int zarrFormat) {
        StagedWrite.at(place, condition, store -> ImageMetadata.writeEmpty(store, zarrFormat));
    }

    /** Computes and writes a chunk and all finer chunks that it is computed from. */
    private Chunk chunk(int level, long channel, long[] index) {
        if (Thread.currentThread().isInterrupted()) {
            throw new OperationInterruptedException("interrupted while writing " + store.location());
        }
        LevelWriter writer = levels.get(level);
        Optional<BoxSource> source = sources.get(level);
        if (source.isPresent()) {
            writes.awaitRoom(writer.chunkBytes());
        }
        boolean fills = source.isPresent() && source.get() instanceof FillingSource;
        Chunk chunk = fills ? memory(writer).takeChunk() : Chunk.zeros(writer.chunkBytes());
        if (source.isPresent()) {
            load(source.get(), writer, channel, index, chunk.elements());
        } else {
            scaleChildren(level, channel, index, chunk.elements());
        }
        if (writer.holds(index)) {
            writer.put(channel, index, chunk);
        }
        return chunk;
    }

    /** Returns the memory of chunks, which have equal lengths in all levels. */
    private ChunkMemory memory(LevelWriter writer) {
        ChunkMemory known = memory;
        if (known == null) {
            known = new ChunkMemory(writer.chunkBytes());
            memory = known;
        }
        return known;
    }

    private void scaleChildren(int level, long channel, long[] index, byte[] elements) {
        LevelWriter finer = levels.get(level - 1);
        long[] grid = grid(level - 1);
        long[] lengths = finer.spatialShape();
        for (int corner = 0; corner < 8; corner++) {
            int[] half = {corner >> 2, corner >> 1 & 1, corner & 1};
            long[] child = {2 * index[0] + half[0], 2 * index[1] + half[1], 2 * index[2] + half[2]};
            if (child[0] < grid[0] && child[1] < grid[1] && child[2] < grid[2]) {
                Chunk fine = chunk(level - 1, channel, child);
                spec.downscaling().scale(spec.type(), fine.elements(), corner(), elements, half, lengths);
                fine.release();
            }
        }
        levels.get(level).clear(index, elements);
    }

    /** Reads a chunk and pads it with zeros. */
    private void load(BoxSource source, LevelWriter writer, long channel, long[] index, byte[] elements) {
        int[] chunk = format.chunk();
        int[] corner = corner();
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
            whole &= shape[rank - 3 + i] == corner[i];
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
        Arrays.fill(elements, (byte) 0);
        for (int z = 0; z < shape[rank - 3]; z++) {
            for (int y = 0; y < shape[rank - 2]; y++) {
                int from = (z * (int) shape[rank - 2] + y) * row;
                System.arraycopy(inside, from, elements, (z * corner[1] + y) * corner[2] * size, row);
            }
        }
    }
}
