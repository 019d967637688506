package org.copick.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.copick.error.NotFoundException;
import org.copick.error.OperationInterruptedException;
import org.copick.zarr.Workers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests concurrent tasks on several threads. */
@Timeout(120)
class SideBySideTest {
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final Workers workers = new Workers(threads, 4, Runnable::run, 0);

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertTrue(threads.awaitTermination(20, TimeUnit.SECONDS));
    }

    @Test
    void atLeastOneTaskMustBeAbleToRun() {
        for (int count : new int[] {0, -1}) {
            assertThrows(IllegalArgumentException.class, () -> new Workers(threads, count, Runnable::run, 0));
        }
    }

    @Test
    void asManyAreUnderWayAsThereAreThreads() {
        CountDownLatch together = new CountDownLatch(4);
        AtomicInteger done = new AtomicInteger();
        workers.sideBySide(
                Collections.nCopies(100, () -> {
                    together.countDown();
                    try {
                        assertTrue(together.await(20, TimeUnit.SECONDS), "four tasks run at the same time");
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    done.incrementAndGet();
                }),
                "counting");
        assertEquals(100, done.get());
    }

    @Test
    void afterAFailureNothingElseIsBegun() {
        NotFoundException failure = new NotFoundException("injected by the test");
        AtomicInteger begun = new AtomicInteger();
        assertSame(
                failure,
                assertThrows(
                        NotFoundException.class,
                        () -> workers.sideBySide(
                                Collections.nCopies(1000, () -> {
                                    begun.incrementAndGet();
                                    throw failure;
                                }),
                                "failing")));
        assertTrue(begun.get() <= 4, () -> begun + " were begun");
    }

    @Test
    void theFailureOfTheFirstTaskInTheListIsThrown() {
        for (int i = 0; i < 100; i++) {
            CountDownLatch later = new CountDownLatch(1);
            List<Runnable> tasks = List.of(
                    () -> {
                        await(later);
                        throw new NotFoundException("the first");
                    },
                    () -> {
                        later.countDown();
                        throw new NotFoundException("the second");
                    });
            NotFoundException thrown =
                    assertThrows(NotFoundException.class, () -> workers.sideBySide(tasks, "failing"));
            assertEquals("the first", thrown.getMessage());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theThreadThatAsksDoesAllWhereThereAreNoOthers() {
        threads.shutdown();
        AtomicInteger done = new AtomicInteger();
        workers.sideBySide(Collections.nCopies(10, done::incrementAndGet), "counting");
        assertEquals(10, done.get());
        workers.sideBySide(List.<Runnable>of(), "nothing");
    }

    @Test
    void oneOfTheThreadsMayAskItself() throws Exception {
        AtomicInteger done = new AtomicInteger();
        List<Runnable> inner = Collections.nCopies(8, done::incrementAndGet);
        workers.sideBySide(Collections.nCopies(8, () -> workers.sideBySide(inner, "within")), "around");
        assertEquals(64, done.get());
    }

    @Test
    void anInterruptEndsTheWait() {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger first = new AtomicInteger();
        Thread asking = Thread.currentThread();
        try {
            assertThrows(
                    OperationInterruptedException.class,
                    () -> workers.sideBySide(
                            Collections.nCopies(2, () -> {
                                if (Thread.currentThread() == asking) {
                                    asking.interrupt();
                                    return;
                                }
                                first.incrementAndGet();
                                try {
                                    release.await();
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            }),
                            "waiting"));
            assertTrue(Thread.interrupted(), "the interrupt flag stays set");
        } finally {
            release.countDown();
        }
    }
}
