package org.copick.tests.zarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.copick.cache.ChunkCache;
import org.copick.error.CorruptDataException;
import org.copick.storage.ObjectStore;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.zarr.Region;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.copick.zarr.codec.BloscPacker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests shards whose chunks are Blosc containers of several blocks.
 *
 * <p>The shard holds 48 × 128 × 128 floats in two chunks along z. The last block of each chunk is a short one.
 */
class BlocksInShardsTest {
    private static final int[] SHAPE = {48, 128, 128};
    private static final int CHUNK = 24 * 128 * 128;

    private final float[] values = values();
    private final MemoryStore store = new MemoryStore();

    private static float[] values() {
        Random random = new Random(3);
        float[] values = new float[2 * CHUNK];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(1000);
        }
        return values;
    }

    private byte[] packed(int chunk, ByteOrder order) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * CHUNK).order(order);
        bytes.asFloatBuffer().put(values, chunk * CHUNK, CHUNK);
        return BloscPacker.pack(bytes.array(), 4);
    }

    private ZarrArray array(ObjectStore from, long cacheBytes) {
        return (ZarrArray)
                new Zarr(ChunkCache.ofBytes(cacheBytes)).open(from, "").orElseThrow();
    }

    /** Writes one shard with its index at the end, with or without damage in the last quarter of the second chunk. */
    private void write(ByteOrder order, boolean damaged) {
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
                {"zarr_format": 3, "node_type": "array", "shape": [48, 128, 128], "data_type": "float32",
                 "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": [48, 128, 128]}},
                 "chunk_key_encoding": {"name": "default", "configuration": {"separator": "/"}}, "fill_value": 0,
                 "codecs": [{"name": "sharding_indexed", "configuration": {"chunk_shape": [24, 128, 128],
                   "codecs": [{"name": "bytes", "configuration": {"endian": "%s"}}, {"name": "blosc", "configuration":
                     {"cname": "lz4", "clevel": 5, "shuffle": "shuffle", "typesize": 4, "blocksize": 0}}],
                   "index_codecs": [{"name": "bytes", "configuration": {"endian": "little"}}, {"name": "crc32c"}],
                   "index_location": "end"}}]}
                """.formatted(order == ByteOrder.LITTLE_ENDIAN ? "little" : "big");
        store.write("zarr.json", json.getBytes(StandardCharsets.UTF_8), WriteCondition.ANY);
    }

    private float[] expected(long[] start, long[] shape) {
        float[] box = new float[(int) (shape[0] * shape[1] * shape[2])];
        int at = 0;
        for (long z = start[0]; z < start[0] + shape[0]; z++) {
            for (long y = start[1]; y < start[1] + shape[1]; y++) {
                int row = (int) ((z * SHAPE[1] + y) * SHAPE[2] + start[2]);
                System.arraycopy(values, row, box, at, (int) shape[2]);
                at += (int) shape[2];
            }
        }
        return box;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void regionsAreTheSameWithAndWithoutACache(boolean little) {
        write(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN, false);
        ZarrArray single = array(store, 0);
        ZarrArray cached = array(store, 64 << 20);
        Random random = new Random(4);
        for (int i = 0; i < 60; i++) {
            long[] start = new long[3];
            long[] shape = new long[3];
            for (int k = 0; k < 3; k++) {
                start[k] = random.nextInt(SHAPE[k]);
                shape[k] = 1L + random.nextInt(SHAPE[k] - (int) start[k]);
            }
            Region region = Region.of(start, shape);
            float[] expected = expected(start, shape);
            assertArrayEquals(expected, single.readFloats(region), () -> "without a cache " + region);
            assertArrayEquals(expected, cached.readFloats(region), () -> "with a cache " + region);
        }
    }

    @Test
    void damageIsToldWhereItIsNeededAndNotBeforeIt() {
        write(ByteOrder.LITTLE_ENDIAN, true);
        ZarrArray array = array(store, 0);
        long[] plane = {1, 128, 128};
        assertArrayEquals(
                expected(new long[] {26, 0, 0}, plane), array.readFloats(Region.of(new long[] {26, 0, 0}, plane)));
        Region last = Region.of(new long[] {47, 0, 0}, plane);
        assertThrows(CorruptDataException.class, () -> array.readFloats(last));
    }
}
