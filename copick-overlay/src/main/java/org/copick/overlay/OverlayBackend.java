package org.copick.overlay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.copick.config.ProjectConfig;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.EntityOrder;
import org.copick.entity.HiddenEntity;
import org.copick.entity.Layer;
import org.copick.entity.UnparsableName;
import org.copick.error.ReadOnlyException;
import org.copick.spi.Backend;
import org.copick.spi.CreatedDocument;
import org.copick.spi.Entry;
import org.copick.spi.Listing;
import org.copick.spi.MetadataField;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorePlace;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;

/**
 * Combines several backends into layers of one project. An entity in an earlier layer shadows the one with the same key
 * in later layers. New entities are written to the first layer, the only one that may be writable. Keys that a layer
 * hides are hidden in all later layers.
 *
 * <p>Cost in requests: a listing queries every layer once, {@link #find} queries one layer after another until one has
 * the key, and an entity is read from the layer that has it. Before entities of a later layer are shown, each earlier
 * layer is queried for tombstones of their parents (three for features of a tomogram), and by {@link #find} also of the
 * entity itself.
 */
public final class OverlayBackend implements Backend {
    private final List<Backend> backends;
    private final List<Layer> layers;
    private final boolean merging;

    /**
     * Creates an overlay. Closing it closes the backends.
     *
     * @param backends the backends, highest precedence first, each with a single layer of a unique name
     * @throws IllegalArgumentException if a layer other than the first is writable, or if two layers have the same name
     */
    public OverlayBackend(List<Backend> backends) {
        this(List.copyOf(backends), true);
    }

    private OverlayBackend(List<Backend> backends, boolean merging) {
        this.backends = backends;
        this.merging = merging;
        this.layers =
                backends.stream().flatMap(backend -> backend.layers().stream()).toList();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < layers.size(); i++) {
            if (i > 0 && !layers.get(i).readOnly()) {
                throw new IllegalArgumentException(
                        "only the first layer may be writable, but " + layers.get(i) + " is too");
            }
            if (!names.add(layers.get(i).name())) {
                throw new IllegalArgumentException(
                        "two layers are called " + layers.get(i).name());
            }
        }
        if (backends.isEmpty() || layers.size() != backends.size()) {
            throw new IllegalArgumentException("an overlay is made of one or more backends with one layer each");
        }
    }

    @Override
    public List<Layer> layers() {
        return layers;
    }

    @Override
    public Listing list(EntityKind kind, @Nullable EntityKey parent) {
        return merging ? merged(kind, parent) : unmerged(kind, parent);
    }

    private Listing merged(EntityKind kind, @Nullable EntityKey parent) {
        List<Entry> entries = new ArrayList<>();
        List<UnparsableName> skipped = new ArrayList<>();
        List<HiddenEntity> hidden = new ArrayList<>();
        Set<EntityKey> seen = new HashSet<>();
        int asked = 0;
        for (int i = 0; i < backends.size(); i++) {
            Listing found = backends.get(i).list(kind, parent);
            if (parent != null && !found.equals(Listing.EMPTY)) {
                boolean isHidden = false;
                for (; asked < i && !isHidden; asked++) {
                    isHidden = hidesAnyOf(backends.get(asked), parent);
                }
                if (isHidden) {
                    break;
                }
            }
            List<EntityKey> added = new ArrayList<>();
            for (Entry entry : found.entries()) {
                // one layer may have several entities with one key; only earlier layers shadow them
                if (!seen.contains(entry.key())) {
                    entries.add(entry);
                    added.add(entry.key());
                }
            }
            seen.addAll(added);
            skipped.addAll(found.unparsableNames());
            found.hidden().forEach(tombstone -> seen.add(tombstone.key()));
            hidden.addAll(found.hidden());
        }
        entries.sort((a, b) -> EntityOrder.INSTANCE.compare(a.key(), b.key()));
        return new Listing(entries, skipped, hidden);
    }

    private Listing unmerged(EntityKind kind, @Nullable EntityKey parent) {
        List<Entry> entries = new ArrayList<>();
        List<UnparsableName> skipped = new ArrayList<>();
        List<HiddenEntity> hidden = new ArrayList<>();
        Set<EntityKey> seen = new HashSet<>();
        List<Listing> found = new ArrayList<>();
        for (Backend backend : backends) {
            found.add(backend.list(kind, parent));
            hidden.addAll(found.get(found.size() - 1).hidden());
        }
        boolean oneOfEachKey = !copiesMatter(kind);
        if (!oneOfEachKey) {
            Collections.reverse(found);
        }
        for (Listing listing : found) {
            for (Entry entry : listing.entries()) {
                if (seen.add(entry.key()) || !oneOfEachKey) {
                    entries.add(entry);
                }
            }
            skipped.addAll(listing.unparsableNames());
        }
        if (oneOfEachKey) {
            entries.sort((a, b) -> EntityOrder.INSTANCE.compare(a.key(), b.key()));
        }
        return new Listing(entries, skipped, hidden);
    }

    @Override
    public Optional<Entry> find(EntityKey key) {
        for (int i = 0; i < backends.size(); i++) {
            Optional<Entry> found = backends.get(i).find(key);
            if (found.isPresent()) {
                return isHidden(key, i) ? Optional.empty() : found;
            }
        }
        return Optional.empty();
    }

    /**
     * {@inheritDoc}
     *
     * <p>These are the fields of all layers; of fields with one name, that of the first layer.
     */
    @Override
    public List<MetadataField> metadataFields(EntityKind kind) {
        Map<String, MetadataField> fields = new LinkedHashMap<>();
        for (Backend backend : backends) {
            backend.metadataFields(kind).forEach(field -> fields.putIfAbsent(field.name(), field));
        }
        return List.copyOf(fields.values());
    }

    @Override
    public List<String> warnings() {
        return backends.stream().flatMap(backend -> backend.warnings().stream()).toList();
    }

    @Override
    public Optional<StoredObject> read(Entry document) {
        return backendOf(document).read(document);
    }

    @Override
    public ObjectStore open(Entry volume) {
        return backendOf(volume).open(volume);
    }

    @Override
    public StorePlace place(Entry volume) {
        return backendOf(volume).place(volume);
    }

    @Override
    public long size(Entry entry) {
        return backendOf(entry).size(entry);
    }

    @Override
    public Entry createContainer(EntityKey key) {
        return backends.get(0).createContainer(key);
    }

    @Override
    public Entry entryForNew(EntityKey key) {
        return backends.get(0).entryForNew(key);
    }

    @Override
    public CreatedDocument createDocument(EntityKey key, byte[] content) {
        return backends.get(0).createDocument(key, content);
    }

    @Override
    public Version replaceDocument(Entry document, byte[] content, WriteCondition condition) {
        return backendOf(document).replaceDocument(document, content, condition);
    }

    /**
     * {@inheritDoc}
     *
     * @throws ReadOnlyException also for a run or voxel spacing that exists in a read-only layer, too: deleting only
     *     the writable layer's part would leave it listed
     */
    @Override
    public void delete(Entry entry) {
        if (entry.key().kind().content() == EntityKind.Content.CONTAINER) {
            for (int i = 0; i < backends.size(); i++) {
                Layer layer = layers.get(i);
                if (layer.readOnly() && backends.get(i).find(entry.key()).isPresent() && !isHidden(entry.key(), i)) {
                    throw new ReadOnlyException("cannot delete " + entry + ": the layer " + layer.name() + " at "
                            + layer.location() + " also has it and is read-only");
                }
            }
        }
        backendOf(entry).delete(entry);
    }

    @Override
    public void hide(EntityKey key) {
        backends.get(0).hide(key);
    }

    @Override
    public boolean unhide(EntityKey key) {
        return backends.get(0).unhide(key);
    }

    @Override
    public boolean hides(EntityKey key) {
        return backends.get(0).hides(key);
    }

    @Override
    public Optional<ObjectStore> store(Layer layer) {
        return backends.stream()
                .flatMap(backend -> backend.store(layer).stream())
                .findFirst();
    }

    @Override
    public Backend unmerged() {
        return new OverlayBackend(backends, false);
    }

    @Override
    public Backend prefetching(Duration maxAge) {
        List<Backend> views =
                backends.stream().map(backend -> backend.prefetching(maxAge)).toList();
        return views.equals(backends) ? this : new OverlayBackend(views, merging);
    }

    @Override
    public Backend top() {
        return backends.get(0);
    }

    @Override
    public Optional<Backend> below() {
        return backends.size() == 1
                ? Optional.empty()
                : Optional.of(new OverlayBackend(backends.subList(1, backends.size()), true));
    }

    @Override
    public boolean objectsChanged(ProjectConfig config) {
        boolean changed = false;
        for (Backend backend : backends) {
            changed |= backend.objectsChanged(config);
        }
        return changed;
    }

    @Override
    public void refresh() {
        backends.forEach(Backend::refresh);
    }

    @Override
    public void close() {
        List<RuntimeException> failures = new ArrayList<>();
        for (Backend backend : backends) {
            try {
                backend.close();
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    /** Returns whether an earlier layer than the given one hides the entity or one of its parents. */
    private boolean isHidden(EntityKey key, int layer) {
        return merging && backends.subList(0, layer).stream().anyMatch(backend -> hidesAnyOf(backend, key));
    }

    private static boolean hidesAnyOf(Backend backend, EntityKey key) {
        return backend.hides(key)
                || key.parent().filter(parent -> hidesAnyOf(backend, parent)).isPresent();
    }

    private Backend backendOf(Entry entry) {
        for (Backend backend : backends) {
            if (backend.layers().contains(entry.layer())) {
                return backend;
            }
        }
        throw new IllegalArgumentException(entry + " is not an entity of this project");
    }

    /**
     * Returns whether the unmerged view shows an entity once for each layer. Runs, voxel spacings and density maps are
     * shown once (spec section 2.3).
     */
    private static boolean copiesMatter(EntityKind kind) {
        return kind.content() != EntityKind.Content.CONTAINER && kind != EntityKind.DENSITY_MAP;
    }
}
