package org.copick.tests.zarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.copick.cache.ChunkCache;
import org.copick.error.ClosedException;
import org.copick.error.OperationInterruptedException;
import org.copick.error.StorageException;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.ObservedStore;
import org.copick.storage.StorePlace;
import org.copick.storage.StoredObject;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.tests.hostile.InterceptingStore;
import org.copick.tests.hostile.StoreCall;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.ImageSpec;
import org.copick.zarr.ImageWriter;
import org.copick.zarr.Region;
import org.copick.zarr.Workers;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests images whose chunks are encoded and written by several threads.
 *
 * <p>The stored bytes are those of a single thread, and nothing is left after a failure.
 */
class SideBySideWritesTest {
    private static final long[] SHAPE = {150, 190, 200};
    private static final long PATIENCE = 120;

    private final ExecutorService fetching = Executors.newFixedThreadPool(6);
    private final ExecutorService decoding = Executors.newFixedThreadPool(3);
    private final Zarr zarr = new Zarr(ChunkCache.ofBytes(1 << 20), new Workers(fetching, 6, decoding, 64 << 20));
    private final float[] values = values();

    @AfterEach
    void endThreads() throws InterruptedException {
        fetching.shutdown();
        decoding.shutdown();
        assertTrue(fetching.awaitTermination(PATIENCE, TimeUnit.SECONDS), "no task waits for ever");
        assertTrue(decoding.awaitTermination(PATIENCE, TimeUnit.SECONDS), "no task waits for ever");
    }

    private static float[] values() {
        Random random = new Random(4);
        float[] values = new float[150 * 190 * 200];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 7 == 0 ? random.nextFloat() - 0.5f : -0f;
        }
        return values;
    }

    private static ImageFormat format(int version) {
        return (version == 2 ? ImageFormat.VERSION_2 : ImageFormat.VERSION_3).withChunk(32, 64, 48);
    }

    private void write(ObjectStore store, int version, WriteCondition condition) {
        zarr.write(
                new StorePlace(store, "image/"),
                condition,
                ImageSpec.tomogram(SHAPE, DataType.FLOAT32, 10, 3),
                format(version),
                BoxSource.of(values, SHAPE));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void theSameBytesAreWrittenAsByOneThread(int version) {
        MemoryStore one = new MemoryStore();
        ImageWriter.write(
                new StorePlace(one, "image/"),
                WriteCondition.ANY,
                ImageSpec.tomogram(SHAPE, DataType.FLOAT32, 10, 3),
                format(version),
                BoxSource.of(values, SHAPE));
        MemoryStore several = new MemoryStore();
        AtomicInteger writers = new AtomicInteger();
        write(
                new ObservedStore(several, operation -> {
                    if (Thread.currentThread().getName().startsWith("pool-")) {
                        writers.incrementAndGet();
                    }
                }),
                version,
                WriteCondition.ANY);

        AtomicInteger objects = new AtomicInteger();
        one.forEach("", object -> {
            objects.incrementAndGet();
            assertArrayEquals(
                    one.read(object.key()).orElseThrow().bytes(),
                    several.read(object.key()).map(StoredObject::bytes).orElse(null),
                    object.key());
        });
        several.forEach("", object -> objects.decrementAndGet());
        assertEquals(0, objects.get(), "no other objects are written");
        assertTrue(version == 3 || writers.get() > 50, () -> writers.get() + " chunks written by other threads");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aFailureEndsAllOfItAndLeavesNothing(int version) {
        int calls = 0;
        for (int failing = 0; failing < 120; failing += version == 2 ? 17 : 1) {
            MemoryStore contents = new MemoryStore();
            AtomicInteger left = new AtomicInteger(failing);
            ObjectStore store = new InterceptingStore(contents) {
                @Override
                protected <T> T call(StoreCall call, Supplier<T> operation) {
                    if (left.getAndDecrement() == 0) {
                        throw new StorageException("failed: injected by the test", new IOException());
                    }
                    return operation.get();
                }
            };
            try {
                write(store, version, WriteCondition.IF_ABSENT);
                assertTrue(left.get() >= 0, "an injected failure throws");
                break;
            } catch (StorageException e) {
                calls++;
                boolean marked = contents.info(new StorePlace(contents, "image/").writingMark())
                        .isPresent();
                assertTrue(
                        marked || zarr.open(contents, "image").isEmpty(),
                        "the image is marked as unfinished after a failure of call " + failing);
            }
        }
        assertTrue(calls > 5, "several calls failed");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void anInterruptEndsIt(int version) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        ObjectStore stuck = new InterceptingStore(new MemoryStore()) {
            @Override
            protected <T> T call(StoreCall call, Supplier<T> operation) {
                T result = operation.get();
                // shards are written by the calling thread
                boolean shard = version == 3 && result instanceof ObjectInfo;
                if (shard || Thread.currentThread().getName().startsWith("pool-")) {
                    begun.countDown();
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new OperationInterruptedException("as asked", e);
                    }
                }
                return result;
            }
        };
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread writer = new Thread(() -> {
            try {
                write(stuck, version, WriteCondition.ANY);
            } catch (RuntimeException e) {
                thrown.set(e);
            }
        });
        writer.start();
        assertTrue(begun.await(PATIENCE, TimeUnit.SECONDS));
        writer.interrupt();
        writer.join(TimeUnit.SECONDS.toMillis(PATIENCE));
        assertInstanceOf(OperationInterruptedException.class, thrown.get());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aClosedContextIsTold(int version) {
        decoding.shutdown();
        assertThrows(ClosedException.class, () -> write(new MemoryStore(), version, WriteCondition.ANY));
    }

    @Test
    @Timeout(PATIENCE)
    void whatGetsNoThreadIsTold() {
        Executor exhausted = task -> {
            throw new OutOfMemoryError("no thread, as asked");
        };
        Zarr without = new Zarr(ChunkCache.ofBytes(0), new Workers(exhausted, 2, exhausted, 1 << 20));
        MemoryStore store = new MemoryStore();
        assertThrows(
                OutOfMemoryError.class,
                () -> without.write(
                        new StorePlace(store, "image/"),
                        WriteCondition.ANY,
                        ImageSpec.tomogram(SHAPE, DataType.FLOAT32, 10, 3),
                        format(2),
                        BoxSource.of(values, SHAPE)));
        write(store, 2, WriteCondition.ANY);
        ZarrArray array = (ZarrArray) without.open(store, "image/0").orElseThrow();
        assertThrows(OutOfMemoryError.class, () -> array.readFloats(Region.all(SHAPE)));
    }
}
