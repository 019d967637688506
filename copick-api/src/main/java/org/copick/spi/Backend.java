package org.copick.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.Layer;
import org.copick.entity.UnparsableName;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorePlace;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;

/**
 * A catalogue of the entities of one project. {@code copick-tests} holds its contract as a test class,
 * {@code BackendContract}.
 *
 * <p><b>Promises:</b>
 * <ul>
 *   <li>A backend keeps no listing: every call answers from the storage. Caching is the model's business.
 *   <li>Absent is empty. Anything else that goes wrong is an exception of {@link org.copick.error}.
 *   <li>Malformed names never make a listing fail; they come back as {@link UnparsableName}.
 *   <li>What a layer hides in the layers below it is neither listed nor found, unless an earlier layer has it.
 *   <li>In a layer that is read-only nothing is ever written, created or deleted.
 *   <li>Reading creates nothing; it may complete what a killed writer left of a replaced volume in the writable layer.
 *   <li>Every method may be called from any thread at any time.
 * </ul>
 */
public interface Backend extends AutoCloseable {
    /** The layers, highest precedence first. At most one is writable, and then it is the first. */
    List<Layer> layers();

    /**
     * All entities of a kind.
     *
     * @param parent what they belong to: null for runs and density maps, a run's key for voxel spacings and
     *     annotations, a voxel spacing's for tomograms, a tomogram's for features
     * @throws IllegalArgumentException when the parent is not of the kind that this one needs
     */
    Listing list(EntityKind kind, @Nullable EntityKey parent);

    /** The entity of this key in the first layer that has it and in which no earlier layer hides it. */
    Optional<Entry> find(EntityKey key);

    /** The bytes of a document, or empty where it is gone since it was found. */
    Optional<StoredObject> read(Entry document);

    /**
     * The key space of a volume, scoped to the entity: its keys are those of the Zarr hierarchy. Writable only where
     * the entry's layer is. Closing it leaves the backend open.
     */
    ObjectStore open(Entry volume);

    /**
     * The location to rewrite a volume at.
     *
     * @throws org.copick.error.ReadOnlyException when the entry lies in a read-only layer
     */
    StorePlace place(Entry volume);

    /** How many bytes an entity takes in its layer. One request for a document, a recursive listing for anything else. */
    long size(Entry entry);

    /**
     * Creates a run or voxel spacing in the writable layer. Creating one that is there already changes nothing.
     *
     * @throws org.copick.error.ReadOnlyException without a writable layer
     */
    Entry createContainer(EntityKey key);

    /**
     * Where a volume of this key goes in the writable layer. Nothing is stored until its key space is written.
     *
     * @throws org.copick.error.ReadOnlyException without a writable layer
     */
    Entry entryForNew(EntityKey key);

    /**
     * Creates a document in the writable layer. The same key in a read-only layer does not hinder; the new document
     * shadows it.
     *
     * @throws org.copick.error.AlreadyExistsException when the writable layer has this key already
     * @throws org.copick.error.ReadOnlyException without a writable layer
     */
    CreatedDocument createDocument(EntityKey key, byte[] content);

    /**
     * Replaces the content of a document.
     *
     * @throws org.copick.error.ReadOnlyException when the entry lies in a read-only layer
     * @throws org.copick.error.ConflictException when the condition does not hold
     */
    Version replaceDocument(Entry document, byte[] content, WriteCondition condition);

    /**
     * Deletes an entity with everything in it. Deleting one that is gone does nothing.
     *
     * @throws org.copick.error.ReadOnlyException when the entry lies in a read-only layer
     */
    void delete(Entry entry);

    /**
     * Hides an entity of the layers below the writable one, with everything in it. It can be created again in the writable
     * layer and is visible there; the layers below it stay hidden. Hiding what is hidden already changes nothing. The
     * entity need not exist. Where the writable layer has an empty run or voxel spacing of this key, or one in which it
     * only hides something, that goes away.
     *
     * @throws org.copick.error.AlreadyExistsException when the writable layer has the entity, or something in it
     * @throws org.copick.error.ReadOnlyException without a writable layer
     * @throws UnsupportedFeatureException where this kind of backend cannot hide entities
     */
    default void hide(EntityKey key) {
        throw new UnsupportedFeatureException(
                "cannot hide " + key + ": this kind of project has nothing to hide it by");
    }

    /**
     * Takes back what {@link #hide} did to this key.
     *
     * @return whether the writable layer hid it
     * @throws org.copick.error.ReadOnlyException without a writable layer
     * @throws UnsupportedFeatureException where this kind of backend cannot hide entities
     */
    default boolean unhide(EntityKey key) {
        throw new UnsupportedFeatureException("cannot unhide " + key + ": this kind of project hides nothing");
    }

    /** Whether the first layer hides this very key in the layers below it. One request. */
    default boolean hides(EntityKey key) {
        return false;
    }

    /**
     * A view in which copies of one key in several layers are all listed, read-only ones first, also those that a layer
     * hides. It shares the stores of this backend.
     */
    default Backend unmerged() {
        return this;
    }

    /**
     * A view for looking through much of the project: what it lists and finds may be looked up together, with fewer requests,
     * and may be a little old, though not older than the view or than the last change through this backend. So may be what a
     * volume that it opens says of itself. It shares the stores of this backend, may be this backend itself, and so is not to
     * be closed by who asked for it.
     *
     * @param maxAge how old at most; for zero nothing is kept
     */
    default Backend prefetching(Duration maxAge) {
        return this;
    }

    /**
     * All keys of a layer, for tools that look at more than entities; empty where a layer is no store. Writable only where
     * the layer is. Closing it leaves the backend open.
     */
    default Optional<ObjectStore> store(Layer layer) {
        return Optional.empty();
    }

    /** A view of the first layer alone. It shares the stores of this backend. */
    default Backend top() {
        return this;
    }

    /** A view of what the project would show without its first layer. It shares the stores of this backend. */
    default Optional<Backend> below() {
        return Optional.empty();
    }

    /** Closes the stores this backend was opened with; idempotent. */
    @Override
    void close();
}
