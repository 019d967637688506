package org.copick.zarr;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.copick.error.ClosedException;
import org.copick.error.OperationInterruptedException;
import org.copick.internal.threads.SideBySide;
import org.jspecify.annotations.Nullable;

/**
 * Packs and writes the chunks of an image while the calling thread computes more of them. Decoding threads pack,
 * fetching threads write. The first failure cancels all further work and is thrown in the calling thread.
 */
final class ChunkWrites {
    /**
     * Maximum number of bytes in progress, or 1/{@link #HEAP_SHARE} of the heap if that is less; one chunk is always
     * allowed.
     */
    private static final long MOST_BYTES = 256L << 20;

    private static final int HEAP_SHARE = 8;

    private final Workers workers;
    private final String location;
    private final long most = Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / HEAP_SHARE);

    @GuardedBy("this") private final Set<Thread> waiting = new HashSet<>();

    @GuardedBy("this") private long bytes;

    @GuardedBy("this") private int chunks;

    @GuardedBy("this") private @Nullable Throwable failure;

    ChunkWrites(Workers workers, String location) {
        this.workers = workers;
        this.location = location;
    }

    /** Waits until a chunk of this many bytes may be added. Only one thread may add chunks. */
    void awaitRoom(long size) {
        awaitAtMost(most - size);
        rethrow();
    }

    /**
     * Adds a chunk, after waiting for room.
     *
     * @param size the number of bytes of the chunk
     * @param packing packs the chunk and returns the action that writes it, or null if there is nothing to write
     */
    void add(long size, Supplier<@Nullable Runnable> packing) {
        awaitRoom(size);
        Runnable step = () -> pack(size, packing);
        synchronized (this) {
            chunks++;
            bytes += size;
        }
        run(workers.decoding, size, step);
        rethrow();
    }

    private void pack(long size, Supplier<@Nullable Runnable> packing) {
        Runnable writing = packing.get();
        if (writing == null) {
            ended(size);
        } else {
            run(workers.fetching, size, () -> {
                interruptibly(writing);
                ended(size);
            });
        }
    }

    /** Waits until all added chunks are written. */
    synchronized void finish() {
        awaitAtMost(-1);
        rethrow();
    }

    /** Cancels all added chunks because of a failure elsewhere, and waits until they have ended. */
    synchronized void abandon(Throwable because) {
        fail(because);
        boolean interrupted = Thread.interrupted();
        while (chunks > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Executor executor, long size, Runnable step) {
        try {
            executor.execute(() -> {
                try {
                    requireGoingOn();
                    step.run();
                } catch (Throwable e) {
                    fail(e);
                    ended(size);
                }
            });
        } catch (Throwable e) {
            // the executor is closed, or no thread is available
            fail(told(e));
            ended(size);
        }
    }

    /** Converts a failure to the exception that writers receive. Never throws, so that no writer waits forever. */
    private Throwable told(Throwable failure) {
        try {
            return failure instanceof RejectedExecutionException
                    ? new ClosedException("the context that writes " + location + " is closed", failure)
                    : failure;
        } catch (Throwable e) {
            return e;
        }
    }

    /** Runs a write to the store so that a failure of another chunk interrupts it. */
    private void interruptibly(Runnable writing) {
        Thread thread = Thread.currentThread();
        synchronized (this) {
            requireGoingOn();
            waiting.add(thread);
        }
        try {
            writing.run();
        } finally {
            synchronized (this) {
                // an interrupt meant for this chunk must not affect the thread's next task
                if (!waiting.remove(thread)) {
                    Thread.interrupted();
                }
            }
        }
    }

    private synchronized void requireGoingOn() {
        if (failure != null) {
            throw new OperationInterruptedException("writing " + location + " has failed already");
        }
    }

    private synchronized void fail(Throwable cause) {
        if (failure == null) {
            failure = cause;
            waiting.forEach(Thread::interrupt);
            waiting.clear();
        }
    }

    private synchronized void ended(long size) {
        chunks--;
        bytes -= size;
        notifyAll();
    }

    /** Waits until at most {@code limit} bytes are in progress, or no chunks are, or something has failed. */
    private synchronized void awaitAtMost(long limit) {
        try {
            while (chunks > 0 && bytes > limit && failure == null) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("interrupted while writing " + location, e);
        }
    }

    private synchronized void rethrow() {
        SideBySide.rethrow(failure, "writing " + location);
    }
}
