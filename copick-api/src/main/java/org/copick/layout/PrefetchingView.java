package org.copick.layout;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.Layer;
import org.copick.spi.Backend;
import org.copick.spi.CreatedDocument;
import org.copick.spi.Entry;
import org.copick.spi.Listing;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorePlace;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;

/** A view of a backend that answers listings and lookups from prefetched pages and delegates everything else. */
final class PrefetchingView implements Backend {
    private final Backend backend;
    private final LayoutReader ahead;

    /**
     * Creates a view.
     *
     * @param backend the backend to delegate to
     * @param ahead reads the backend's store through a prefetcher
     */
    PrefetchingView(Backend backend, LayoutReader ahead) {
        this.backend = backend;
        this.ahead = ahead;
    }

    @Override
    public List<Layer> layers() {
        return backend.layers();
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
    public Optional<StoredObject> read(Entry document) {
        return backend.read(document);
    }

    @Override
    public ObjectStore open(Entry volume) {
        return ahead.open(volume);
    }

    @Override
    public StorePlace place(Entry volume) {
        return backend.place(volume);
    }

    @Override
    public long size(Entry entry) {
        return ahead.size(entry);
    }

    @Override
    public Entry createContainer(EntityKey key) {
        return backend.createContainer(key);
    }

    @Override
    public Entry entryForNew(EntityKey key) {
        return backend.entryForNew(key);
    }

    @Override
    public CreatedDocument createDocument(EntityKey key, byte[] content) {
        return backend.createDocument(key, content);
    }

    @Override
    public Version replaceDocument(Entry document, byte[] content, WriteCondition condition) {
        return backend.replaceDocument(document, content, condition);
    }

    @Override
    public void delete(Entry entry) {
        backend.delete(entry);
    }

    @Override
    public void hide(EntityKey key) {
        backend.hide(key);
    }

    @Override
    public boolean unhide(EntityKey key) {
        return backend.unhide(key);
    }

    @Override
    public boolean hides(EntityKey key) {
        return ahead.hides(key);
    }

    @Override
    public Optional<ObjectStore> store(Layer layer) {
        return backend.store(layer);
    }

    @Override
    public Backend prefetching(Duration maxAge) {
        return backend.prefetching(maxAge);
    }

    @Override
    public void refresh() {
        backend.refresh();
    }

    /** Does nothing, because the stores belong to the backend. */
    @Override
    public void close() {}
}
