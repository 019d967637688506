package org.copick.zarr;

import java.util.Collection;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.copick.error.OperationInterruptedException;
import org.jspecify.annotations.Nullable;

/**
 * The threads that reads are done by, and how much they may hold in memory at a time. Shared by all arrays that are
 * opened by one {@link Zarr}. Safe for use by many threads.
 *
 * <p>Threads that fetch may wait for memory that those which decode give back; those which decode wait for nobody but
 * stores where a call costs little, of which they read what they unpack. So the two must not share their threads unless
 * both run everything in the calling thread.
 */
public final class Workers {
    private static final int KIB = 1024;
    private static final int LEAST_MEMORY = 16 << 20;

    final Executor fetching;
    final Executor decoding;
    /** How many chunks a read has under way at most. */
    final int objectsAtOnce;

    private final Semaphore memory;
    private final int memoryKib;

    /**
     * Uses these threads.
     *
     * @param fetching waits for stores
     * @param fetchThreads how many can wait at once
     * @param decoding unpacks and copies
     * @param bytes how much packed data may be held at a time; one chunk may exceed it alone
     */
    public Workers(Executor fetching, int fetchThreads, Executor decoding, long bytes) {
        Objects.requireNonNull(fetching, "fetching");
        this.fetching = fetching;
        this.decoding = decoding;
        this.objectsAtOnce = 2 * fetchThreads;
        this.memoryKib = (int) Math.min(Integer.MAX_VALUE / 2, Math.max(LEAST_MEMORY, bytes) / KIB);
        this.memory = new Semaphore(memoryKib);
    }

    /** Does everything in the thread that reads. */
    public static Workers sameThread() {
        return new Workers(Runnable::run, 1, Runnable::run, Runtime.getRuntime().maxMemory() / 8);
    }

    /** Waits for memory to hold this much; what comes back is to be {@linkplain #release given back}. */
    int reserve(long bytes) throws InterruptedException {
        int kib = (int) Math.min(memoryKib, bytes / KIB + 1);
        memory.acquire(kib);
        return kib;
    }

    /**
     * Does these in the threads that wait for stores and in this one, and returns when all are done. After a failure no
     * others are begun, and the first one is thrown.
     *
     * @throws OperationInterruptedException when this thread is interrupted; what is under way then ends by itself
     */
    public void sideBySide(Collection<? extends Runnable> tasks, String doing) {
        Queue<Runnable> waiting = new ConcurrentLinkedQueue<>(tasks);
        CountDownLatch open = new CountDownLatch(tasks.size());
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Runnable work = () -> {
            for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
                try {
                    if (failure.get() == null) {
                        task.run();
                    }
                } catch (Throwable e) {
                    failure.compareAndSet(null, e);
                } finally {
                    open.countDown();
                }
            }
        };
        try {
            for (int i = 1; i < Math.min(objectsAtOnce / 2, tasks.size()); i++) {
                fetching.execute(work);
            }
        } catch (RuntimeException | Error e) {
            // closed, or no thread can be had: this one does what the others do not
        }
        work.run();
        try {
            open.await();
        } catch (InterruptedException e) {
            failure.set(e);
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(doing + " was interrupted", e);
        }
        rethrow(failure.get(), doing);
    }

    /** Throws in the thread that waits what has failed in another one, if anything has. */
    static void rethrow(@Nullable Throwable failure, String doing) {
        if (failure instanceof RuntimeException told) {
            throw told;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw new IllegalStateException(doing + " failed", failure);
        }
    }

    void release(int reserved) {
        memory.release(reserved);
    }

    @Override
    public String toString() {
        return "workers with " + memoryKib / 1024 + " MiB for packed data";
    }
}
