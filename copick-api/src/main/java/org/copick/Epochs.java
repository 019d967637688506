package org.copick;

import java.time.Duration;
import java.util.function.Supplier;
import org.copick.spi.Backend;
import org.copick.storage.ChangeFeed;
import org.copick.storage.Freshness;
import org.copick.storage.Freshness.Moment;

/**
 * Divides the time that a project is open into epochs, to limit the age of cached data.
 *
 * <p>Data listed or opened in an earlier epoch may be too old to return. All listings of one epoch come through one
 * prefetching view of the backend. That view is created in the epoch, so its listings are never older than the epoch.
 * Thread-safe.
 *
 * <p>A change made by this process does not end an epoch. Code that changes something discards the affected listings
 * itself.
 */
final class Epochs implements Supplier<Object> {
    private final Backend backend;
    private final Duration prefetched;
    private final Freshness freshness;
    private volatile Epoch latest;

    /**
     * @param prefetched the maximum age of prefetched listings
     * @param kept the maximum age of data cached in entities, which is also the length of an epoch
     */
    Epochs(Backend backend, Duration prefetched, Duration kept) {
        this.backend = backend;
        this.prefetched = prefetched;
        this.freshness = new Freshness(new ChangeFeed(), kept);
        this.latest = begin();
    }

    /** An epoch, compared by identity. */
    private static final class Epoch {
        final Moment began;
        final Lazy<Backend> view;

        Epoch(Moment began, Lazy<Backend> view) {
            this.began = began;
            this.view = view;
        }
    }

    /** Returns the current epoch, an object that is equal only to itself. */
    @Override
    public Object get() {
        return now();
    }

    /** Returns the view through which the current epoch's listings are made. */
    Backend view() {
        return now().view.get();
    }

    /** Discards the current view with its prefetched listings. The next listing creates another view. */
    void forgetView() {
        now().view.clear();
    }

    /** Returns a new view that has not prefetched anything. */
    Backend newView() {
        return backend.prefetching(prefetched);
    }

    private Epoch now() {
        Epoch known = latest;
        return freshness.isFresh(known.began) ? known : next();
    }

    private synchronized Epoch next() {
        if (!freshness.isFresh(latest.began)) {
            latest = begin();
        }
        return latest;
    }

    private Epoch begin() {
        return new Epoch(freshness.now(), new Lazy<>(this::newView));
    }
}
