package org.copick.storage;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts what this process changes in a store, so that a cache can tell whether what it holds was read before or after. Whoever
 * changes something tells it once the change has ended, and may tell it before, too. Safe for use by many threads.
 */
public final class ChangeFeed {
    /** Keys share counters, so that a feed needs 2 KiB however many keys there are. */
    private static final int COUNTERS = 256;

    private final AtomicLong all = new AtomicLong();
    private final AtomicLongArray byKey = new AtomicLongArray(COUNTERS);

    /** Makes a feed of no changes yet. */
    public ChangeFeed() {}

    /** Counts a change of one object. */
    public void changed(String key) {
        byKey.incrementAndGet(counter(key));
        all.incrementAndGet();
    }

    /** Counts a change of many objects, such as all below a prefix. */
    public void allChanged() {
        for (int i = 0; i < COUNTERS; i++) {
            byKey.incrementAndGet(i);
        }
        all.incrementAndGet();
    }

    /** Returns how many changes there were. */
    public long changes() {
        return all.get();
    }

    /** Returns how many changes there were of an object, and of some others. */
    public long changes(String key) {
        return byKey.get(counter(key));
    }

    private static int counter(String key) {
        return Math.floorMod(key.hashCode(), COUNTERS);
    }

    @Override
    public String toString() {
        return all.get() + " changes";
    }
}
