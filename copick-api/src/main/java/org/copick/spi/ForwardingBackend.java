package org.copick.spi;

import java.util.List;
import java.util.Optional;
import org.copick.config.ProjectConfig;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.Layer;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorePlace;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;

/**
 * A backend that passes calls on to another backend; subclasses override single methods.
 *
 * <p>The methods that return a view of a backend, such as {@link #prefetching}, are not passed on, because their results
 * would lack what a subclass overrides.
 */
public abstract class ForwardingBackend implements Backend {
    private final Backend backend;

    /**
     * Creates a backend that passes calls on, including {@link #close}.
     *
     * @param backend the backend that receives the calls
     */
    protected ForwardingBackend(Backend backend) {
        this.backend = backend;
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
    public List<MetadataField> metadataFields(EntityKind kind) {
        return backend.metadataFields(kind);
    }

    @Override
    public List<String> warnings() {
        return backend.warnings();
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
    public void hide(EntityKey key) {
        backend.hide(key);
    }

    @Override
    public boolean unhide(EntityKey key) {
        return backend.unhide(key);
    }

    @Override
    public boolean hides(EntityKey key) {
        return backend.hides(key);
    }

    @Override
    public Optional<ObjectStore> store(Layer layer) {
        return backend.store(layer);
    }

    @Override
    public boolean objectsChanged(ProjectConfig config) {
        return backend.objectsChanged(config);
    }

    @Override
    public void refresh() {
        backend.refresh();
    }

    @Override
    public void close() {
        backend.close();
    }

    /** {@return the text of the backend} */
    @Override
    public String toString() {
        return backend.toString();
    }
}
