package org.copick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
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
    void anInterruptedThreadGetsWhatItNeedNotWaitFor() {
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
    void aValueThatWasSetMeanwhileStays() throws Exception {
        FutureTask<Integer> first = started(new FutureTask<>(value::get));
        begun.await();
        value.set(7);
        mayEnd.countDown();
        assertEquals(1, first.get());
        assertEquals(7, value.get());
    }
}
