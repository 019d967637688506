package org.copick.tests.hostile;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.copick.storage.ForwardedWriter;
import org.copick.storage.ObjectStore;
import org.copick.storage.ObjectWriter;
import org.copick.storage.WriteCondition;

/** Checks that its user closes it and all its writers, with no call running, and never calls it afterwards. */
public final class LeakCheckingStore extends InterceptingStore {
    private final Throwable opened = new Throwable("opened here");
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger late = new AtomicInteger();
    private final Set<ObjectWriter> writers = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Wraps a store and remembers where it was opened.
     *
     * @param store the store to wrap; closing this store closes it, too
     */
    public LeakCheckingStore(ObjectStore store) {
        super(store);
    }

    /**
     * Throws if the store was not closed, is still in use, or was used after it was closed, or if a writer was not
     * closed.
     *
     * <p>The cause of the error shows where the store was opened.
     */
    public void assertReleased() {
        String problem = !closed
                ? "was never closed"
                : running.get() > 0
                        ? "is closed, but calls are still running"
                        : late.get() > 0
                                ? "was called " + late + " times after it was closed"
                                : writers.isEmpty() ? "" : "has " + writers.size() + " writers that were never closed";
        if (!problem.isEmpty()) {
            throw new AssertionError("the store " + location() + " " + problem, opened);
        }
    }

    @Override
    protected <T> T call(StoreCall call, Supplier<T> operation) {
        if (closed) {
            late.incrementAndGet();
        }
        running.incrementAndGet();
        try {
            return operation.get();
        } finally {
            running.decrementAndGet();
        }
    }

    @Override
    public ObjectWriter writer(String key, WriteCondition condition) {
        return new ForwardedWriter(super.writer(key, condition)) {
            {
                writers.add(this);
            }

            @Override
            public void close() {
                writers.remove(this);
                super.close();
            }
        };
    }

    @Override
    public void close() {
        closed = true;
        super.close();
    }
}
