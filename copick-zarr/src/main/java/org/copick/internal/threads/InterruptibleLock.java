package org.copick.internal.threads;

import java.util.concurrent.locks.ReentrantLock;
import org.copick.error.OperationInterruptedException;

/** A lock that may be held during requests, because an interrupt ends the wait for it. */
public final class InterruptibleLock extends ReentrantLock {
    private static final long serialVersionUID = 1L;

    /** Creates a lock that is free. */
    public InterruptibleLock() {}

    /**
     * Takes the lock. An interrupted thread still gets a lock that is free.
     *
     * @param interrupted the message if the wait is interrupted
     * @throws OperationInterruptedException if this thread is interrupted while it waits; its interrupt flag stays set
     */
    public void take(String interrupted) {
        if (tryLock()) {
            return;
        }
        try {
            lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(interrupted, e);
        }
    }
}
