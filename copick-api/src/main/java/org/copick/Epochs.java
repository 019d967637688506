package org.copick;

import java.time.Duration;
import org.copick.spi.Backend;
import org.copick.storage.ChangeFeed;
import org.copick.storage.Freshness;
import org.copick.storage.Freshness.Moment;

/**
 * Divides the time a project is open into epochs: what was listed or opened in an earlier one may be too old to be shown. All
 * that is listed in one epoch comes through one prefetching view of the backend, which began with it at the earliest; so it is
 * never older than the epoch. Safe for use by many threads.
 *
 * <p>What this process changes does not end an epoch. Whoever changes something forgets what lists it.
 */
final class Epochs {
    private final Backend backend;
    private final Duration prefetched;
    private final Freshness freshness;
    private volatile Epoch latest;

    /**
     * @param prefetched the greatest age of listings that are prefetched
     * @param kept the greatest age of what entities keep, and so the length of an epoch
     */
    Epochs(Backend backend, Duration prefetched, Duration kept) {
        this.backend = backend;
        this.prefetched = prefetched;
        this.freshness = new Freshness(new ChangeFeed(), kept);
        this.latest = begin();
    }

    /** Told apart by identity. */
    private static final class Epoch {
        final Moment began;
        final Lazy<Backend> view;

        Epoch(Moment began, Lazy<Backend> view) {
            this.began = began;
            this.view = view;
        }
    }

    /** Returns the current epoch, equal to itself alone. */
    Object current() {
        return now();
    }

    /** Returns the view that this epoch's listings come through. */
    Backend view() {
        return now().view.get();
    }

    /** Takes another view for listings from now on, without the prefetched listings of this one. */
    void forgetView() {
        now().view.clear();
    }

    /** Returns a view of its own, of which nothing was prefetched yet. */
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
