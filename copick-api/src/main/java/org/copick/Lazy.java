package org.copick;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.copick.error.OperationInterruptedException;
import org.jspecify.annotations.Nullable;

/**
 * A value that is made when first asked for and kept until it is cleared. Of several threads that ask one makes it; the others
 * wait and can be interrupted. Clearing never waits: a value that is being made meanwhile is not kept.
 */
final class Lazy<T> {
    private final Supplier<T> source;
    private final ReentrantLock making = new ReentrantLock();
    private volatile @Nullable T value;
    private int changes;

    Lazy(Supplier<T> source) {
        this.source = source;
    }

    /**
     * Returns the value.
     *
     * @throws OperationInterruptedException when the thread is interrupted while another one makes it
     */
    T get() {
        T known = value;
        if (known != null) {
            return known;
        }
        lock();
        try {
            known = value;
            return known != null ? known : made();
        } finally {
            making.unlock();
        }
    }

    private T made() {
        int before = changes();
        T made = source.get();
        synchronized (this) {
            if (changes == before) {
                value = made;
            }
        }
        return made;
    }

    private synchronized int changes() {
        return changes;
    }

    private void lock() {
        if (making.tryLock()) {
            return;
        }
        try {
            making.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("interrupted while another thread was reading the same", e);
        }
    }

    /** Returns the value if it was made already. */
    @Nullable T peek() {
        return value;
    }

    synchronized void set(T newValue) {
        changes++;
        value = newValue;
    }

    synchronized void clear() {
        changes++;
        value = null;
    }
}
