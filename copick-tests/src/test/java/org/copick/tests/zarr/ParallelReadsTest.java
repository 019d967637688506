package org.copick.tests.zarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.copick.cache.ChunkCache;
import org.copick.error.ClosedException;
import org.copick.error.ConflictException;
import org.copick.error.OperationInterruptedException;
import org.copick.storage.ObjectStore;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.zarr.Region;
import org.copick.zarr.Workers;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests many readers on few threads, with a cache that is too small, interrupts and writers. */
@Timeout(120)
class ParallelReadsTest {
    private static final int READERS = 8;

    private final ExecutorService fetching = Executors.newFixedThreadPool(3);
    private final ExecutorService decoding = Executors.newFixedThreadPool(2);
    private final ExecutorService readers = Executors.newFixedThreadPool(READERS);

    @AfterEach
    void stop() throws InterruptedException {
        for (ExecutorService pool : List.of(readers, fetching, decoding)) {
            pool.shutdownNow();
            assertTrue(pool.awaitTermination(10, TimeUnit.SECONDS), "all tasks have ended");
        }
    }

    @Test
    void everyReaderGetsWhatIsStored() throws Exception {
        Zarr zarr = zarr(300_000);
        List<String> paths = List.of("blosc/large-lz4-shuffle1", "blosc/large-u2", "blosc/large-u1-no-shuffle");
        run(seed -> {
            Random random = new Random(seed);
            for (int i = 0; i < 40; i++) {
                check(zarr, Corpus.ZARR2.store(), paths.get(random.nextInt(paths.size())), random);
                check(zarr, Corpus.ZARR3.store(), "sharding/one-large", random);
                check(zarr, Corpus.ZARR3.store(), "sharding/nested", random);
            }
        });
    }

    @Test
    void interruptsEndReadsAndNothingElse() throws Exception {
        Zarr zarr = zarr(1 << 20);
        AtomicInteger interrupted = new AtomicInteger();
        AtomicBoolean done = new AtomicBoolean();
        List<Thread> victims = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Random random = new Random(i);
            Thread victim = new Thread(() -> {
                while (!done.get()) {
                    try {
                        check(zarr, Corpus.ZARR2.store(), "blosc/large-lz4-shuffle1", random);
                    } catch (OperationInterruptedException e) {
                        assertTrue(Thread.interrupted(), "an interrupted read leaves the thread interrupted");
                        interrupted.incrementAndGet();
                    }
                }
            });
            victims.add(victim);
            victim.start();
        }
        Random random = new Random(9);
        Thread nagger = new Thread(() -> {
            while (!done.get()) {
                victims.get(random.nextInt(victims.size())).interrupt();
                try {
                    Thread.sleep(random.nextInt(3));
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
        nagger.start();
        run(seed -> {
            Random own = new Random(seed);
            for (int i = 0; i < 30; i++) {
                check(zarr, Corpus.ZARR2.store(), "blosc/large-lz4-shuffle1", own);
            }
        });
        done.set(true);
        nagger.join();
        for (Thread victim : victims) {
            victim.join();
        }
        assertTrue(interrupted.get() > 0);
    }

    @Test
    void whatIsReadOfAChunkIsOfOneState() throws Exception {
        MemoryStore store = new MemoryStore();
        String path = "sharding/one-large";
        byte[] metadata =
                Corpus.ZARR3.store().read(path + "/zarr.json").orElseThrow().bytes();
        store.write("a/zarr.json", metadata, WriteCondition.ANY);
        byte[] stored =
                Corpus.ZARR3.store().read(path + "/c/0/0/0").orElseThrow().bytes();
        byte[] before = Arrays.copyOf(stored, stored.length);
        ZarrArray original =
                (ZarrArray) zarr(0).open(Corpus.ZARR3.store(), path).orElseThrow();
        float[] old = original.readFloats(Region.all(original.shape()));
        // the other state is the same shard without inner chunks
        byte[] empty = emptied(stored, 48);
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            for (int i = 0; !done.get(); i++) {
                store.write("a/c/0/0/0", i % 2 == 0 ? empty : before, WriteCondition.ANY);
                LockSupport.parkNanos(200_000);
            }
        });
        store.write("a/c/0/0/0", before, WriteCondition.ANY);
        writer.start();
        try {
            Region box = Region.of(new long[] {10, 0, 0}, new long[] {30, 50, 60});
            float[] filled = new float[30 * 50 * 60];
            float[] expected = Arrays.copyOfRange(old, 10 * 50 * 60, 40 * 50 * 60);
            run(seed -> {
                for (int i = 0; i < 60; i++) {
                    ZarrArray array = (ZarrArray) zarr(1 << 20).open(store, "a").orElseThrow();
                    float[] values;
                    try {
                        values = array.readFloats(box);
                    } catch (ConflictException e) {
                        continue;
                    }
                    assertTrue(
                            Arrays.equals(values, expected) || Arrays.equals(values, filled),
                            "the chunk has the values of one of the two states");
                }
            });
        } finally {
            done.set(true);
            writer.join();
        }
    }

    @Test
    void threadsThatAreGoneAreAnErrorAndNoHang() throws Exception {
        Zarr zarr = zarr(1 << 20);
        ZarrArray array =
                (ZarrArray) zarr.open(Corpus.ZARR2.store(), "blosc/large-u2").orElseThrow();
        fetching.shutdown();
        decoding.shutdown();

        assertThrows(ClosedException.class, () -> array.readFloats(Region.all(array.shape())));
    }

    @Test
    void aSecondReaderIsNotHeldUpByOneThatFailed() {
        MemoryStore store = new MemoryStore();
        store.write(
                ".zarray",
                ("{\"zarr_format\":2,\"shape\":[4],\"chunks\":[2],\"dtype\":\"<f4\",\"compressor\":{\"id\":\"zstd\"},"
                                + "\"filters\":null,\"fill_value\":9,\"order\":\"C\"}")
                        .getBytes(StandardCharsets.UTF_8),
                WriteCondition.ANY);
        store.write("0", new byte[] {1, 2, 3}, WriteCondition.ANY);
        ZarrArray array = (ZarrArray) zarr(1 << 20).open(store, "").orElseThrow();

        for (int i = 0; i < 50; i++) {
            RuntimeException failed =
                    assertThrows(RuntimeException.class, () -> array.readFloats(Region.all(array.shape())));
            assertEquals("CorruptDataException", failed.getClass().getSimpleName());
        }
        float[] rest = array.readFloats(Region.of(new long[] {2}, new long[] {2}));
        assertArrayEquals(new float[] {9, 9}, rest);
    }

    /** The action of one reader. */
    @FunctionalInterface
    private interface Reading {
        void run(int seed) throws Exception;
    }

    private void run(Reading reading) throws Exception {
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            int seed = i;
            tasks.add(() -> {
                reading.run(seed);
                return true;
            });
        }
        for (Future<Boolean> task : readers.invokeAll(tasks)) {
            assertTrue(task.get());
        }
    }

    private Zarr zarr(long cacheBytes) {
        return new Zarr(ChunkCache.ofBytes(cacheBytes), new Workers(fetching, 3, decoding, 1));
    }

    /** Reads a box in parallel and in one thread, and compares the values. */
    private static void check(Zarr zarr, ObjectStore store, String path, Random random) {
        ZarrArray array = (ZarrArray) zarr.open(store, path).orElseThrow();
        long[] start = new long[array.shape().length];
        long[] shape = new long[start.length];
        for (int i = 0; i < start.length; i++) {
            start[i] = random.nextLong(array.shape()[i]);
            shape[i] = random.nextLong(array.shape()[i] - start[i]) + 1;
            if (random.nextInt(3) == 0) {
                shape[i] = Math.min(shape[i], 3);
            }
        }
        Region box = Region.of(start, shape);
        ZarrArray alone =
                (ZarrArray) new Zarr(ChunkCache.ofBytes(0)).open(store, path).orElseThrow();
        boolean before = Thread.interrupted();
        float[] expected;
        try {
            expected = alone.readFloats(box);
        } finally {
            if (before) {
                Thread.currentThread().interrupt();
            }
        }
        assertArrayEquals(expected, array.readFloats(box), () -> path + " " + box);
    }

    /** Returns the shard with an index without chunks, and the matching checksum. */
    private static byte[] emptied(byte[] shard, int parts) {
        byte[] empty = shard.clone();
        int index = shard.length - 16 * parts - 4;
        Arrays.fill(empty, index, index + 16 * parts, (byte) -1);
        java.util.zip.CRC32C sum = new java.util.zip.CRC32C();
        sum.update(empty, index, 16 * parts);
        for (int i = 0; i < 4; i++) {
            empty[shard.length - 4 + i] = (byte) (sum.getValue() >>> (8 * i));
        }
        return empty;
    }
}
