package org.copick.tests;

import static org.copick.tests.Differences.assertEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ConflictException;
import org.copick.error.OperationInterruptedException;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectStore;
import org.copick.storage.RangesRead;
import org.copick.storage.StoreCapability;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;

/** The promises to several threads, and to interrupted ones. */
interface StoreThreadsContract extends StoreFixture {
    /** Number of threads that compete for one object. */
    int THREADS = 16;

    /** Size in bytes of an object that takes so long that other threads see its reads and writes halfway. */
    int BIG = 3 << 20;

    /** Runs tasks in one thread each, all starting together, and returns their results. */
    static <T extends @Nullable Object> List<T> together(List<? extends Callable<T>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            CyclicBarrier start = new CyclicBarrier(tasks.size());
            List<Future<T>> running = new ArrayList<>();
            for (Callable<T> task : tasks) {
                running.add(threads.submit(() -> {
                    start.await();
                    try {
                        return task.call();
                    } catch (Exception | AssertionError e) {
                        throw new BrokenPromise.InThread(e);
                    }
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get(120, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Checks that exactly one of several conditional writes succeeds, and returns the text that it wrote. */
    private String onlyWinner(String key, WriteCondition condition, Class<?> refusal, String promise) throws Exception {
        ObjectStore second = another();
        List<Callable<String>> writers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            // always a new text: if versions are digests, rewriting the same content would not change the version
            String text = "thread " + i + " at " + System.nanoTime();
            ObjectStore own = i % 2 == 0 ? store() : second;
            writers.add(() -> {
                try {
                    own.write(key, StoreFixture.bytes(text), condition);
                    return text;
                } catch (AlreadyExistsException | ConflictException e) {
                    assertEquals(refusal, e.getClass(), promise);
                    return "";
                }
            });
        }
        List<String> winners =
                together(writers).stream().filter(text -> !text.isEmpty()).toList();
        assertEquals(1, winners.size(), promise + ": " + winners);
        return winners.get(0);
    }

    /**
     * Tests that IF_ABSENT has exactly one winner among threads and stores.
     *
     * @throws Exception if the promise is broken or a thread fails
     */
    @Promise("IF_ABSENT has exactly one winner among threads and stores")
    default void creatingHasOneWinner() throws Exception {
        if (refuses(
                StoreCapability.CREATE_IF_ABSENT,
                () -> store().write("round/object", new byte[1], WriteCondition.IF_ABSENT))) {
            return;
        }
        String promise = "IF_ABSENT has exactly one winner";
        for (int round = 0; round < rounds(); round++) {
            String key = "round/" + round + "/object";
            String winner = onlyWinner(key, WriteCondition.IF_ABSENT, AlreadyExistsException.class, promise);
            assertHolds(key, winner, promise);
        }
    }

    private boolean refusesToReplace() {
        put("replaced", "content");
        Version version = store().info("replaced").orElseThrow().version();
        return refuses(replacing(), () -> store().write("replaced", new byte[1], WriteCondition.ifVersion(version)));
    }

    /**
     * Tests that IfVersion has exactly one winner among threads and stores.
     *
     * @throws Exception if the promise is broken or a thread fails
     */
    @Promise("IfVersion has exactly one winner among threads and stores")
    default void replacingHasOneWinner() throws Exception {
        if (refusesToReplace()) {
            return;
        }
        String promise = "IfVersion has exactly one winner";
        put("object", "at first");
        for (int round = 0; round < rounds(); round++) {
            Version seen = store().info("object").orElseThrow().version();
            String winner = onlyWinner("object", WriteCondition.ifVersion(seen), ConflictException.class, promise);
            assertHolds("object", winner, promise);
        }
    }

    /**
     * Tests that conditional replacements lose no update.
     *
     * @throws Exception if the promise is broken or a thread fails
     */
    @Promise("conditional replacements lose no update")
    default void countingByVersionLosesNothing() throws Exception {
        if (refusesToReplace()) {
            return;
        }
        put("counter", "0");
        int each = Math.max(2, rounds() / 4);
        List<Callable<Integer>> counters = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            counters.add(() -> {
                int conflicts = 0;
                for (int done = 0; done < each; ) {
                    StoredObject seen = store().read("counter").orElseThrow();
                    int next = Integer.parseInt(new String(seen.bytes(), StandardCharsets.UTF_8)) + 1;
                    try {
                        WriteCondition condition =
                                WriteCondition.ifVersion(seen.info().version());
                        store().write("counter", StoreFixture.bytes(Integer.toString(next)), condition);
                        done++;
                    } catch (ConflictException e) {
                        // another thread was first; the number of conflicts is limited
                        conflicts++;
                        assertTrue(conflicts < 1000 * each, "there are more conflicts than other writers can cause");
                    }
                }
                return each;
            });
        }
        together(counters);
        assertHolds("counter", Integer.toString(4 * each), "conditional replacements lose no update");
    }

    /**
     * Tests that whole writes are atomic: a reader sees the old object or the new one, never part of one.
     *
     * @throws Exception if the promise is broken or a thread fails
     */
    @Promise("whole writes are atomic: a reader sees the old object or the new one, never part of one")
    default void readersSeeOldOrNewNeverAMixture() throws Exception {
        put("object", "before");
        if (refuses(StoreCapability.WRITE, () -> store().write("object", new byte[1], WriteCondition.ANY))) {
            return;
        }
        byte[] longer = filled(BIG, (byte) 'a');
        byte[] shorter = filled(BIG - 12345, (byte) 'b');
        put("object", longer);
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch readers = new CountDownLatch(3);
        List<Callable<Integer>> tasks = new ArrayList<>();
        tasks.add(() -> {
            try {
                for (int i = 0; i < rounds() || readers.getCount() > 0; i++) {
                    store().write("object", i % 2 == 0 ? shorter : longer, WriteCondition.ANY);
                }
            } finally {
                stop.set(true);
            }
            return 0;
        });
        Runnable whole = () -> {
            StoredObject read = store().read("object").orElseThrow();
            byte[] expected = read.info().size() == BIG ? longer : shorter;
            assertOneState(expected, List.of(read.bytes()), "read");
            assertEquals(read.info().size(), read.bytes().length, "read returns the size of its bytes");
        };
        List<ByteRange> ranges = List.of(ByteRange.last(1000), ByteRange.of(0, 2 << 20), ByteRange.of(BIG / 2, 7));
        Runnable inParts = () -> {
            RangesRead read = store().readRanges("object", ranges, null).orElseThrow();
            byte[] expected = read.info().size() == BIG ? longer : shorter;
            assertOneState(expected, read.parts(), "readRanges");
        };
        for (Runnable read : List.of(whole, whole, inParts)) {
            tasks.add(() -> readWhileWritten(read, readers, stop));
        }
        together(tasks);
    }

    /** Reads until the writer stops. The writer waits until each reader has read several times. */
    private static int readWhileWritten(Runnable read, CountDownLatch readers, AtomicBoolean stop) {
        int reads = 0;
        try {
            do {
                read.run();
                reads++;
                if (reads == 3) {
                    readers.countDown();
                }
            } while (!stop.get());
        } finally {
            if (reads < 3) {
                readers.countDown();
            }
        }
        return reads;
    }

    private static void assertOneState(byte[] expected, List<byte[]> parts, String call) {
        for (byte[] part : parts) {
            assertTrue(
                    Arrays.equals(part, 0, part.length, expected, 0, Math.min(part.length, expected.length)),
                    call + ": a reader sees the old object or the new one, never part of one");
        }
    }

    /**
     * Tests that writes and deletions are visible when they return, even during other calls.
     *
     * @throws Exception if the promise is broken or a thread fails
     */
    @Promise("writes and deletions are visible when they return, even during other calls")
    default void deletingAndWritingInOnePlaceAtOnce() throws Exception {
        if (refuses(StoreCapability.WRITE, () -> store().write("a/b/0", new byte[1], WriteCondition.ANY))) {
            return;
        }
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String key = "a/b/" + i;
            tasks.add(() -> {
                for (int round = 0; round < rounds(); round++) {
                    store().write(key, StoreFixture.bytes(key), WriteCondition.ANY);
                    assertHolds(key, key, "a write is visible when it returns, even during other calls");
                    store().delete(key);
                    assertTrue(store().info(key).isEmpty(), "a deletion is visible when it returns");
                }
                return 0;
            });
        }
        tasks.add(() -> {
            for (int round = 0; round < rounds(); round++) {
                store().forEach("", object -> {});
                store().listFolder("a/");
            }
            return 0;
        });
        together(tasks);
        assertKeys(List.of(), "", "every written object was deleted");
        assertEquals(List.of(), store().listFolder("a/").objects(), "every written object was deleted");
    }

    /**
     * Tests that a prefix can be deleted while others write below it.
     *
     * @throws Exception if the promise is broken or a thread fails
     */
    @Promise("a prefix can be deleted while others write below it")
    default void writingWhileThePrefixIsDeleted() throws Exception {
        if (refuses(StoreCapability.WRITE, () -> store().deletePrefix("p/"))) {
            return;
        }
        AtomicBoolean stop = new AtomicBoolean();
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String name = "p/x" + i + "/y/";
            tasks.add(() -> {
                try {
                    for (int round = 0; round < rounds(); round++) {
                        store().write(name + round, new byte[100], WriteCondition.ANY);
                    }
                } finally {
                    stop.set(true);
                }
                return 0;
            });
        }
        tasks.add(() -> {
            do {
                store().deletePrefix("p/");
            } while (!stop.get());
            return 0;
        });
        together(tasks);
        store().deletePrefix("p/");
        assertKeys(List.of(), "", "deletePrefix deletes all objects whose key begins with the prefix");
    }

    /** Tests that an interrupted call throws OperationInterruptedException and has no partial effect. */
    @Promise("an interrupted call throws OperationInterruptedException and has no partial effect")
    default void anInterruptedThreadGetsNothingDone() {
        put("object", "content");
        List<Executable> calls = List.of(
                () -> store().read("object"),
                () -> store().readRanges("object", List.of(ByteRange.of(0, 1)), null),
                () -> store().info("object"),
                () -> store().list("", null, 10),
                () -> store().listFolder(""),
                () -> store().holds("folder/"));
        List<Executable> changes = List.of(
                () -> store().write("object", new byte[0], WriteCondition.ANY),
                () -> store().write("new/object", new byte[0], WriteCondition.ANY),
                () -> store().delete("object"),
                () -> store().deleteAll(List.of("object")),
                () -> store().deletePrefix("object/"));
        List<Executable> all = new ArrayList<>(calls);
        if (can(StoreCapability.WRITE)) {
            all.addAll(changes);
        }
        for (int i = 0; i < all.size(); i++) {
            boolean stillSet;
            try {
                Thread.currentThread().interrupt();
                assertThrows(
                        OperationInterruptedException.class,
                        all.get(i),
                        "a call of an interrupted thread throws OperationInterruptedException: call " + i);
            } finally {
                stillSet = Thread.interrupted();
            }
            assertTrue(stillSet, "the interrupt flag stays set: call " + i);
        }
        assertHolds("object", "content", "an interrupted call has no partial effect");
        assertKeys(List.of("object"), "", "an interrupted call has no partial effect");
    }

    /**
     * Tests that interrupting a thread ends its call promptly.
     *
     * @throws Exception if the promise is broken or a thread fails
     */
    @Promise("interrupting a thread ends its call promptly")
    default void interruptingEndsARunningCall() throws Exception {
        put("object", filled(BIG, (byte) 'a'));
        for (int round = 0; round < Math.min(5, rounds()); round++) {
            CountDownLatch reading = new CountDownLatch(1);
            AtomicReference<@Nullable Throwable> end = new AtomicReference<>();
            AtomicBoolean flag = new AtomicBoolean();
            Thread reader = new Thread(() -> {
                try {
                    while (true) {
                        assertEquals(
                                BIG,
                                store().read("object").orElseThrow().bytes().length,
                                "read returns the whole object");
                        reading.countDown();
                    }
                } catch (Throwable e) {
                    flag.set(Thread.currentThread().isInterrupted());
                    end.set(e);
                    reading.countDown();
                }
            });
            reader.setDaemon(true);
            reader.start();
            reading.await();
            Thread.sleep(round);
            reader.interrupt();
            reader.join(60_000);
            assertFalse(reader.isAlive(), "interrupting a thread ends its call promptly");
            Throwable thrown = end.get();
            assertNotNull(thrown, "the interrupted read threw an exception");
            if (!(thrown instanceof OperationInterruptedException)) {
                throw new AssertionError(
                        "an interrupted call throws OperationInterruptedException, not " + thrown, thrown);
            }
            assertTrue(flag.get(), "the interrupt flag stays set");
        }
        assertTrue(store().info("object").isPresent(), "other threads can read after an interrupt");
    }

    private static byte[] filled(int size, byte value) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, value);
        return bytes;
    }
}
