package org.copick.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.copick.config.ProjectConfig;
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
 * A catalogue of the entities of one project.
 *
 * <p>{@code BackendContract} in {@code copick-tests} holds its contract as a test class.
 *
 * <p><b>Promises:</b>
 * <ul>
 *   <li>A backend caches no listings: every call reads the storage. Caching is left to the model. A read-only layer
 *       whose catalogue rarely changes may cache it until {@link #refresh}.
 *   <li>A missing entity gives an empty result. Every other failure is an exception of {@link org.copick.error}.
 *   <li>Malformed names never make a listing fail; they are returned as {@link UnparsableName}.
 *   <li>An entity that a layer hides in the layers below it is neither listed nor found, unless an earlier layer has
 *       it.
 *   <li>Nothing is ever written, created or deleted in a read-only layer.
 *   <li>A name in a key is a single path segment. In every method a name that is empty, {@code .} or {@code ..}, or
 *       that contains {@code /} or NUL, throws {@link org.copick.error.InvalidNameException}.
 *   <li>Reading creates no entities. It may finish replacing a volume in the writable layer if the writer was killed.
 *   <li>Every method may be called from any thread at any time.
 * </ul>
 */
public interface Backend extends AutoCloseable {
    /** {@return the layers, highest precedence first} At most one is writable; if there is one, it is the first. */
    List<Layer> layers();

    /**
     * Lists all entities of a kind.
     *
     * @param kind the kind of the entities
     * @param parent the entity to list in: null for runs and density maps, a run's key for voxel spacings and
     *     annotations, a voxel spacing's key for tomograms, a tomogram's key for features
     * @return the entities, with the names that could not be parsed and the keys that layers hide; a read-only layer of
     *     another kind than copick's layout may have several entities with one key, of which the preferred one is first
     * @throws IllegalArgumentException if the parent is not of the kind that {@code kind} needs
     */
    Listing list(EntityKind kind, @Nullable EntityKey parent);

    /**
     * Finds the entity of a key in the first layer that has it, unless an earlier layer hides it.
     *
     * @param key the key of any entity
     * @return the entity, or empty if no layer shows it
     */
    Optional<Entry> find(EntityKey key);

    /**
     * {@return the fields that the metadata of entities of a kind can have, each with another name}
     *
     * <p>Filters refuse other fields. Sends no request. Empty by default, because the copick layout has no metadata.
     *
     * @param kind the kind of the entities
     */
    default List<MetadataField> metadataFields(EntityKind kind) {
        return List.of();
    }

    /**
     * {@return warnings about the answers so far, such as that they are old, a sentence each}
     *
     * <p>Sends no request, and can also be called after {@link #close}. Empty by default.
     */
    default List<String> warnings() {
        return List.of();
    }

    /**
     * Reads a document.
     *
     * @param document the entry of picks, filaments or a mesh
     * @return the content and its version, or empty if the document was deleted since it was found
     */
    Optional<StoredObject> read(Entry document);

    /**
     * Opens the key space of a volume. Its keys are those of the Zarr hierarchy, relative to the volume.
     *
     * <p>The store is writable only if the entry's layer is. Closing the store leaves the backend open.
     *
     * @param volume the entry of a tomogram, features, a segmentation or a density map
     * @return the key space, which is empty if nothing is stored
     */
    ObjectStore open(Entry volume);

    /**
     * {@return the location to rewrite a volume at}
     *
     * @param volume the entry of a volume, found or from {@link #entryForNew}
     * @throws org.copick.error.ReadOnlyException if the entry is in a read-only layer
     */
    StorePlace place(Entry volume);

    /**
     * {@return the size of an entity in its layer, in bytes}
     *
     * <p>Costs one request for a document, otherwise a recursive listing.
     *
     * @param entry the entry of any entity
     */
    long size(Entry entry);

    /**
     * Creates a run or voxel spacing in the writable layer. Does nothing if it already exists there.
     *
     * @param key the key of a run or voxel spacing
     * @return its entry in the writable layer
     * @throws org.copick.error.ReadOnlyException if there is no writable layer
     */
    Entry createContainer(EntityKey key);

    /**
     * {@return the entry for a new volume in the writable layer} Nothing is stored until its key space is written.
     *
     * @param key the key of a tomogram, features, a segmentation or a density map
     * @throws org.copick.error.ReadOnlyException if there is no writable layer
     */
    Entry entryForNew(EntityKey key);

    /**
     * Creates a document in the writable layer. If a read-only layer has a document of this key, the new one shadows
     * it.
     *
     * @param key the key of picks, filaments or a mesh
     * @param content the bytes of the document
     * @return the entry in the writable layer, and the version that was written
     * @throws org.copick.error.AlreadyExistsException if the writable layer already has this key
     * @throws org.copick.error.ReadOnlyException if there is no writable layer
     */
    CreatedDocument createDocument(EntityKey key, byte[] content);

    /**
     * Replaces the content of a document.
     *
     * @param document the entry of picks, filaments or a mesh
     * @param content the new bytes of the document
     * @param condition {@link WriteCondition#ANY}, or the version that the document must still have
     * @return the version that was written
     * @throws org.copick.error.ReadOnlyException if the entry is in a read-only layer
     * @throws org.copick.error.ConflictException if the document was changed or deleted since it had the version that
     *     the condition expects
     */
    Version replaceDocument(Entry document, byte[] content, WriteCondition condition);

    /**
     * Deletes an entity with everything in it. Does nothing if the entity is already gone.
     *
     * <p>Features are stored beside their tomogram, so those of a deleted tomogram stay.
     *
     * @param entry the entry of any entity
     * @throws org.copick.error.ReadOnlyException if the entry is in a read-only layer
     */
    void delete(Entry entry);

    /**
     * Hides an entity, with everything in it, in the layers below the writable one.
     *
     * <p>The entity need not exist, and hiding a hidden entity changes nothing. A hidden entity can be created again
     * in the writable layer and is visible there; the layers below stay hidden. An empty run or voxel spacing of this
     * key in the writable layer is deleted, also if it only holds tombstones.
     *
     * @param key the key of any entity
     * @throws org.copick.error.AlreadyExistsException if the writable layer has the entity, or something in it
     * @throws org.copick.error.ReadOnlyException if there is no writable layer
     * @throws UnsupportedFeatureException if this kind of backend cannot hide entities
     */
    default void hide(EntityKey key) {
        throw new UnsupportedFeatureException("cannot hide " + key + ": this kind of project cannot hide entities");
    }

    /**
     * Undoes {@link #hide} for a key.
     *
     * @param key the key to show again
     * @return whether the writable layer hid the key
     * @throws org.copick.error.ReadOnlyException if there is no writable layer
     * @throws UnsupportedFeatureException if this kind of backend cannot hide entities
     */
    default boolean unhide(EntityKey key) {
        throw new UnsupportedFeatureException("cannot unhide " + key + ": this kind of project cannot hide entities");
    }

    /**
     * {@return whether the first layer hides exactly this key in the layers below it} Costs one request.
     *
     * @param key the key of any entity; its parents are not checked
     */
    default boolean hides(EntityKey key) {
        return false;
    }

    /**
     * {@return a view that lists the copies of one key in all layers, hidden ones included}
     *
     * <p>Copies in read-only layers come first. Runs, voxel spacings and density maps are listed once. The view shares
     * the stores of this backend.
     */
    default Backend unmerged() {
        return this;
    }

    /**
     * Uses other object definitions from now on, because a program has changed those of the open project.
     *
     * <p>Only backends that show entities depending on the definitions override this method. By default does nothing.
     *
     * @param config the configuration of the project with the new definitions
     * @return whether listings that were made before may be wrong now
     */
    default boolean objectsChanged(ProjectConfig config) {
        return false;
    }

    /**
     * {@return a view for browsing much of the project, which may prefetch listings and lookups to save requests}
     *
     * <p>Results may be up to {@code maxAge} old, but never older than the view or the last change made through this
     * backend. Metadata of the volumes that the view opens may be equally old. The view shares the stores of this
     * backend and may be this backend itself, so the caller must not close it.
     *
     * @param maxAge greatest age of a result; with zero nothing is prefetched
     */
    default Backend prefetching(Duration maxAge) {
        return this;
    }

    /**
     * {@return all keys of a layer, for tools that look beyond entities; empty if the layer is not backed by a store}
     *
     * <p>The store is writable only if the layer is. Closing the store leaves the backend open.
     *
     * @param layer one of {@link #layers}
     */
    default Optional<ObjectStore> store(Layer layer) {
        return Optional.empty();
    }

    /** {@return a view of the first layer alone} It shares the stores of this backend. */
    default Backend top() {
        return this;
    }

    /** {@return a view of the project without its first layer} It shares the stores of this backend. */
    default Optional<Backend> below() {
        return Optional.empty();
    }

    /**
     * Discards cached catalogues, so that later calls return what the storage has now.
     *
     * <p>Sends no request. Does nothing by default, because most backends cache nothing.
     */
    default void refresh() {}

    /** Closes the stores that this backend was opened with. Idempotent. */
    @Override
    void close();
}
