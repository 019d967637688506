package org.copick.layout;

import java.time.Duration;
import java.util.Optional;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.spi.Backend;
import org.copick.spi.Entry;
import org.copick.spi.ForwardingBackend;
import org.copick.spi.Listing;
import org.copick.storage.ObjectStore;
import org.jspecify.annotations.Nullable;

/** A view of a backend that answers listings and lookups from prefetched pages and delegates everything else. */
final class PrefetchingView extends ForwardingBackend {
    private final Backend backend;
    private final LayoutReader ahead;

    /**
     * Creates a view.
     *
     * @param backend the backend to delegate to
     * @param ahead reads the backend's store through a prefetcher
     */
    PrefetchingView(Backend backend, LayoutReader ahead) {
        super(backend);
        this.backend = backend;
        this.ahead = ahead;
    }

    @Override
    public Listing list(EntityKind kind, @Nullable EntityKey parent) {
        return ahead.list(kind, parent);
    }

    @Override
    public Optional<Entry> find(EntityKey key) {
        return ahead.find(key);
    }

    @Override
    public ObjectStore open(Entry volume) {
        return ahead.open(volume);
    }

    @Override
    public long size(Entry entry) {
        return ahead.size(entry);
    }

    @Override
    public boolean hides(EntityKey key) {
        return ahead.hides(key);
    }

    @Override
    public Backend prefetching(Duration maxAge) {
        return backend.prefetching(maxAge);
    }

    /** Does nothing, because the stores belong to the backend. */
    @Override
    public void close() {}
}
