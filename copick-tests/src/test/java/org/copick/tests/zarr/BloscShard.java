package org.copick.tests.zarr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.copick.storage.ObjectStore;
import org.copick.storage.WriteCondition;
import org.copick.zarr.Region;
import org.copick.zarr.codec.BloscPacker;

/** An array of floats in one shard of two chunks along z, which are Blosc containers of several blocks. */
final class BloscShard {
    private final int depth;
    private final int size;
    private final float[] values;

    /** Creates random elements for two chunks of {@code depth} × 128 × 128. */
    BloscShard(int depth) {
        this.depth = depth;
        this.size = depth * 128 * 128;
        Random random = new Random(3);
        values = new float[2 * size];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(1000);
        }
    }

    long[] shape() {
        return new long[] {2L * depth, 128, 128};
    }

    private byte[] packed(int chunk, ByteOrder order) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * size).order(order);
        bytes.asFloatBuffer().put(values, chunk * size, size);
        return BloscPacker.pack(bytes.array(), 4);
    }

    /** Writes the shard with its index at the end, with or without damage in the last quarter of the second chunk. */
    void write(ObjectStore store, ByteOrder order, boolean damaged) {
        byte[] first = packed(0, order);
        byte[] second = packed(1, order);
        if (damaged) {
            Arrays.fill(second, second.length * 3 / 4, second.length, (byte) 0x5a);
        }
        ByteBuffer index = ByteBuffer.allocate(36).order(ByteOrder.LITTLE_ENDIAN);
        index.putLong(0).putLong(first.length).putLong(first.length).putLong(second.length);
        CRC32C sum = new CRC32C();
        sum.update(index.array(), 0, 32);
        index.putInt((int) sum.getValue());
        ByteBuffer shard = ByteBuffer.allocate(first.length + second.length + 36);
        shard.put(first).put(second).put(index.array());
        store.write("c/0/0/0", shard.array(), WriteCondition.ANY);
        String json = """
                {"zarr_format": 3, "node_type": "array", "shape": [%1$d, 128, 128], "data_type": "float32",
                 "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": [%1$d, 128, 128]}},
                 "chunk_key_encoding": {"name": "default", "configuration": {"separator": "/"}}, "fill_value": 0,
                 "codecs": [{"name": "sharding_indexed", "configuration": {"chunk_shape": [%2$d, 128, 128],
                   "codecs": [{"name": "bytes", "configuration": {"endian": "%3$s"}}, {"name": "blosc", "configuration":
                     {"cname": "lz4", "clevel": 5, "shuffle": "shuffle", "typesize": 4, "blocksize": 0}}],
                   "index_codecs": [{"name": "bytes", "configuration": {"endian": "little"}}, {"name": "crc32c"}],
                   "index_location": "end"}}]}
                """.formatted(2 * depth, depth, order == ByteOrder.LITTLE_ENDIAN ? "little" : "big");
        store.write("zarr.json", json.getBytes(StandardCharsets.UTF_8), WriteCondition.ANY);
    }

    float[] expected(Region region) {
        float[] box = new float[Math.toIntExact(region.size())];
        int at = 0;
        for (long z = region.start(0); z < region.start(0) + region.length(0); z++) {
            for (long y = region.start(1); y < region.start(1) + region.length(1); y++) {
                int row = (int) ((z * 128 + y) * 128 + region.start(2));
                System.arraycopy(values, row, box, at, (int) region.length(2));
                at += (int) region.length(2);
            }
        }
        return box;
    }
}
