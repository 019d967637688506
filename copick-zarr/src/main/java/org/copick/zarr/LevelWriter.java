package org.copick.zarr;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.copick.storage.ObjectStore;
import org.copick.storage.WriteCondition;
import org.copick.zarr.ChunkMemory.Chunk;
import org.copick.zarr.codec.BloscPacker;
import org.copick.zarr.codec.InnerChunkPacker;
import org.copick.zarr.codec.PaddedChunk;
import org.copick.zarr.codec.Slice;
import org.jspecify.annotations.Nullable;

/** Writes the chunks of one level; in version 3, collects them in shards, each of which covers all of z, y and x. */
final class LevelWriter {
    private final ObjectStore store;
    private final String path;
    private final long[] shape;
    private final long[] spatial;
    private final ImageSpec spec;
    private final int[] chunk;
    /** The part of a chunk that can hold voxels, smaller than the chunk if the image is. */
    private final int[] corner;

    private final boolean sharding;
    private final ChunkWrites writes;
    /** The outputs of packing whole chunks of all levels, of which the packed bytes are copied. */
    private final ChunkMemory outputs;

    private @Nullable ShardWriter shard;

    private LevelWriter(
            ObjectStore store,
            String path,
            long[] shape,
            ImageSpec spec,
            ImageFormat format,
            int[] corner,
            ChunkMemory outputs,
            ChunkWrites writes) {
        this.store = store;
        this.path = path;
        this.shape = shape;
        this.spatial = Arrays.copyOfRange(shape, shape.length - 3, shape.length);
        this.spec = spec;
        this.chunk = format.chunk();
        this.corner = corner;
        this.writes = writes;
        this.sharding = format.zarrFormat() == 3;
        this.outputs = outputs;
    }

    static LevelWriter of(
            ObjectStore store,
            String path,
            long[] shape,
            ImageSpec spec,
            ImageFormat format,
            int[] corner,
            ChunkMemory outputs,
            ChunkWrites writes) {
        return new LevelWriter(store, path, shape, spec, format, corner, outputs, writes);
    }

    long[] shape() {
        return shape;
    }

    /** Returns the lengths along z, y and x. */
    long[] spatialShape() {
        return spatial;
    }

    /** Returns the number of bytes of the part of a chunk that can hold voxels. */
    int chunkBytes() {
        return (int) ChunkEncoding.product(
                ChunkEncoding.checked(
                        new long[] {corner[0], corner[1], corner[2]},
                        spec.type().bytes(),
                        store.location()),
                spec.type().bytes());
    }

    /** Returns the number of chunks along z, y and x. */
    long[] grid() {
        long[] grid = new long[3];
        for (int i = 0; i < 3; i++) {
            grid[i] = (spatial[i] + chunk[i] - 1) / chunk[i];
        }
        return grid;
    }

    boolean holds(long[] index) {
        long[] grid = grid();
        return index[0] < grid[0] && index[1] < grid[1] && index[2] < grid[2];
    }

    /** Sets all elements beyond the image to zero. */
    void clear(long[] index, byte[] elements) {
        int size = spec.type().bytes();
        long[] inside = new long[3];
        for (int i = 0; i < 3; i++) {
            inside[i] = Math.max(0, Math.min(corner[i], spatial[i] - index[i] * chunk[i]));
        }
        int row = corner[2] * size;
        for (int z = 0; z < corner[0]; z++) {
            for (int y = 0; y < corner[1]; y++) {
                int at = (z * corner[1] + y) * row;
                int kept = z < inside[0] && y < inside[1] ? (int) inside[2] * size : 0;
                Arrays.fill(elements, at + kept, at + row, (byte) 0);
            }
        }
    }

    /** Schedules a chunk to be packed and written, and holds it until it is packed. */
    void put(long channel, long[] index, Chunk chunk) {
        chunk.hold();
        int length = chunk.elements().length;
        if (!sharding) {
            String key =
                    path + (shape.length == 4 ? "/" + channel : "") + "/" + index[0] + "/" + index[1] + "/" + index[2];
            writes.add(length, () -> {
                byte[] packed = packed(chunk.elements());
                chunk.release();
                return () -> store.write(key, packed, WriteCondition.ANY);
            });
            return;
        }
        long[] grid = grid();
        long within = spec.leadingInOneShard() ? channel : 0;
        int part = (int) (((within * grid[0] + index[0]) * grid[1] + index[1]) * grid[2] + index[2]);
        ShardWriter into = shard(channel);
        InnerChunkPacker packer =
                new InnerChunkPacker(spec.type().bytes(), spec.type().isFloat());
        writes.add(length, () -> {
            byte[] packed = packer.pack(padded(chunk.elements()).whole());
            chunk.release();
            return packed == null ? null : () -> into.put(part, Slice.of(packed));
        });
    }

    private byte[] packed(byte[] elements) {
        PaddedChunk padded = padded(elements);
        if (!padded.isWhole() || !outputs.keeps()) {
            return BloscPacker.pack(padded);
        }
        byte[] output = outputs.take();
        byte[] packed = BloscPacker.pack(padded, output);
        outputs.give(output);
        return packed;
    }

    private PaddedChunk padded(byte[] elements) {
        return new PaddedChunk(elements, corner, chunk, spec.type().bytes());
    }

    /** Called when all chunks of one element of the leading axis have been put. */
    void channelDone() {
        if (!spec.leadingInOneShard()) {
            flush();
        }
    }

    /** Called when all chunks have been put. */
    void done() {
        flush();
    }

    /** Discards an incomplete shard. */
    void abandon() {
        ShardWriter open = shard;
        if (open != null) {
            open.close();
        }
        shard = null;
    }

    private ShardWriter shard(long channel) {
        ShardWriter open = shard;
        if (open == null) {
            long[] grid = grid();
            long parts = grid[0] * grid[1] * grid[2] * (spec.leadingInOneShard() ? shape[0] : 1);
            String first = spec.leadingInOneShard() ? "/0" : "/" + channel;
            String key = path + (shape.length == 4 ? first : "") + "/0/0/0";
            ShardIndex.Format format =
                    new ShardIndex.Format(Math.toIntExact(parts), ByteOrder.LITTLE_ENDIAN, true, true);
            open = new ShardWriter(store, key, WriteCondition.ANY, format);
            shard = open;
        }
        return open;
    }

    private void flush() {
        ShardWriter full = shard;
        if (full != null && !full.isEmpty()) {
            full.complete();
        }
        abandon();
    }
}
