package org.copick.tests.hostile;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.copick.storage.ObjectStore;

/** Knows whether its user closed it, once no call was under way any more, and never called it afterwards. */
public final class LeakCheckingStore extends ForwardingStore {
    private final Throwable opened = new Throwable("opened here");
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger late = new AtomicInteger();
    private volatile boolean closed;

    public LeakCheckingStore(ObjectStore store) {
        super(store);
    }

    /**
     * Throws where the store was not closed, is still used or was used after it was closed; the cause tells where it was
     * opened.
     */
    public void assertReleased() {
        String problem = !closed
                ? "was never closed"
                : running.get() > 0
                        ? "is closed, and calls are still under way"
                        : late.get() > 0 ? "was called " + late + " times after it was closed" : "";
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
    public void close() {
        closed = true;
        super.close();
    }
}
