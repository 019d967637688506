package org.copick.imglib2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.imglib2.Cursor;
import net.imglib2.FinalInterval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;
import org.copick.Axis;
import org.copick.Volume;
import org.copick.cache.ChunkCache;
import org.copick.error.StorageException;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.tests.hostile.CountingStore;
import org.copick.tests.hostile.Fault;
import org.copick.tests.hostile.FaultInjectingStore;
import org.copick.tests.hostile.StoreCall;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.ImageSpec;
import org.copick.zarr.Zarr;
import org.junit.jupiter.api.Test;

/** Compares the requests of images with those of the engine. */
final class CellRequestsTest {
    private static final long SEED = Long.getLong("copick.seed", System.nanoTime());
    private static final long[] SHAPE = {80, 150, 140};
    private static final int[] LARGE = {80, 128, 128};

    private final float[] elements = elements();
    private final CountingStore store = new CountingStore(new MemoryStore());

    CellRequestsTest() {
        System.out.println("copick.seed=" + SEED);
    }

    private static float[] elements() {
        Random random = new Random(SEED);
        float[] elements = new float[(int) (SHAPE[0] * SHAPE[1] * SHAPE[2])];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = random.nextFloat();
        }
        return elements;
    }

    private void write(ImageFormat format) {
        new Zarr(ChunkCache.ofDefaultSize())
                .write(
                        new StorePlace(store, ""),
                        WriteCondition.ANY,
                        ImageSpec.tomogram(SHAPE, DataType.FLOAT32, 10, 1),
                        format,
                        BoxSource.of(elements, SHAPE));
    }

    /** Returns the reads of chunks that an action makes in a newly opened volume. */
    private List<String> requests(Consumer<Volume> action) {
        Volume volume = Volume.open(new Zarr(ChunkCache.ofBytes(64 << 20)), store);
        volume.level(0).array();
        store.forget();
        action.accept(volume);
        return store.calls().stream().map(StoreCall::toString).sorted().toList();
    }

    private static void pass(Img<FloatType> image, int axis, long index) {
        for (FloatType element : Views.flatIterable(Views.hyperSlice(image, axis, index))) {
            element.get();
        }
    }

    private static Img<FloatType> image(Volume volume) {
        return CopickImages.image(new FloatType(), volume.level(0).array());
    }

    @Test
    void planesOfALargeChunkCostTheirBlocks() {
        write(new ImageFormat(2, LARGE));
        for (long z : new long[] {0, 41, 79}) {
            List<String> engine = requests(volume -> volume.level(0).plane(Axis.Z, z));
            assertTrue(engine.stream().anyMatch(call -> call.contains("READ_RANGES")), () -> engine.toString());
            assertEquals(engine, requests(volume -> pass(image(volume), 2, z)));
        }
    }

    @Test
    void planesOfSmallChunksCostTheChunksThatTheyTouch() {
        write(new ImageFormat(2, new int[] {15, 64, 64}));
        for (Axis axis : List.of(Axis.Z, Axis.Y, Axis.X)) {
            int dimension = dimension(axis);
            List<String> engine = requests(volume -> volume.level(0).plane(axis, 33));
            assertEquals(engine, requests(volume -> pass(image(volume), dimension, 33)), axis.name());
        }
    }

    private static int dimension(Axis axis) {
        return List.of(Axis.X, Axis.Y, Axis.Z).indexOf(axis);
    }

    @Test
    void aPlaneThatIsReadAtOnceCostsWhatTheEngineNeeds() {
        for (ImageFormat format : List.of(
                new ImageFormat(2, LARGE),
                new ImageFormat(2, new int[] {32, 64, 64}),
                new ImageFormat(3, new int[] {40, 64, 64}))) {
            write(format);
            for (Axis axis : List.of(Axis.Z, Axis.Y, Axis.X)) {
                long[] min = new long[3];
                long[] length = LevelCells.reversed(SHAPE);
                min[dimension(axis)] = 33;
                length[dimension(axis)] = 1;
                FinalInterval plane =
                        FinalInterval.createMinSize(min[0], min[1], min[2], length[0], length[1], length[2]);
                List<String> engine = requests(volume -> volume.level(0).plane(axis, 33));
                assertEquals(
                        engine, requests(volume -> CopickImages.open(volume).read(0, plane)), format + " " + axis);
                assertEquals(
                        engine, requests(volume -> CopickImages.open(volume).prefetch(0, plane)), format + " " + axis);
            }
        }
    }

    @Test
    void aBoxThatIsReadAtOnceIsAtItsPlace() {
        write(new ImageFormat(3, new int[] {40, 64, 64}));
        CopickImage<?> image = CopickImages.open(Volume.open(new Zarr(ChunkCache.ofBytes(64 << 20)), store));
        FinalInterval box = FinalInterval.createMinSize(10, 20, 30, 40, 30, 20);
        RandomAccessibleInterval<?> read = image.read(0, box);
        assertTrue(Intervals.equals(box, read));
        Cursor<?> expected =
                Views.flatIterable(Views.interval(image.level(0), box)).cursor();
        for (Object element : Views.flatIterable(read)) {
            assertEquals(expected.next(), element);
        }
    }

    @Test
    void planesOfAShardFetchRowsAndLayersTogether() {
        write(new ImageFormat(3, new int[] {40, 64, 64}));
        for (Axis axis : List.of(Axis.Z, Axis.Y, Axis.X)) {
            List<String> engine = requests(volume -> volume.level(0).plane(axis, 33));
            List<String> ours = requests(volume -> pass(image(volume), dimension(axis), 33));
            assertTrue(ours.size() <= engine.size() + 3, () -> axis + ": engine " + engine + ", image " + ours);
        }
    }

    @Test
    void aChunkOfLessThanAMebibyteIsFetchedWhole() {
        write(new ImageFormat(2, new int[] {32, 64, 64}));
        assertEquals(9, requests(volume -> pass(image(volume), 2, 33)).size(), "one request for each of nine chunks");
    }

    @Test
    void planesAcrossALargeChunkFetchItsRestTogether() {
        write(new ImageFormat(2, LARGE));
        for (int dimension : new int[] {0, 1}) {
            List<String> engine = requests(volume -> volume.level(0).plane(dimension == 0 ? Axis.X : Axis.Y, 70));
            List<String> ours = requests(volume -> pass(image(volume), dimension, 70));
            int chunks = 2;
            assertEquals(chunks, engine.size(), engine::toString);
            // of each chunk the header, the block of the first cell, and the rest
            assertEquals(3 * chunks, ours.size(), ours::toString);
        }
    }

    @Test
    void elementsHereAndThereCostTheirOwnChunks() {
        write(new ImageFormat(3, new int[] {40, 64, 64}));
        List<String> requests = requests(volume -> {
            Img<FloatType> image = image(volume);
            image.getAt(0, 0, 0).get();
            image.getAt(SHAPE[2] - 1, SHAPE[1] - 1, SHAPE[0] - 1).get();
            image.getAt(1, SHAPE[1] - 1, 0).get();
        });
        assertEquals(4, requests.size(), () -> "the index of the shard and three chunks: " + requests);
    }

    @Test
    void cellsThatAreUsedAgainCostNothing() {
        write(new ImageFormat(2, LARGE));
        Volume volume = Volume.open(new Zarr(ChunkCache.ofBytes(64 << 20)), store);
        Img<FloatType> image = image(volume);
        pass(image, 2, 5);
        store.forget();
        pass(image, 2, 5);
        image.getAt(3, 4, 5).get();
        assertEquals(List.of(), store.calls());
    }

    @Test
    void aPrefetchedPlaneCostsNoMore() {
        write(new ImageFormat(2, LARGE));
        Volume volume = Volume.open(new Zarr(ChunkCache.ofBytes(64 << 20)), store);
        CopickImage<?> image = CopickImages.open(volume);
        FinalInterval plane = FinalInterval.createMinSize(0, 0, 17, SHAPE[2], SHAPE[1], 1);
        image.prefetch(0, plane);
        store.forget();
        Views.flatIterable(Views.interval(image.level(0), plane)).forEach(element -> {});
        assertEquals(List.of(), store.calls());
        FinalInterval outside = FinalInterval.createMinSize(0, 0, 80, SHAPE[2], SHAPE[1], 1);
        assertThrows(IllegalArgumentException.class, () -> image.prefetch(0, outside));
    }

    @Test
    void aLargeVolumeOfChannelsIsPrefetchedInSlabsOfWholeChunks() {
        MemoryStore empty = new MemoryStore();
        write(empty, ".zgroup", "{\"zarr_format\": 2}");
        write(empty, "0/.zarray", """
                {"zarr_format": 2, "shape": [2, 2048, 1024, 1024], "chunks": [1, 48, 256, 1024], "dtype": "|u1",
                 "compressor": null, "filters": null, "order": "C", "fill_value": 0, "dimension_separator": "/"}""");
        CountingStore counting = new CountingStore(empty);
        CopickImage<?> image = CopickImages.open(Volume.open(new Zarr(ChunkCache.ofBytes(64 << 20)), counting));
        counting.forget();
        image.prefetch(0, image.level(0));
        int chunks = 2 * 43 * 4;
        assertEquals(chunks, counting.calls().size());
    }

    @Test
    void imagesWithoutElementsHaveCursors() {
        for (String shape : List.of("[0, 4, 5]", "[4, 0, 5]", "[4, 5, 0]")) {
            MemoryStore empty = new MemoryStore();
            write(empty, ".zgroup", "{\"zarr_format\": 2}");
            write(empty, "0/.zarray", """
                    {"zarr_format": 2, "shape": %s, "chunks": [2, 2, 2], "dtype": "<f4",
                     "compressor": null, "filters": null, "order": "F", "fill_value": 0}""".formatted(shape));
            Img<?> image = CopickImages.open(Volume.open(new Zarr(ChunkCache.ofBytes(64 << 20)), empty))
                    .level(0);
            assertEquals(0, image.size());
            assertFalse(image.cursor().hasNext());
            assertFalse(image.iterator().hasNext());
        }
    }

    private static void write(MemoryStore store, String key, String text) {
        store.write(key, text.getBytes(StandardCharsets.UTF_8), WriteCondition.ANY);
    }

    @Test
    void aFailureReachesWhoeverAsksForTheElement() {
        write(new ImageFormat(2, LARGE));
        FaultInjectingStore failing = new FaultInjectingStore(store);
        Volume volume = Volume.open(new Zarr(ChunkCache.ofBytes(64 << 20)), failing);
        Img<FloatType> image = image(volume);
        failing.with(Fault.before().keys(key -> key.startsWith("0/") && !key.contains(".z")));
        assertThrows(StorageException.class, () -> image.getAt(3, 4, 5));
        assertThrows(StorageException.class, () -> image.cursor().next());
        failing.heal();
        assertEquals(
                elements[(int) ((5 * SHAPE[1] + 4) * SHAPE[2] + 3)],
                image.getAt(3, 4, 5).get());
    }

    @Test
    void manyThreadsReadTheSameImage() throws InterruptedException {
        write(new ImageFormat(2, LARGE));
        Img<FloatType> image = image(Volume.open(new Zarr(ChunkCache.ofBytes(4 << 20)), store));
        List<Throwable> failures = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Random random = new Random(SEED + t);
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 200; i++) {
                    int x = random.nextInt((int) SHAPE[2]);
                    int y = random.nextInt((int) SHAPE[1]);
                    int z = random.nextInt((int) SHAPE[0]);
                    assertEquals(
                            elements[(int) ((z * SHAPE[1] + y) * SHAPE[2] + x)],
                            image.getAt(x, y, z).get());
                }
            });
            thread.setUncaughtExceptionHandler((who, e) -> {
                synchronized (failures) {
                    failures.add(e);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), failures);
    }
}
