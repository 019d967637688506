package org.copick.tests.broken;

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

/** Passes every call on; subclasses break one of them. */
class PassingBackend implements Backend {
    private final Backend backend;

    PassingBackend(Backend backend) {
        this.backend = backend;
    }

    /** Returns the wrapped backend, which has no defect. */
    final Backend good() {
        return backend;
    }

    @Override
    public List<Layer> layers() {
        return backend.layers();
    }

    @Override
    public Listing list(EntityKind kind, @Nullable EntityKey parent) {
        return backend.list(kind, parent);
    }

    @Override
    public Optional<Entry> find(EntityKey key) {
        return backend.find(key);
    }

    @Override
    public Optional<StoredObject> read(Entry document) {
        return backend.read(document);
    }

    @Override
    public ObjectStore open(Entry volume) {
        return backend.open(volume);
    }

    @Override
    public StorePlace place(Entry volume) {
        return backend.place(volume);
    }

    @Override
    public long size(Entry entry) {
        return backend.size(entry);
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
    public void close() {
        backend.close();
    }
}
