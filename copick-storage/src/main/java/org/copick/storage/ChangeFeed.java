package org.copick.storage;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts the changes that this process makes in a store, so that a cache can detect that its content is outdated. Code
 * that changes the store must report the change after it has ended, and may also report it before. Safe for use by many
 * threads.
 */
public final class ChangeFeed {
    /** Number of counters. Keys share them, so that a feed needs 2 KiB for any number of keys. */
    private static final int COUNTERS = 256;

    private final AtomicLong all = new AtomicLong();
    private final AtomicLongArray byKey = new AtomicLongArray(COUNTERS);

    /** Creates a feed without changes. */
    public ChangeFeed() {}

    /**
     * Counts a change of one object.
     *
     * @param key the object's key, or another text that identifies the object, such as its URL
     */
    public void changed(String key) {
        byKey.incrementAndGet(counter(key));
        all.incrementAndGet();
    }

    /** Counts a change of many objects, such as all objects below a prefix. */
    public void allChanged() {
        for (int i = 0; i < COUNTERS; i++) {
            byKey.incrementAndGet(i);
        }
        all.incrementAndGet();
    }

    /** {@return the number of changes so far} */
    public long changes() {
        return all.get();
    }

    /**
     * {@return the number of changes so far to an object and to the objects that share its counter}
     *
     * @param key the text given to {@link #changed}
     */
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
