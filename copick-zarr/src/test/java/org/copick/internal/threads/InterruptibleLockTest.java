package org.copick.internal.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.FutureTask;
import org.copick.error.OperationInterruptedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class InterruptibleLockTest {
    private final InterruptibleLock lock = new InterruptibleLock();

    @Test
    void anInterruptEndsTheWait() throws Exception {
        lock.take("free");
        FutureTask<String> waiting = new FutureTask<>(() -> {
            OperationInterruptedException failure =
                    assertThrows(OperationInterruptedException.class, () -> lock.take("interrupted while writing x"));
            assertTrue(Thread.currentThread().isInterrupted(), "the flag stays set");
            return String.valueOf(failure.getMessage());
        });
        Thread thread = new Thread(waiting);
        thread.start();
        while (!lock.hasQueuedThread(thread)) {
            Thread.sleep(1);
        }
        thread.interrupt();
        assertEquals("interrupted while writing x", waiting.get());
        lock.unlock();
    }

    @Test
    void anInterruptedThreadGetsAFreeLock() {
        Thread.currentThread().interrupt();
        lock.take("free");
        assertTrue(lock.isHeldByCurrentThread());
        lock.unlock();
        assertTrue(Thread.interrupted());
    }
}
