package org.copick.tests.zarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.copick.cache.ChunkCache;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.zarr.Region;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests arrays that are read and written with reordered axes, and without axes of length 1. */
class AxesViewTest {
    private static final long[] SHAPE = {1, 5, 4, 1, 7};
    private static final int SIZE = 140;

    /**
     * Array layouts: C and F order, chunks longer than an axis of one element, shards, and axes transposed by a codec.
     */
    private static final String[] LAYOUTS = {
        v2("[1,2,3,1,4]", "C"),
        v2("[3,5,2,2,7]", "C"),
        v2("[1,2,3,2,4]", "F"),
        v3("[1,5,4,1,7]", "{\"name\":\"bytes\",\"configuration\":{\"endian\":\"little\"}}"),
        v3(
                "[1,3,2,2,4]",
                "{\"name\":\"transpose\",\"configuration\":{\"order\":[2,4,0,1,3]}},"
                        + "{\"name\":\"bytes\",\"configuration\":{\"endian\":\"big\"}}"),
        v3(
                "[1,6,4,1,8]",
                "{\"name\":\"sharding_indexed\",\"configuration\":{\"chunk_shape\":[1,3,2,1,4],"
                        + "\"codecs\":[{\"name\":\"bytes\",\"configuration\":{\"endian\":\"little\"}}],"
                        + "\"index_codecs\":[{\"name\":\"bytes\",\"configuration\":{\"endian\":\"little\"}},"
                        + "{\"name\":\"crc32c\"}]}}")
    };

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void axesAreExchangedAndLeftOut(int layout) {
        ZarrArray stored = array(LAYOUTS[layout]);
        write(stored, Region.all(SHAPE), counting());

        ZarrArray view = stored.withAxes(4, 2, 1);

        assertArrayEquals(new long[] {7, 4, 5}, view.shape());
        float[] values = view.readFloats(Region.all(view.shape()));
        for (int x = 0; x < 7; x++) {
            for (int y = 0; y < 4; y++) {
                for (int z = 0; z < 5; z++) {
                    assertEquals((z * 4 + y) * 7 + x, values[(x * 4 + y) * 5 + z]);
                }
            }
        }
        assertArrayEquals(
                new float[] {27, 55, 83},
                view.readFloats(Region.of(new long[] {6, 3, 0}, new long[] {1, 1, 3})),
                "x = 6, y = 3");
        assertArrayEquals(
                new float[] {0, 56, 112},
                view.readFloats(Region.of(new long[] {0, 0, 0}, new long[] {1, 1, 3}, new long[] {1, 1, 2})),
                "every second z");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void whatIsWrittenThroughAViewIsStored(int layout) {
        ZarrArray stored = array(LAYOUTS[layout]);
        write(stored, Region.all(SHAPE), counting());

        write(stored.withAxes(4, 2, 1), Region.of(new long[] {6, 0, 1}, new long[] {1, 2, 2}), new float[] {
            -1, -2, -3, -4
        });

        float[] expected = counting();
        expected[(1 * 4 + 0) * 7 + 6] = -1;
        expected[(2 * 4 + 0) * 7 + 6] = -2;
        expected[(1 * 4 + 1) * 7 + 6] = -3;
        expected[(2 * 4 + 1) * 7 + 6] = -4;
        assertArrayEquals(expected, stored.readFloats(Region.all(SHAPE)));
    }

    @Test
    void viewsOfViewsAndTheirLayout() {
        ZarrArray stored = array(LAYOUTS[5]);

        ZarrArray view = stored.withAxes(4, 2, 1).withAxes(2, 0, 1);

        assertArrayEquals(new long[] {5, 7, 4}, view.shape());
        assertArrayEquals(new long[] {3, 4, 2}, view.chunkShape());
        assertArrayEquals(new long[] {6, 8, 4}, view.shardShape().orElseThrow());
        assertEquals(
                "[Optional[z], Optional[x], Optional[y]]",
                view.dimensionNames().orElseThrow().toString());
        assertEquals(Optional.empty(), array(LAYOUTS[0]).withAxes(4, 2, 1).dimensionNames());
    }

    @Test
    void axesThatHoldMoreAreNotLeftOut() {
        ZarrArray stored = array(LAYOUTS[0]);

        assertThrows(IllegalArgumentException.class, () -> stored.withAxes(1, 2));
        assertThrows(IllegalArgumentException.class, () -> stored.withAxes(4, 2, 2, 1));
        assertThrows(IllegalArgumentException.class, () -> stored.withAxes(4, 2, 5, 1));
    }

    private static float[] counting() {
        float[] values = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            values[i] = i;
        }
        return values;
    }

    private static void write(ZarrArray array, Region region, float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        array.writeRegion(region, bytes);
    }

    private static ZarrArray array(String metadata) {
        MemoryStore store = new MemoryStore();
        String name = metadata.contains("\"zarr_format\":2") ? ".zarray" : "zarr.json";
        store.write("a/" + name, metadata.getBytes(StandardCharsets.UTF_8), WriteCondition.ANY);
        return (ZarrArray)
                new Zarr(ChunkCache.ofBytes(1 << 20)).open(store, "a").orElseThrow();
    }

    private static String v2(String chunks, String order) {
        return "{\"zarr_format\":2,\"shape\":[1,5,4,1,7],\"chunks\":" + chunks + ",\"dtype\":\"<f4\","
                + "\"compressor\":null,\"filters\":null,\"fill_value\":0,\"order\":\"" + order + "\"}";
    }

    private static String v3(String chunks, String codecs) {
        return "{\"zarr_format\":3,\"node_type\":\"array\",\"shape\":[1,5,4,1,7],\"data_type\":\"float32\","
                + "\"chunk_grid\":{\"name\":\"regular\",\"configuration\":{\"chunk_shape\":" + chunks + "}},"
                + "\"chunk_key_encoding\":{\"name\":\"default\"},\"fill_value\":0,\"codecs\":[" + codecs + "],"
                + "\"dimension_names\":[\"t\",\"z\",\"y\",\"c\",\"x\"]}";
    }
}
