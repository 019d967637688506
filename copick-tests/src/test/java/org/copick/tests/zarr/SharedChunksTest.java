package org.copick.tests.zarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.copick.cache.ChunkCache;
import org.copick.error.OperationInterruptedException;
import org.copick.error.StorageException;
import org.copick.storage.ObjectStore;
import org.copick.storage.ObservedStore;
import org.copick.storage.StoreOperation;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.zarr.Region;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests readers that share chunks: fetched once, trusted until the array is opened again, failures not cached. */
@Timeout(120)
class SharedChunksTest {
    private final MemoryStore contents = new MemoryStore();
    private final ConcurrentLinkedQueue<String> operations = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Gate> gate = new AtomicReference<>(key -> {});
    private final ChunkCache cache = ChunkCache.ofBytes(1 << 20);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private ObjectStore store = contents;

    /** A gate that a read of a chunk passes. */
    @FunctionalInterface
    private interface Gate {
        void pass(String key) throws InterruptedException;
    }

    @BeforeEach
    void anArrayOfTwoChunks() {
        contents.write(
                ".zarray",
                ("{\"zarr_format\":2,\"shape\":[4],\"chunks\":[2],\"dtype\":\"<f4\",\"compressor\":null,"
                                + "\"filters\":null,\"fill_value\":9,\"order\":\"C\"}")
                        .getBytes(StandardCharsets.UTF_8),
                WriteCondition.ANY);
        write("0", 1, 2);
        write("1", 3, 4);
        store = new ObservedStore(contents, this::observe);
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void aChunkIsFetchedOnceForAllReaders() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        gate.set(key -> arrived.await(200, TimeUnit.MILLISECONDS));
        ZarrArray array = open();
        operations.clear();
        List<Future<float[]>> readers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            readers.add(threads.submit(() -> all(array)));
        }

        for (Future<float[]> reader : readers) {
            assertArrayEquals(new float[] {1, 2, 3, 4}, reader.get());
        }
        assertEquals(List.of("READ 0", "READ 1"), operations.stream().sorted().toList());
        assertEquals(2, cache.statistics().loads());
        assertEquals(30, cache.statistics().hits());
        assertEquals(16, cache.statistics().loadedBytes());
    }

    @Test
    void anOpenArrayTrustsWhatItSaw() {
        ZarrArray array = open();
        all(array);
        write("0", 7, 8);
        operations.clear();

        assertArrayEquals(new float[] {1, 2, 3, 4}, all(array));
        assertEquals(List.of(), List.copyOf(operations));
    }

    @Test
    void anArrayThatIsOpenedAnewLooksAtVersionsOnce() {
        all(open());
        write("0", 7, 8);
        ZarrArray again = open();
        operations.clear();

        assertArrayEquals(new float[] {7, 8, 3, 4}, all(again));
        assertArrayEquals(new float[] {7, 8, 3, 4}, all(again));

        assertEquals(
                List.of("INFO 0", "INFO 1", "READ 0"),
                operations.stream().sorted().toList());
    }

    @Test
    void aChunkThatAppearsOrGoesIsSeenByThoseWhoOpenAnew() {
        contents.delete("1");
        assertArrayEquals(new float[] {1, 2, 9, 9}, all(open()));
        write("1", 5, 6);
        assertArrayEquals(new float[] {1, 2, 5, 6}, all(open()));
        contents.delete("0");
        assertArrayEquals(new float[] {9, 9, 5, 6}, all(open()));
    }

    @Test
    void aFailedReadIsAnErrorForEverybodyAndNotKept() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        gate.set(key -> {
            release.await();
            throw new StorageException("the network is down", new java.io.IOException());
        });
        ZarrArray array = open();
        List<Future<float[]>> readers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            readers.add(threads.submit(() -> all(array)));
        }
        release.countDown();
        for (Future<float[]> reader : readers) {
            ExecutionException failed = assertThrows(ExecutionException.class, reader::get);
            assertInstanceOf(StorageException.class, failed.getCause());
        }
        gate.set(key -> {});

        assertArrayEquals(new float[] {1, 2, 3, 4}, all(array));
    }

    @Test
    void anInterruptEndsOnlyTheThreadThatIsInterrupted() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        gate.set(key -> {
            if (key.equals("0")) {
                inside.countDown();
                never.await();
            }
        });
        ZarrArray array = open();
        AtomicReference<Optional<Throwable>> outcome = new AtomicReference<>(Optional.empty());
        Thread first = new Thread(() -> {
            try {
                all(array);
            } catch (RuntimeException e) {
                outcome.set(Optional.of(e));
            }
        });
        first.start();
        assertTrue(inside.await(60, TimeUnit.SECONDS));
        Future<float[]> second = threads.submit(() -> all(array));
        gate.set(key -> {});
        first.interrupt();
        first.join(10_000);

        assertArrayEquals(new float[] {1, 2, 3, 4}, second.get(60, TimeUnit.SECONDS));
        assertInstanceOf(OperationInterruptedException.class, outcome.get().orElseThrow());
    }

    @Test
    void aCacheWithoutRoomKeepsNothing() {
        Zarr without = new Zarr(ChunkCache.ofBytes(0));
        ZarrArray array = (ZarrArray) without.open(store, "").orElseThrow();
        all(array);
        operations.clear();
        all(array);

        assertEquals(List.of("READ 0", "READ 1"), operations.stream().sorted().toList());
    }

    private void observe(StoreOperation operation) {
        if (!operation.key().startsWith(".") && !operation.key().startsWith("zarr")) {
            operations.add(operation.kind() + " " + operation.key());
            try {
                gate.get().pass(operation.key());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OperationInterruptedException("interrupted at the gate", e);
            }
        }
    }

    private ZarrArray open() {
        return (ZarrArray) new Zarr(cache).open(store, "").orElseThrow();
    }

    private static float[] all(ZarrArray array) {
        return array.readFloats(Region.all(array.shape()));
    }

    private void write(String key, float first, float second) {
        ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putFloat(first).putFloat(second);
        contents.write(key, bytes.array(), WriteCondition.ANY);
    }
}
