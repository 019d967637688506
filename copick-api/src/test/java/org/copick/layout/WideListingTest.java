package org.copick.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.copick.error.OperationInterruptedException;
import org.copick.error.StorageException;
import org.copick.storage.ForwardingStore;
import org.copick.storage.Freshness;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys of many runs are read by several threads at the same time, with the answers of one sequence of pages. */
@Timeout(120)
class WideListingTest {
    private static final int PAGE = 10;
    private static final int THREADS = 16;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Pages pages = new Pages();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void everyAnswerIsThatOfTheStore() {
        long seed = System.nanoTime();
        System.out.println("wide listings, seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            Pages some = new Pages();
            int runs = 1 + random.nextInt(120);
            for (int run = 0; run < runs; run++) {
                int picks = random.nextInt(random.nextInt(8) == 0 ? 200 : 6);
                some.addRun(run, picks, random.nextInt(3), random.nextInt(4));
            }
            Executor helpers = random.nextInt(4) == 0 ? WideListingTest::runNothing : threads;
            ListingPrefetcher ahead = some.ahead(helpers);
            List<String> names = ahead.listFolder(Layout.RUNS).prefixes();
            int first = random.nextBoolean() ? 0 : random.nextInt(names.size());
            for (String name : names.subList(first, names.size())) {
                if (random.nextInt(20) > 0) {
                    for (String folder : List.of(name, name + "Picks/", name + "VoxelSpacing10.000/")) {
                        assertEquals(
                                some.store.listFolder(folder), ahead.listFolder(folder), folder + " of seed " + seed);
                    }
                }
            }
        }
    }

    @Test
    void manyPagesAreReadAtTheSameTime() {
        for (int run = 0; run < 1000; run++) {
            pages.addRun(run, 7, 1, 2);
        }
        listAll(pages.ahead(null));
        int one = pages.requests.getAndSet(0);
        assertEquals(1, pages.most.get());

        // the fifth page waits for the sixth
        CountDownLatch together = new CountDownLatch(2);
        pages.undisturbed = 4;
        pages.before = () -> await(together);
        listAll(pages.ahead(threads));

        int wide = pages.requests.get();
        assertTrue(wide <= one * 4 / 3 + THREADS, wide + " requests instead of " + one);
    }

    @Test
    void aCallerThatStopsPaysForThreeTimesWhatItUsed() {
        for (int run = 0; run < 1000; run++) {
            pages.addRun(run, 7, 1, 2);
        }
        for (int runs : new int[] {1, 5, 20, 80, 300}) {
            pages.requests.set(0);
            ListingPrefetcher ahead = pages.ahead(threads);
            for (String name : ahead.listFolder(Layout.RUNS).prefixes().subList(0, runs)) {
                ahead.listFolder(name + "Picks/");
            }
            int used = runs * 10 / PAGE + 1;
            int most = 3 * used + 8;
            assertTrue(pages.requests.get() <= most, pages.requests + " requests for " + runs + " runs");
        }
    }

    @Test
    void threadsThatNeverComeAreNotWaitedFor() {
        for (int run = 0; run < 200; run++) {
            pages.addRun(run, 7, 1, 2);
        }
        listAll(pages.ahead(WideListingTest::runNothing));
        listAll(pages.ahead(task -> {
            throw new RejectedExecutionException("closed");
        }));
        listAll(pages.ahead(task -> {
            throw new OutOfMemoryError("unable to create native thread");
        }));
        // the caller is the only thread of the executor
        ExecutorService single = Executors.newSingleThreadExecutor();
        try {
            single.submit(() -> listAll(pages.ahead(single))).get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            single.shutdownNow();
        }
    }

    @Test
    void aFailureIsThrownAndForgotten() {
        for (int run = 0; run < 300; run++) {
            pages.addRun(run, 7, 1, 2);
        }
        ListingPrefetcher ahead = pages.ahead(threads);
        AtomicInteger failing = new AtomicInteger(40);
        pages.before = () -> {
            if (failing.decrementAndGet() == 0) {
                throw new StorageException("the network is down", new IOException());
            }
        };

        assertThrows(StorageException.class, () -> listAll(ahead));

        listAll(ahead);
    }

    @Test
    void anInterruptEndsTheListing() throws InterruptedException {
        for (int run = 0; run < 300; run++) {
            pages.addRun(run, 7, 1, 2);
        }
        ListingPrefetcher ahead = pages.ahead(threads);
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch waiting = new CountDownLatch(2);
        pages.undisturbed = 4;
        pages.before = () -> {
            waiting.countDown();
            await(never);
        };
        AtomicInteger interrupted = new AtomicInteger();
        Thread caller = new Thread(() -> {
            try {
                listAll(ahead);
            } catch (OperationInterruptedException e) {
                interrupted.set(Thread.currentThread().isInterrupted() ? 1 : 2);
            }
        });
        caller.start();
        waiting.await();
        caller.interrupt();
        caller.join();

        assertEquals(1, interrupted.get());
        never.countDown();
    }

    private static void runNothing(Runnable task) {}

    private static void listAll(ListingPrefetcher ahead) {
        for (String name : ahead.listFolder(Layout.RUNS).prefixes()) {
            ahead.listFolder(name);
            ahead.listFolder(name + "Picks/");
        }
    }

    private static void await(CountDownLatch latch) {
        latch.countDown();
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("interrupted");
        }
    }

    /** A store that counts the pages that are read, in all and at a time. */
    private static final class Pages extends ForwardingStore {
        private final ObjectStore store;
        private final AtomicInteger requests = new AtomicInteger();
        private final AtomicInteger running = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private volatile Runnable before = () -> {};
        /** The number of pages before the first that runs the action before it. */
        private volatile int undisturbed;

        Pages() {
            this(new SortedStore(
                    EnumSet.of(StoreCapability.WRITE, StoreCapability.FLAT_LISTING, StoreCapability.SEEK_LISTING),
                    PAGE));
        }

        private Pages(ObjectStore store) {
            super(store);
            this.store = store;
        }

        ListingPrefetcher ahead(@Nullable Executor helpers) {
            WatchedStore watched = new WatchedStore(this);
            return new ListingPrefetcher(watched, new Freshness(watched.changes(), Duration.ofMinutes(5)), helpers);
        }

        void addRun(int number, int picks, int volumes, int chunks) {
            String run = Layout.RUNS + String.format("TS_%04d/", number);
            put(run + ".meta");
            for (int i = 0; i < picks; i++) {
                put(run + "Picks/u_1_o" + i + ".json");
            }
            for (int i = 0; i < volumes; i++) {
                String volume = run + "VoxelSpacing10.000/t" + i + ".zarr/";
                put(volume + "zarr.json");
                for (int chunk = 0; chunk < chunks; chunk++) {
                    put(volume + "0/c/" + chunk);
                }
            }
        }

        private void put(String key) {
            store.write(key, new byte[] {1}, WriteCondition.ANY);
        }

        @Override
        public ListPage list(String prefix, @Nullable String after, int limit) {
            int number = requests.incrementAndGet();
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            try {
                if (number > undisturbed) {
                    before.run();
                }
                return super.list(prefix, after, limit);
            } finally {
                running.decrementAndGet();
            }
        }
    }
}
