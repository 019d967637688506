package org.copick.tests.zarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.copick.cache.ChunkCache;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.tests.hostile.InterceptingStore;
import org.copick.tests.hostile.StoreCall;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.ImageSpec;
import org.copick.zarr.Region;
import org.copick.zarr.Workers;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests errors of the JVM at every step of writes, and of reads that wait for each other.
 *
 * <p>The caller gets the error, no thread waits for ever, and the next call works.
 */
@Timeout(120)
class JvmErrorsTest {
    private static final int READERS = 4;
    private static final int MOST_STEPS = 400;

    private final ExecutorService fetching = Executors.newFixedThreadPool(3);
    private final ExecutorService decoding = Executors.newFixedThreadPool(2);
    private final ExecutorService readers = Executors.newFixedThreadPool(READERS);
    /** Number of steps that succeed before one fails; negative for no failure. */
    private final AtomicInteger left = new AtomicInteger(-1);

    private @Nullable Error error;

    @AfterEach
    void stop() throws InterruptedException {
        for (ExecutorService pool : List.of(readers, fetching, decoding)) {
            pool.shutdownNow();
            assertTrue(pool.awaitTermination(60, TimeUnit.SECONDS), "all tasks have ended");
        }
    }

    static Stream<Error> errors() {
        return Stream.of(
                new OutOfMemoryError("as asked"),
                new StackOverflowError("as asked"),
                new NoClassDefFoundError("asked"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorsOfAStoreReachReaders(Error asked) throws Exception {
        error = asked;
        for (boolean nearby : new boolean[] {false, true}) {
            Zarr zarr = new Zarr(ChunkCache.ofBytes(1 << 20), new Workers(fetching, 3, decoding, 1));
            readWithFailures(zarr, Corpus.ZARR2.store(), "blosc/large-lz4-shuffle1", nearby);
            readWithFailures(zarr, Corpus.ZARR3.store(), "sharding/one-large", nearby);
            readWithFailures(zarr, Corpus.ZARR3.store(), "sharding/nested", nearby);
        }
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorsOfThreadsReachReaders(Error asked) throws Exception {
        error = asked;
        Executor failingFetching = task -> fetching.execute(failing(task));
        Executor failingDecoding = task -> decoding.execute(failing(task));
        for (Workers workers :
                List.of(new Workers(failingFetching, 3, decoding, 1), new Workers(fetching, 3, failingDecoding, 1))) {
            for (boolean nearby : new boolean[] {false, true}) {
                Zarr zarr = new Zarr(ChunkCache.ofBytes(1 << 20), workers);
                readWithFailures(zarr, Corpus.ZARR2.store(), "blosc/large-lz4-shuffle1", nearby);
                readWithFailures(zarr, Corpus.ZARR3.store(), "sharding/one-large", nearby);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorsReachWriters(Error asked) {
        error = asked;
        long[] shape = {70, 90, 100};
        Zarr zarr = new Zarr(
                ChunkCache.ofBytes(0),
                new Workers(task -> fetching.execute(failing(task)), 3, task -> decoding.execute(failing(task)), 1));
        for (int version = 2; version <= 3; version++) {
            ImageFormat format = (version == 2 ? ImageFormat.VERSION_2 : ImageFormat.VERSION_3).withChunk(32, 64, 48);
            float[] values = new float[70 * 90 * 100];
            values[values.length / 2] = 1;
            boolean failed = true;
            for (int step = 0; failed && step < MOST_STEPS; step++) {
                MemoryStore contents = new MemoryStore();
                left.set(step);
                failed = false;
                try {
                    write(zarr, stepping(contents, false), format, shape, values);
                } catch (OutOfMemoryError | StackOverflowError | NoClassDefFoundError e) {
                    assertSame(error, e);
                    failed = true;
                }
                left.set(-1);
                write(zarr, contents, format, shape, values);
                ZarrArray written = (ZarrArray) zarr.open(contents, "image/0").orElseThrow();
                assertArrayEquals(values, written.readFloats(Region.all(shape)));
            }
            assertTrue(!failed, "the last write succeeds");
        }
    }

    private static void write(Zarr zarr, ObjectStore store, ImageFormat format, long[] shape, float[] values) {
        zarr.write(
                new StorePlace(store, "image/"),
                WriteCondition.ANY,
                ImageSpec.tomogram(shape, DataType.FLOAT32, 10, 2),
                format,
                BoxSource.of(values, shape));
    }

    /** Lets one step after the other fail, until the read has fewer steps. */
    private void readWithFailures(Zarr zarr, ObjectStore contents, String path, boolean nearby) throws Exception {
        ObjectStore store = stepping(contents, nearby);
        float[] expected = read(zarr, contents, path);
        for (int step = 0; step < MOST_STEPS; step++) {
            // a newly opened array checks the versions of its chunks again
            ZarrArray array = (ZarrArray) zarr.open(store, path).orElseThrow();
            left.set(step);
            List<Future<float[]>> all = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                all.add(readers.submit(() -> array.readFloats(Region.all(array.shape()))));
            }
            int failures = 0;
            for (Future<float[]> reader : all) {
                try {
                    assertArrayEquals(expected, reader.get());
                } catch (ExecutionException e) {
                    assertSame(error, e.getCause());
                    failures++;
                }
            }
            boolean came = left.getAndSet(-1) < 0;
            assertTrue(failures > 0 || !came, "an error in step " + step + " reaches at least one caller");
            assertArrayEquals(expected, array.readFloats(Region.all(array.shape())), "after step " + step);
            if (!came) {
                return;
            }
        }
        throw new AssertionError("the read takes more than " + MOST_STEPS + " steps");
    }

    private static float[] read(Zarr zarr, ObjectStore store, String path) {
        ZarrArray array = (ZarrArray) zarr.open(store, path).orElseThrow();
        return array.readFloats(Region.all(array.shape()));
    }

    private ObjectStore stepping(ObjectStore contents, boolean nearby) {
        return new InterceptingStore(contents) {
            @Override
            public Set<StoreCapability> capabilities() {
                EnumSet<StoreCapability> capabilities = EnumSet.copyOf(super.capabilities());
                capabilities.remove(StoreCapability.NEARBY);
                if (nearby) {
                    capabilities.add(StoreCapability.NEARBY);
                }
                return capabilities;
            }

            @Override
            protected <T> T call(StoreCall call, Supplier<T> operation) {
                step();
                return operation.get();
            }
        };
    }

    private Runnable failing(Runnable task) {
        step();
        return task;
    }

    private void step() {
        // counts down to zero once; negative numbers stay unchanged
        if (left.getAndUpdate(steps -> steps < 0 ? steps : steps - 1) == 0 && error != null) {
            throw error;
        }
    }
}
