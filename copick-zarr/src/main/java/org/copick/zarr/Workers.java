package org.copick.zarr;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.copick.error.OperationInterruptedException;
import org.copick.internal.threads.SideBySide;

/**
 * The threads that fetch and decode chunks, and the limit of the memory that they hold at a time. Shared by all arrays
 * opened by one {@link Zarr}. Safe for use by many threads.
 *
 * <p>Fetching threads may wait for memory that decoding threads release. Decoding threads only wait for stores with
 * cheap reads, from which they read the data that they decode. Therefore the two must not share threads, unless both
 * executors run everything in the calling thread.
 */
public final class Workers {
    private static final int KIB = 1024;
    private static final int LEAST_MEMORY = 16 << 20;

    final Executor fetching;
    final Executor decoding;
    /** Maximum number of chunks that one read processes at a time. */
    final int objectsAtOnce;

    private final Semaphore memory;
    private final int memoryKib;

    /**
     * Creates workers that use these threads.
     *
     * @param fetching runs tasks that wait for stores
     * @param fetchThreads the number of these tasks that can run at a time, at least 1
     * @param decoding runs tasks that decode and copy
     * @param bytes the maximum number of bytes of chunks in memory at a time, counted by their decoded size, at least
     *     16 MiB; a single larger chunk is allowed
     * @throws IllegalArgumentException if the number of tasks is not positive
     */
    public Workers(Executor fetching, int fetchThreads, Executor decoding, long bytes) {
        Objects.requireNonNull(fetching, "fetching");
        Objects.requireNonNull(decoding, "decoding");
        if (fetchThreads < 1) {
            throw new IllegalArgumentException("the number of fetching threads must be positive: " + fetchThreads);
        }
        this.fetching = fetching;
        this.decoding = decoding;
        this.objectsAtOnce = 2 * Math.min(fetchThreads, Integer.MAX_VALUE / 2);
        this.memoryKib = (int) Math.min(Integer.MAX_VALUE / 2, Math.max(LEAST_MEMORY, bytes) / KIB);
        this.memory = new Semaphore(memoryKib);
    }

    /** {@return workers that run everything in the calling thread} */
    public static Workers sameThread() {
        return new Workers(Runnable::run, 1, Runnable::run, Runtime.getRuntime().maxMemory() / 8);
    }

    /** Waits until this many bytes may be held in memory. The result must be passed to {@link #release}. */
    int reserve(long bytes) throws InterruptedException {
        int kib = (int) Math.min(memoryKib, bytes / KIB + 1);
        memory.acquire(kib);
        return kib;
    }

    /**
     * Runs tasks in the fetching threads and in this one, and returns when all are done. After a failure no later task
     * is started, and of several failures that of the first task in the collection is thrown. Tasks must not read
     * arrays of a {@link Zarr} with these workers, nor open images on remote stores with it, because they would wait for
     * threads that they occupy themselves.
     *
     * @param tasks the tasks, which are begun in this order
     * @param doing what the tasks do, for messages, such as {@code copying a/b}
     * @throws OperationInterruptedException if this thread is interrupted; tasks that are already running end by
     *     themselves
     */
    public void sideBySide(Collection<? extends Runnable> tasks, String doing) {
        SideBySide.run(List.copyOf(tasks), objectsAtOnce / 2, fetching, doing);
    }

    void release(int reserved) {
        memory.release(reserved);
    }

    @Override
    public String toString() {
        return "workers with " + memoryKib / 1024 + " MiB for packed data";
    }
}
