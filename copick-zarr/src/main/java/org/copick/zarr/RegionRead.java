package org.copick.zarr;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.copick.error.OperationInterruptedException;
import org.copick.internal.threads.SideBySide;
import org.copick.zarr.codec.CodecException;
import org.jspecify.annotations.Nullable;

/**
 * The read of a region. It starts the read of each stored object that the region touches, and waits for all of them.
 * One lock guards the remaining work. Nothing writes to the sink after {@link #run} has returned or thrown.
 */
final class RegionRead {
    /**
     * Maximum number of objects, and bytes of their elements, for which a read runs completely in the reading thread.
     */
    private static final int FEW = 8;

    private static final int LITTLE = 4 << 20;

    /** The failure of claims that this read gives up; waiting readers then load the part themselves. */
    @SuppressWarnings("StaticAssignmentOfThrowable") // never thrown
    static final OperationInterruptedException GIVEN_UP = new OperationInterruptedException("another reader gave up");

    final ArraySource source;
    final Region region;
    final Sink sink;
    /** True if decoded parts are cached. Reads so large that they would flush the cache do not use it. */
    final boolean caching;

    private final Thread reader = Thread.currentThread();

    @GuardedBy("this") private final Set<Thread> fetching = new HashSet<>();

    @GuardedBy("this") private final Deque<Runnable> resumed = new ArrayDeque<>();

    @GuardedBy("this") private int objects;

    @GuardedBy("this") private @Nullable Throwable failure;

    RegionRead(ArraySource source, Region region, Sink sink) {
        this.source = source;
        this.region = region;
        this.sink = sink;
        this.caching = region.size() * source.metadata.type().bytes() <= source.cache.capacity() / 2;
    }

    void run() {
        long[] chunk = new long[region.rank()];
        int[] shape = source.chunkShape();
        for (int i = 0; i < chunk.length; i++) {
            chunk[i] = region.start(i) / shape[i];
        }
        boolean beginsHere = isSmall(chunk, shape);
        boolean interrupted = false;
        try {
            do {
                awaitFewerThan(source.workers.objectsAtOnce);
                ChunkRead object = new ChunkRead(this, chunk.clone());
                if (!begin()) {
                    break;
                }
                if (beginsHere) {
                    object.run();
                } else {
                    object.start();
                }
            } while (region.nextChunk(chunk, shape));
        } catch (InterruptedException e) {
            interrupted = true;
            fail(interrupted());
        } catch (Throwable e) {
            // rethrown below, when nothing writes to the sink any more
            fail(e);
        }
        while (true) {
            try {
                awaitFewerThan(1);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                fail(interrupted());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        rethrow();
    }

    /** Records the first failure and interrupts running fetches. */
    synchronized void fail(Throwable cause) {
        if (failure == null) {
            failure = cause;
            fetching.forEach(Thread::interrupt);
        }
    }

    /**
     * Ends the read because this thread was interrupted. If it is the reading thread, its interrupt flag is set again.
     */
    void interrupt() {
        fail(interrupted());
        if (Thread.currentThread() == reader) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether the read has failed. */
    synchronized boolean isOver() {
        return failure != null;
    }

    /** Runs an action in the reading thread, which waits for all objects. */
    synchronized void resume(Runnable action) {
        resumed.add(action);
        notifyAll();
    }

    /** Called when the read of an object has ended, successfully or not. */
    synchronized void ended() {
        objects--;
        notifyAll();
    }

    /** Runs a step that waits for a store, so that {@link #fail} can interrupt it. */
    void fetch(ChunkRead.Step step) throws CodecException, InterruptedException, ChunkRead.Changed {
        Thread thread = Thread.currentThread();
        boolean ofPool = thread != reader;
        synchronized (this) {
            if (failure != null) {
                throw interrupted();
            }
            if (ofPool) {
                fetching.add(thread);
            }
        }
        try {
            step.run();
        } finally {
            if (ofPool) {
                synchronized (this) {
                    fetching.remove(thread);
                    // an interrupt meant for this read must not affect the thread's next task
                    Thread.interrupted();
                }
            }
        }
    }

    private synchronized boolean begin() {
        if (failure != null) {
            return false;
        }
        objects++;
        return true;
    }

    private void awaitFewerThan(int limit) throws InterruptedException {
        while (true) {
            Runnable next;
            synchronized (this) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                while (resumed.isEmpty() && objects >= limit && (failure == null || limit == 1)) {
                    wait();
                }
                next = resumed.poll();
                if (next == null) {
                    return;
                }
            }
            next.run();
        }
    }

    private synchronized void rethrow() {
        SideBySide.rethrow(failure, "reading " + source.metadata.location());
    }

    OperationInterruptedException interrupted() {
        return new OperationInterruptedException("interrupted while reading " + source.metadata.location());
    }

    /**
     * Returns whether the read is so small that starting other threads would take longer than looking up all objects
     * here.
     */
    private boolean isSmall(long[] chunk, int[] shape) {
        long objects = 1;
        for (int i = 0; i < chunk.length; i++) {
            objects *= (region.end(i) - 1) / shape[i] - chunk[i] + 1;
        }
        if (objects == 1 || objects > FEW || !source.nearby) {
            return objects == 1;
        }
        ChunkEncoding layout = source.metadata.layout();
        boolean readsLittle = ChunkPlan.isInParts(layout) || objects * layout.bytes() <= LITTLE;
        return readsLittle && region.size() * source.metadata.type().bytes() <= LITTLE;
    }
}
