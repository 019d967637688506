package org.copick.layout;

import java.util.Optional;
import org.copick.error.ClosedException;
import org.copick.error.InvalidConfigException;
import org.copick.error.OperationInterruptedException;
import org.copick.internal.threads.InterruptibleLock;
import org.copick.storage.Freshness;
import org.copick.storage.Freshness.Moment;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.Version;
import org.jspecify.annotations.Nullable;

/**
 * The index of a store, read when it is first needed and again when it has changed.
 *
 * <p>Thread-safe. The lock is held during requests.
 */
final class CurrentIndex {
    private final ObjectStore store;
    private final InterruptibleLock reading = new InterruptibleLock();
    private volatile @Nullable Known known;
    private volatile boolean closed;

    CurrentIndex(ObjectStore store) {
        this.store = store;
    }

    /**
     * An index that was read.
     *
     * @param checked the latest moment at which the store had this version
     */
    private record Known(RootIndex index, Version version, Moment checked) {}

    /** Returns the index that was read last, or null if none was. */
    @Nullable RootIndex peek() {
        Known now = known;
        return now == null ? null : now.index();
    }

    /**
     * Returns the index. Costs one request if it was never read, or may have changed; another one if it has.
     *
     * @param freshness whether a check of the version is recent enough
     * @param since the earliest moment of a check that counts
     */
    RootIndex get(Freshness freshness, Moment since) {
        requireOpen();
        if (Thread.currentThread().isInterrupted()) {
            throw new OperationInterruptedException("cannot list " + store.location() + ": interrupted");
        }
        Known now = known;
        if (now != null && isCurrent(now, freshness, since)) {
            return now.index();
        }
        reading.take("cannot read " + RootIndex.location(store) + ": interrupted");
        try {
            now = known;
            if (now == null || !isCurrent(now, freshness, since)) {
                now = renewed(now, freshness.now());
                known = now;
            }
            return now.index();
        } finally {
            reading.unlock();
        }
    }

    /** Throws if the store was closed. */
    void requireOpen() {
        if (closed) {
            throw new ClosedException("cannot use " + store.location() + ": the store is closed; open it again");
        }
    }

    /** Makes later calls fail. */
    void close() {
        closed = true;
    }

    private static boolean isCurrent(Known now, Freshness freshness, Moment since) {
        return freshness.isFresh(now.checked()) && now.checked().nanos() - since.nanos() >= 0;
    }

    private Known renewed(@Nullable Known before, Moment moment) {
        if (before != null) {
            Optional<ObjectInfo> info = store.info(RootIndex.KEY);
            if (info.isPresent() && info.get().version().equals(before.version())) {
                return new Known(before.index(), before.version(), moment);
            }
        }
        RootIndex.Stored stored = RootIndex.stored(store).orElseThrow(this::missing);
        return new Known(stored.index(), stored.version(), moment);
    }

    private InvalidConfigException missing() {
        return new InvalidConfigException(
                "cannot list " + store.location() + ": the root is opened through its index, and "
                        + RootIndex.location(store)
                        + " does not exist; write it with copick index --root NAME, or, for a web server, write it where the files"
                        + " are and upload it; where the store can list its keys, static_index can be removed from the"
                        + " configuration");
    }
}
