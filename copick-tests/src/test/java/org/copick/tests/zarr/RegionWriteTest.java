package org.copick.tests.zarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.copick.cache.ChunkCache;
import org.copick.error.InvalidDataException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.ObjectStore;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.zarr.Region;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tests that writing a region changes exactly that region, for every layout. */
class RegionWriteTest {
    private static final int BOXES = 5;

    @TestFactory
    Stream<DynamicTest> aRegionIsReplacedAndTheRestStays() {
        return Stream.of(Corpus.ZARR2, Corpus.ZARR3)
                .flatMap(corpus -> corpus.readable().stream()
                        .map(array -> DynamicTest.dynamicTest(array.path(), () -> check(corpus.store(), array))));
    }

    private static void check(ObjectStore corpus, ZarrArray original) {
        String path = original.path();
        MemoryStore store = copy(corpus, path);
        ZarrArray array = open(store, path, ChunkCache.ofBytes(1 << 20));
        long[] shape = array.shape();
        int element = array.dataType().bytes();
        byte[] model = bytes(array);
        Random random = new Random(path.hashCode());
        for (int i = 0; i < BOXES && model.length > 0; i++) {
            Region box = box(shape, random);
            byte[] values = new byte[(int) box.size() * element];
            random.nextBytes(values);
            if (array.dataType().name().equals("BOOL")) {
                for (int b = 0; b < values.length; b++) {
                    values[b] &= 1;
                }
            }
            ByteBuffer given = ByteBuffer.wrap(values).order(ByteOrder.LITTLE_ENDIAN);
            try {
                array.writeRegion(box, given);
            } catch (UnsupportedFeatureException e) {
                assertTrue(e.toString().contains("for writing"), e::toString);
                assertArrayEquals(
                        model, bytes(open(store, path, ChunkCache.ofBytes(0))), "a failed write changes nothing");
                return;
            } catch (InvalidDataException e) {
                // a filter cannot represent these values exactly; chunks before this one may have been written
                assertTrue(e.toString().contains("codec "), e::toString);
                byte[] changed = model.clone();
                place(changed, shape, box, values, element);
                requireOldOrNew(bytes(open(store, path, ChunkCache.ofBytes(0))), model, changed, element);
                return;
            }
            place(model, shape, box, values, element);
            String what = path + " " + box;
            assertArrayEquals(model, bytes(array), what + " through the array that wrote");
            assertArrayEquals(model, bytes(open(store, path, ChunkCache.ofBytes(0))), what);
        }
    }

    private static void requireOldOrNew(byte[] actual, byte[] before, byte[] after, int element) {
        for (int i = 0; i < actual.length; i += element) {
            assertTrue(
                    Arrays.equals(actual, i, i + element, before, i, i + element)
                            || Arrays.equals(actual, i, i + element, after, i, i + element),
                    "element " + i / element);
        }
    }

    @Test
    void writersOfTheSameChunksLoseNothing() throws Exception {
        for (String path : List.of("sharding/one-large", "compressors/zstd")) {
            MemoryStore store = copy(Corpus.ZARR3.store(), path);
            ExecutorService threads = Executors.newFixedThreadPool(6);
            try {
                ZarrArray array = open(store, path, ChunkCache.ofBytes(1 << 20));
                long[] shape = array.shape();
                List<Future<?>> writers = new ArrayList<>();
                for (long plane = 0; plane < Math.min(12, shape[1]); plane++) {
                    Region box = Region.plane(shape, 1, plane);
                    float[] values = new float[(int) box.size()];
                    Arrays.fill(values, (float) (plane + 1));
                    writers.add(threads.submit(
                            () -> open(store, path, ChunkCache.ofBytes(1 << 20)).writeRegion(box, values)));
                }
                for (Future<?> writer : writers) {
                    writer.get();
                }
                for (long plane = 0; plane < Math.min(12, shape[1]); plane++) {
                    for (float value :
                            open(store, path, ChunkCache.ofBytes(0)).readFloats(Region.plane(shape, 1, plane))) {
                        assertEquals((float) (plane + 1), value, path);
                    }
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Test
    void onlyTheChunksThatAreTouchedAreRequested() {
        MemoryStore contents = copy(Corpus.ZARR3.store(), "compressors/zstd");
        RecordingStore store = new RecordingStore(contents);
        ZarrArray array = open(store, "compressors/zstd", ChunkCache.ofBytes(1 << 20));
        array.writeRegion(Region.of(new long[] {0, 0, 0}, new long[] {1, 1, 1}), new float[] {5});

        assertEquals(List.of("all of compressors/zstd/c/0/0/0"), store.requests);
        assertThrows(
                IllegalArgumentException.class,
                () -> array.writeRegion(Region.of(new long[] {0, 0, 0}, new long[] {1, 1, 2}), new float[] {5}));
    }

    private static MemoryStore copy(ObjectStore corpus, String path) {
        MemoryStore store = new MemoryStore();
        for (var object : corpus.list(path + "/", null, 1000).objects()) {
            store.write(object.key(), corpus.read(object.key()).orElseThrow().bytes(), WriteCondition.ANY);
        }
        return store;
    }

    private static ZarrArray open(ObjectStore store, String path, ChunkCache cache) {
        return (ZarrArray) new Zarr(cache).open(store, path).orElseThrow();
    }

    private static byte[] bytes(ZarrArray array) {
        Region all = Region.all(array.shape());
        byte[] bytes = new byte[(int) all.size() * array.dataType().bytes()];
        array.readBytes(all, bytes);
        return bytes;
    }

    private static Region box(long[] shape, Random random) {
        long[] start = new long[shape.length];
        long[] length = new long[shape.length];
        long[] step = new long[shape.length];
        boolean stepping = random.nextInt(4) == 0;
        boolean all = random.nextInt(5) == 0;
        for (int i = 0; i < shape.length; i++) {
            start[i] = all ? 0 : random.nextLong(shape[i]);
            step[i] = stepping ? random.nextLong(1, 5) : 1;
            long most = (shape[i] - start[i] + step[i] - 1) / step[i];
            length[i] = all ? most : random.nextLong(most) + 1;
        }
        return Region.of(start, length, step);
    }

    private static void place(byte[] model, long[] shape, Region box, byte[] values, int element) {
        for (int i = 0; i < values.length / element; i++) {
            long rest = i;
            long place = 0;
            long stride = 1;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                place += (box.start(axis) + rest % box.length(axis) * box.step(axis)) * stride;
                rest /= box.length(axis);
                stride *= shape[axis];
            }
            System.arraycopy(values, i * element, model, (int) place * element, element);
        }
    }
}
