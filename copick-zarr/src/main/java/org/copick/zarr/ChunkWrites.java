package org.copick.zarr;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.copick.error.ClosedException;
import org.copick.error.OperationInterruptedException;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of an image on their way into the store: packed by the threads that decode, written by those that wait for
 * stores, while the thread that makes the image goes on. The first failure ends all of it, and is thrown in that thread.
 */
final class ChunkWrites {
    /** Most bytes under way at a time, or {@link #HEAP_SHARE} of the heap if that is less; one chunk always may be. */
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

    /** Waits until there is room for a chunk of so many bytes, before the one thread that adds chunks makes it. */
    void awaitRoom(long size) {
        awaitAtMost(most - size);
        rethrow();
    }

    /**
     * Takes a chunk, when there is room for it.
     *
     * @param size its bytes
     * @param packing packs it, and gives what writes it, if anything
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

    /** Waits for all that was added. */
    synchronized void finish() {
        awaitAtMost(-1);
        rethrow();
    }

    /** Ends all that was added because of a failure elsewhere, and waits for that. */
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
            // closed, or no thread could be had for it
            fail(told(e));
            ended(size);
        }
    }

    /** Returns a failure as writers see it. Never throws, so that no writer waits for ever. */
    private Throwable told(Throwable failure) {
        try {
            return failure instanceof RejectedExecutionException
                    ? new ClosedException("the context that writes " + location + " is closed", failure)
                    : failure;
        } catch (Throwable e) {
            return e;
        }
    }

    /** Waits for a store in a way that a failure elsewhere interrupts. */
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
                // an interrupt that is meant for this chunk has nothing to do with what the thread does next
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

    /** Waits until no more than so many bytes are under way, or nothing, or something has failed. */
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
        Workers.rethrow(failure, "writing " + location);
    }
}
