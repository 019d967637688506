package org.copick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.copick.error.OperationInterruptedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class LazyTest {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final AtomicInteger made = new AtomicInteger();
    private final Lazy<Integer> value = new Lazy<>(() -> {
        begun.countDown();
        try {
            mayEnd.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return made.incrementAndGet();
    });

    private <T> FutureTask<T> started(FutureTask<T> task) {
        new Thread(task).start();
        return task;
    }

    @Test
    void aThreadThatWaitsForAnotherOneCanBeInterrupted() throws Exception {
        FutureTask<Integer> first = started(new FutureTask<>(value::get));
        begun.await();
        FutureTask<Boolean> second = new FutureTask<>(() -> {
            assertThrows(OperationInterruptedException.class, value::get);
            return Thread.currentThread().isInterrupted();
        });
        Thread waiting = new Thread(second);
        waiting.start();
        while (waiting.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }
        waiting.interrupt();
        assertTrue(second.get(), "the interrupt flag is set again");
        mayEnd.countDown();
        assertEquals(1, first.get());
    }

    @Test
    void anInterruptedThreadComputesWithoutWaiting() {
        mayEnd.countDown();
        Lazy<String> atOnce = new Lazy<>(() -> "value");
        Thread.currentThread().interrupt();
        assertEquals("value", atOnce.get());
        assertTrue(Thread.interrupted());
    }

    @Test
    void aValueThatWasClearedWhileItWasMadeIsNotKept() throws Exception {
        FutureTask<Integer> first = started(new FutureTask<>(value::get));
        begun.await();
        value.clear();
        mayEnd.countDown();
        assertEquals(1, first.get());
        assertNull(value.peek());
        assertEquals(2, value.get());
        assertEquals(2, value.peek());
    }

    @Test
    void aValueOfAnEarlierEpochIsMadeAgain() {
        AtomicReference<String> epoch = new AtomicReference<>("first");
        Lazy<Integer> counted = new Lazy<>(made::incrementAndGet, epoch::get);
        assertEquals(1, counted.get());
        assertEquals(1, counted.get());
        epoch.set("second");
        assertNull(counted.peek());
        assertEquals(2, counted.get());
        counted.set(7);
        assertEquals(7, counted.get());
        epoch.set("third");
        assertEquals(3, counted.get());
    }

    @Test
    void anEpochThatEndsDuringTheComputationIsNoticed() {
        AtomicReference<String> epoch = new AtomicReference<>("first");
        Lazy<Integer> counted = new Lazy<>(
                () -> {
                    epoch.compareAndSet("first", "second");
                    return made.incrementAndGet();
                },
                epoch::get);
        assertEquals(1, counted.get());
        assertEquals(2, counted.get(), "the computation of the first value began before");
        assertEquals(2, counted.get());
    }

    @Test
    void aFailureIsNotKept() {
        Lazy<Integer> failing = new Lazy<>(() -> {
            if (made.incrementAndGet() == 1) {
                throw new IllegalStateException("first");
            }
            return made.get();
        });
        assertThrows(IllegalStateException.class, failing::get);
        assertEquals(2, failing.get());
    }

    @Test
    void aValueSetDuringTheComputationStays() throws Exception {
        FutureTask<Integer> first = started(new FutureTask<>(value::get));
        begun.await();
        value.set(7);
        mayEnd.countDown();
        assertEquals(1, first.get());
        assertEquals(7, value.get());
    }
}
