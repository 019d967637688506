package org.copick.tests.zarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.copick.cache.ChunkCache;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.ImageSpec;
import org.copick.zarr.Workers;
import org.copick.zarr.Zarr;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that are written through memory of earlier chunks have the bytes of images that are written through new memory. */
class ReusedChunksTest {
    private static final int LARGE = 17 << 20;

    private final ExecutorService fetching = Executors.newFixedThreadPool(4);
    private final ExecutorService decoding = Executors.newFixedThreadPool(3);
    private final Zarr zarr = new Zarr(ChunkCache.ofBytes(0), new Workers(fetching, 4, decoding, 64 << 20));

    @AfterEach
    void endThreads() {
        fetching.shutdown();
        decoding.shutdown();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void allBytesAreEqual(int version) {
        long seed = System.nanoTime();
        System.out.println("reused chunks, seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 15; i++) {
            long[] shape = random.longs(3, 1, 40).toArray();
            if (i == 0) {
                shape = new long[] {130, 190, 201}; // large enough for several threads
            }
            int edge = i == 0 ? 64 : 4 * (1 + random.nextInt(6));
            float[] values = new float[(int) (shape[0] * shape[1] * shape[2])];
            for (int j = 0; j < values.length; j++) {
                values[j] = random.nextInt(3) > 0 ? 1 + random.nextInt(9) : 0;
            }
            BoxSource source = BoxSource.of(values, shape);
            ImageSpec spec = ImageSpec.tomogram(shape, DataType.FLOAT32, 10, 1 + random.nextInt(3));
            ImageFormat format = new ImageFormat(version, new int[] {edge, edge, edge});

            assertSame(
                    written(spec, format, (box, into) -> source.read(box, into)),
                    written(spec, format, source),
                    "image " + i + ", seed " + seed);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aSourceThatLeavesOutZerosGetsThem(int version) {
        long[] shape = {LARGE / 4 / 256 / 256, 256, 256};
        ImageSpec spec = ImageSpec.tomogram(shape, DataType.FLOAT32, 10, 2);
        ImageFormat format = new ImageFormat(version, new int[] {16, 64, 64});
        BoxSource sparse = (box, into) -> {
            if (box.start(2) == 64) {
                into.putFloat(0, 1);
            }
        };
        BoxSource complete = (box, into) -> {
            BoxSource.zeros().read(box, into);
            sparse.read(box, into);
        };

        assertSame(written(spec, format, complete), written(spec, format, sparse), "version " + version);
    }

    private MemoryStore written(ImageSpec spec, ImageFormat format, BoxSource source) {
        MemoryStore store = new MemoryStore();
        zarr.write(new StorePlace(store, ""), WriteCondition.ANY, spec, format, source);
        return store;
    }

    private static void assertSame(MemoryStore expected, MemoryStore actual, String what) {
        assertEquals(expected.contents().keySet(), actual.contents().keySet(), what);
        expected.contents()
                .forEach((key, bytes) ->
                        assertArrayEquals(bytes, actual.contents().get(key), what + ", " + key));
    }
}
