package org.copick.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.copick.CopickContext;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.ImageSpec;
import org.copick.zarr.Region;
import org.copick.zarr.ZarrArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Measures the memory that reads allocate besides their results, by the allocation counters of the reading threads. */
class AllocationTest {
    private static final long[] SHAPE = {64, 512, 512};
    private static final long PLANE = 4L * 512 * 512;
    private static final long LEVEL = 64 * PLANE;
    private static final long SLACK = 64L << 20;
    private static final ThreadMXBean COUNTERS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    static Path folder;

    /** Returns a float32 array with chunks of 16 MiB (v2), or one shard with chunks of 2 MiB (v3); writes it once. */
    private static ZarrArray array(CopickContext context, int version) {
        ObjectStore store = context.store(folder.toString());
        String image = "version" + version;
        if (context.zarr().open(store, image + "/0").isEmpty()) {
            float[] values = new float[(int) (LEVEL / 4)];
            Random random = new Random(1);
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextInt(1000);
            }
            ImageFormat format = version == 2
                    ? ImageFormat.VERSION_2.withChunk(64, 256, 256)
                    : ImageFormat.VERSION_3.withChunk(32, 128, 128);
            context.zarr()
                    .write(
                            new StorePlace(store, image + "/"),
                            WriteCondition.ANY,
                            ImageSpec.tomogram(SHAPE, DataType.FLOAT32, 10, 1),
                            format,
                            BoxSource.of(values, SHAPE));
        }
        return (ZarrArray) context.zarr().open(store, image + "/0").orElseThrow();
    }

    private final Set<Thread> readers = ConcurrentHashMap.newKeySet();
    private final List<ExecutorService> pools = List.of(pool(16), pool(2));

    private ExecutorService pool(int threads) {
        return Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task);
            readers.add(thread);
            return thread;
        });
    }

    @BeforeEach
    void countThisThreadToo() {
        readers.add(Thread.currentThread());
    }

    @AfterEach
    void close() {
        pools.forEach(ExecutorService::shutdown);
    }

    private CopickContext context(long cacheBytes) {
        return CopickContext.builder()
                .executors(pools.get(0), pools.get(1))
                .cacheBytes(cacheBytes)
                .build();
    }

    private long allocated() {
        long[] ids = readers.stream().mapToLong(Thread::getId).toArray();
        return Arrays.stream(COUNTERS.getThreadAllocatedBytes(ids))
                .filter(bytes -> bytes > 0)
                .sum();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aFullReadTakesItsResultAndLittleMore(int version) {
        try (CopickContext context = context(0)) {
            ZarrArray array = array(context, version);
            long before = allocated();
            float[] all = array.readFloats(Region.all(SHAPE));
            long taken = allocated() - before;
            assertEquals(LEVEL, 4L * all.length);
            assertTrue(taken >= LEVEL && taken <= LEVEL + SLACK, () -> "a full read took " + taken);

            long again = least(() -> array.read(Region.all(SHAPE), all));
            assertTrue(again <= LEVEL / 20, () -> "a read into an existing array with running threads took " + again);
        }
    }

    @Test
    void scrollingThroughWhatIsCachedTakesTheSlices() {
        try (CopickContext context = context(2 * LEVEL)) {
            scroll(array(context, 2), LEVEL / 20);
        }
    }

    @Test
    void scrollingWithoutCacheTakesTheSlices() {
        try (CopickContext context = context(0)) {
            // the positions of the blocks in each chunk are determined again for each slice
            scroll(array(context, 2), LEVEL / 12);
        }
    }

    private void scroll(ZarrArray array, long more) {
        planes(array);
        long taken = least(() -> planes(array));
        assertTrue(taken >= LEVEL && taken <= LEVEL + more, () -> "64 slices of 1 MiB took " + taken);
    }

    /** Returns the bytes that work allocates once each thread has its buffers for blocks. */
    private long least(Runnable work) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long before = allocated();
            work.run();
            least = Math.min(least, allocated() - before);
        }
        return least;
    }

    private static void planes(ZarrArray array) {
        for (int z = 0; z < SHAPE[0]; z++) {
            assertEquals(PLANE, 4L * array.readFloats(Region.plane(SHAPE, 0, z)).length);
        }
    }
}
