package org.copick.tests.zarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.copick.cache.ChunkCache;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.ImageLevel;
import org.copick.zarr.ImageSpec;
import org.copick.zarr.ImageWriter;
import org.copick.zarr.Region;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that chunks shortened to the size of small images hold the same values as full-length chunks. */
class FittingChunksTest {
    private static final long SEED = 13;

    private final MemoryStore whole = new MemoryStore();
    private final MemoryStore fitted = new MemoryStore();

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void everyLevelHasTheSameValues(int version) {
        Random random = new Random(SEED);
        for (int i = 0; i < 60; i++) {
            long[] shape = random.longs(3, 1, 20).toArray();
            int levels = 1 + random.nextInt(4);
            ImageFormat format = new ImageFormat(version, new int[] {8, 8, 8});
            boolean labels = random.nextBoolean();
            ImageSpec spec = labels
                    ? ImageSpec.labels(shape, DataType.UINT8, 10, levels)
                    : ImageSpec.tomogram(shape, DataType.FLOAT32, 10, levels);
            int voxels = (int) Region.all(shape).size();
            byte[] few = new byte[voxels];
            random.nextBytes(few);
            float[] values = new float[voxels];
            for (int j = 0; j < voxels; j++) {
                values[j] = few[j] / 7f;
            }
            BoxSource source = labels ? BoxSource.of(few, shape) : BoxSource.of(values, shape);
            ImageWriter.write(new StorePlace(whole, ""), WriteCondition.ANY, spec, format, source);
            ImageWriter.write(new StorePlace(fitted, ""), WriteCondition.ANY, spec, format.fitting(), source);
            for (int level = 0; level < levels; level++) {
                ZarrArray expected = level(whole, level);
                ZarrArray actual = level(fitted, level);
                String of = "seed " + SEED + ", image " + i + ", level " + level;
                assertArrayEquals(expected.shape(), actual.shape(), of);
                Region all = Region.all(actual.shape());
                assertArrayEquals(expected.readFloats(all), actual.readFloats(all), of);
                long[] chunk =
                        Arrays.stream(shape).map(length -> Math.min(8, length)).toArray();
                assertArrayEquals(chunk, actual.chunkShape(), of);
            }
        }
    }

    @Test
    void givenLevelsFitTheLongestOfThem() {
        long[] small = {3, 5, 7};
        long[] large = {4, 5, 6};
        ImageWriter.write(
                new StorePlace(fitted, ""),
                WriteCondition.ANY,
                ImageSpec.tomogram(small, DataType.FLOAT32, 10, 2),
                ImageFormat.VERSION_2.fitting(),
                List.of(
                        new ImageLevel(small, Optional.empty(), BoxSource.of(new float[105], small)),
                        new ImageLevel(large, Optional.empty(), BoxSource.of(new float[120], large))));

        assertArrayEquals(new long[] {4, 5, 7}, level(fitted, 0).chunkShape());
        assertEquals(0, level(fitted, 1).readFloats(Region.all(large))[119]);
    }

    @Test
    void chunksThatWereAskedForStayAsTheyAre() {
        assertArrayEquals(new int[] {256, 256, 256}, ImageFormat.VERSION_2.chunk());
        assertArrayEquals(
                new int[] {64, 64, 64},
                ImageFormat.VERSION_2.fitting().withChunk(64, 64, 64).chunk());
        long[] shape = {2, 3, 4};
        ImageWriter.write(
                new StorePlace(whole, ""),
                WriteCondition.ANY,
                ImageSpec.labels(shape, DataType.UINT8, 10, 1),
                ImageFormat.VERSION_2.fitting().withChunk(64, 64, 64),
                BoxSource.of(new byte[24], shape));
        assertArrayEquals(new long[] {64, 64, 64}, level(whole, 0).chunkShape());
    }

    private static ZarrArray level(MemoryStore store, int level) {
        return (ZarrArray) new Zarr(ChunkCache.ofBytes(0))
                .open(store, Integer.toString(level))
                .orElseThrow();
    }
}
