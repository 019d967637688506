package org.copick.layout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.Layer;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ConflictException;
import org.copick.error.CorruptDataException;
import org.copick.error.ReadOnlyException;
import org.copick.spi.Backend;
import org.copick.spi.CreatedDocument;
import org.copick.spi.Entry;
import org.copick.spi.Listing;
import org.copick.spi.StoreOpener;
import org.copick.storage.Freshness;
import org.copick.storage.Keys;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.PrefixStore;
import org.copick.storage.ReadOnlyStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.StorePlace;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;

/**
 * A backend with a single layer: one store in the copick layout.
 *
 * <p>Cost in requests:
 * <ul>
 *   <li>{@link #list} makes one prefix listing, three for segmentations. Listings include what a layer hides.
 *   <li>{@link #find} makes one request for a document. For other kinds it makes one {@linkplain ObjectStore#holds
 *       check} of a prefix. A missing voxel spacing or segmentation costs one listing more, to find it under another
 *       spelling. A volume costs one request more on a store that cannot exchange several objects at once.
 *   <li>Reading or writing a document takes one request.
 *   <li>With {@link #prefetching}, the first lookup within a run lists the run's first thousand keys, which answer
 *       later lookups.
 *   <li>On an {@link IndexedStore}, the first listing reads the index, which answers all listings.
 * </ul>
 */
public final class LayoutBackend implements Backend {
    private static final byte[] MARKER_CONTENT = "meta".getBytes(StandardCharsets.US_ASCII);

    private final ObjectStore store;
    private final Layer layer;
    private final LayoutReader reader;
    private final @Nullable Executor helpers;

    /**
     * Creates a backend for a store.
     *
     * @param store the store; closed with the backend
     * @param layerName the layer's name in listings
     * @param readOnly whether to refuse every change, even if the store can be written
     */
    public LayoutBackend(ObjectStore store, String layerName, boolean readOnly) {
        this(store, layerName, readOnly, null);
    }

    /**
     * Creates a backend for a store that several threads list at the same time.
     *
     * @param store the store; closed with the backend
     * @param layerName the layer's name in listings
     * @param readOnly whether to refuse every change, even if the store can be written
     * @param helpers runs requests beside the calling thread, see {@link StoreOpener#helpers}; null to make one request
     *     after the other
     */
    public LayoutBackend(ObjectStore store, String layerName, boolean readOnly, @Nullable Executor helpers) {
        this.helpers = helpers;
        boolean isWatched = store.can(StoreCapability.FLAT_LISTING) && !(store instanceof IndexedStore);
        this.store = isWatched ? new WatchedStore(store) : store;
        this.layer =
                new Layer(layerName, readOnly || !store.can(StoreCapability.WRITE), store.location(), store.endpoint());
        this.reader = new LayoutReader(this.store, layer);
    }

    @Override
    public List<Layer> layers() {
        return List.of(layer);
    }

    @Override
    public Listing list(EntityKind kind, @Nullable EntityKey parent) {
        return reader.list(kind, parent);
    }

    @Override
    public Optional<Entry> find(EntityKey key) {
        return reader.find(key);
    }

    @Override
    public Optional<StoredObject> read(Entry document) {
        Optional<StoredObject> found = store.read(document.handle());
        found.ifPresent(object -> {
            if (object.bytes().length != object.info().size()) {
                throw new CorruptDataException("cannot read " + document + ": received only " + object.bytes().length
                        + " of " + object.info().size() + " bytes; read it again");
            }
        });
        return found;
    }

    @Override
    public ObjectStore open(Entry volume) {
        return reader.open(volume);
    }

    @Override
    public Optional<ObjectStore> store(Layer wanted) {
        if (!wanted.equals(layer)) {
            return Optional.empty();
        }
        return Optional.of(layer.readOnly() ? new ReadOnlyStore(store) : new PrefixStore(store, ""));
    }

    @Override
    public StorePlace place(Entry volume) {
        requireWritable("write " + volume);
        return new StorePlace(store, VolumeMarks.place(volume.handle()));
    }

    @Override
    public long size(Entry entry) {
        return reader.size(entry);
    }

    @Override
    public Entry createContainer(EntityKey key) {
        requireWritable("create " + key);
        if (key.kind().content() != EntityKind.Content.CONTAINER) {
            throw new IllegalArgumentException(key + " is not a container");
        }
        String prefix = reader.prefix(key);
        store.write(prefix + Layout.MARKER, MARKER_CONTENT, WriteCondition.ANY);
        return reader.entry(key, prefix);
    }

    @Override
    public Entry entryForNew(EntityKey key) {
        requireWritable("create " + key);
        if (key.kind().content() != EntityKind.Content.VOLUME) {
            throw new IllegalArgumentException(key + " is not a volume");
        }
        return reader.entry(key, reader.prefix(key));
    }

    @Override
    public CreatedDocument createDocument(EntityKey key, byte[] content) {
        requireWritable("create " + key);
        String name = Layout.document((EntityKey.Annotation) key);
        boolean conditional = store.can(StoreCapability.CREATE_IF_ABSENT);
        if (!conditional && store.info(name).isPresent()) {
            throw new AlreadyExistsException(store.location() + "/" + name + " exists already; nothing was written");
        }
        ObjectInfo written = store.write(name, content, conditional ? WriteCondition.IF_ABSENT : WriteCondition.ANY);
        return new CreatedDocument(reader.entry(key, name), written.version());
    }

    @Override
    public Version replaceDocument(Entry document, byte[] content, WriteCondition condition) {
        requireWritable("write " + document);
        if (condition instanceof WriteCondition.IfVersion expected && !replacesByVersion()) {
            // the store has no conditional writes; checking just before the write is the closest it can get
            boolean unchanged = store.info(document.handle())
                    .filter(now -> now.version().equals(expected.expected()))
                    .isPresent();
            if (!unchanged) {
                throw new ConflictException("cannot write " + document
                        + ": it has changed since it was read; refresh it and repeat the change");
            }
            return store.write(document.handle(), content, WriteCondition.ANY).version();
        }
        return store.write(document.handle(), content, condition).version();
    }

    @Override
    public void delete(Entry entry) {
        requireWritable("delete " + entry);
        if (entry.key().kind().content() == EntityKind.Content.DOCUMENT) {
            store.delete(entry.handle());
            return;
        }
        String prefix = VolumeMarks.place(entry.handle());
        if (entry.key().kind().content() == EntityKind.Content.VOLUME
                && new VolumeMarks(store, false).deleteMarked(prefix)) {
            return;
        }
        if (!store.can(StoreCapability.REPLACE_PREFIX)) {
            // deletes the metadata first: if only chunks were gone, they would be read as empty
            List<String> metadata = new ArrayList<>();
            if (entry.key().kind().content() == EntityKind.Content.VOLUME) {
                Layout.GROUP_METADATA.forEach(name -> metadata.add(prefix + name));
            } else {
                store.forEach(prefix, object -> {
                    if (Layout.isGroupMetadata(object.key())) {
                        metadata.add(object.key());
                    }
                });
            }
            store.deleteAll(metadata);
        }
        store.deletePrefix(prefix);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Writes one tombstone beside the place of the entity. Costs three or four requests, plus one for each thousand
     * objects that are deleted with an empty run or voxel spacing.
     */
    @Override
    public void hide(EntityKey key) {
        requireWritable("hide " + key);
        String tombstone = reader.tombstone(key);
        if (store.info(tombstone).isPresent()) {
            return;
        }
        List<String> remains = new ArrayList<>();
        boolean isHere = switch (key.kind()) {
            case RUN, VOXEL_SPACING -> !holdsOnlyRemains(reader.prefix(key), remains);
            case TOMOGRAM ->
                find(key).isPresent()
                        || !list(EntityKind.FEATURES, key).entries().isEmpty();
            default -> find(key).isPresent();
        };
        if (isHere) {
            throw new AlreadyExistsException("cannot hide " + key + ": the layer " + layer.name() + " at "
                    + layer.location() + " has it or something in it; delete that first");
        }
        store.write(tombstone, Tombstone.content(), WriteCondition.ANY);
        store.deleteAll(remains);
    }

    @Override
    public boolean unhide(EntityKey key) {
        requireWritable("unhide " + key);
        boolean hidden = hides(key);
        if (hidden) {
            store.delete(reader.tombstone(key));
        }
        return hidden;
    }

    @Override
    public boolean hides(EntityKey key) {
        return reader.hides(key);
    }

    @Override
    public Backend prefetching(Duration maxAge) {
        if (store instanceof IndexedStore indexed) {
            return new PrefetchingView(this, reader.through(indexed.renewed(maxAge)));
        }
        if (maxAge.isZero() || !(store instanceof WatchedStore watched)) {
            return this;
        }
        Freshness freshness = new Freshness(watched.changes(), maxAge);
        return new PrefetchingView(this, reader.through(new ListingPrefetcher(watched, freshness, helpers)));
    }

    @Override
    public void close() {
        store.close();
    }

    private boolean replacesByVersion() {
        return store.can(StoreCapability.REPLACE_IF_VERSION)
                || store.can(StoreCapability.REPLACE_IF_VERSION_COOPERATIVE);
    }

    /** Returns whether a prefix holds nothing but markers and tombstones, and adds those to the list. */
    private boolean holdsOnlyRemains(String prefix, List<String> remains) {
        @Nullable String after = null;
        while (true) {
            ListPage page = store.list(prefix, after, 1000);
            for (ObjectInfo object : page.objects()) {
                Tombstone tombstone = Tombstone.of(object.key());
                boolean marks = tombstone != null && tombstone.isOurs();
                if (!marks && !Keys.lastSegment(object.key()).equals(Layout.MARKER)) {
                    return false;
                }
                remains.add(object.key());
            }
            if (page.complete()) {
                return true;
            }
            after = page.objects().get(page.objects().size() - 1).key();
        }
    }

    private void requireWritable(String operation) {
        if (layer.readOnly()) {
            throw new ReadOnlyException("cannot " + operation + ": the layer " + layer.name() + " at "
                    + layer.location() + " is read-only");
        }
    }
}
