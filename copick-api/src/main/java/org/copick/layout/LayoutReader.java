package org.copick.layout;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.Layer;
import org.copick.spi.Entry;
import org.copick.spi.Listing;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.ReadOnlyStore;
import org.jspecify.annotations.Nullable;

/** Lists, finds and opens the entities of one store in the copick layout. */
final class LayoutReader {
    private final ObjectStore store;
    private final Layer layer;
    private final LevelReader levels;
    private final VolumeMarks marks;
    /** The folders of voxel spacings with an unusual spelling, as found in listings. */
    private final Map<EntityKey.Spacing, String> oddSpacings;

    LayoutReader(ObjectStore store, Layer layer) {
        this(store, layer, new ConcurrentHashMap<>());
    }

    private LayoutReader(ObjectStore store, Layer layer, Map<EntityKey.Spacing, String> oddSpacings) {
        this.store = store;
        this.layer = layer;
        this.marks = new VolumeMarks(store, layer.readOnly());
        this.levels = new LevelReader(store, layer, marks);
        this.oddSpacings = oddSpacings;
    }

    /** Returns a reader of this layer that reads through another view of the store. */
    LayoutReader through(ObjectStore view) {
        return new LayoutReader(view, layer, oddSpacings);
    }

    /** Returns the entry of a key at a handle, whether or not anything is stored there. */
    Entry entry(EntityKey key, String handle) {
        return levels.entry(key, handle);
    }

    Listing list(EntityKind kind, @Nullable EntityKey parent) {
        return switch (kind) {
            case RUN -> levels.runs();
            case DENSITY_MAP -> levels.densityMaps();
            case VOXEL_SPACING -> spacings(parent(EntityKey.Run.class, parent));
            case TOMOGRAM -> {
                EntityKey.Spacing spacing = parent(EntityKey.Spacing.class, parent);
                yield levels.tomograms(spacing, spacingPrefix(spacing));
            }
            case FEATURES -> {
                EntityKey.Tomogram tomogram = parent(EntityKey.Tomogram.class, parent);
                yield levels.features(tomogram, spacingPrefix(spacing(tomogram)));
            }
            case SEGMENTATION ->
                levels.segmentations(parent(EntityKey.Run.class, parent).run());
            default ->
                levels.documents(kind, parent(EntityKey.Run.class, parent).run());
        };
    }

    Optional<Entry> find(EntityKey key) {
        if (key.kind().content() == EntityKind.Content.DOCUMENT) {
            String name = Layout.document((EntityKey.Annotation) key);
            return store.info(name).map(info -> levels.entry(key, name));
        }
        Optional<Entry> found = findPrefix(key, prefix(key));
        return switch (key.kind()) {
            case VOXEL_SPACING ->
                found.or(() -> inListing(spacings(new EntityKey.Run(((EntityKey.Spacing) key).run())), key));
            case SEGMENTATION -> found.or(() -> inListing(levels.segmentations((EntityKey.Segmentation) key), key));
            default -> found;
        };
    }

    ObjectStore open(Entry volume) {
        ObjectStore space = marks.open(volume);
        return layer.readOnly() ? new ReadOnlyStore(space) : space;
    }

    long size(Entry entry) {
        if (entry.key().kind().content() == EntityKind.Content.DOCUMENT) {
            return store instanceof IndexedStore indexed
                    ? indexed.size(entry.handle())
                    : store.info(entry.handle()).map(ObjectInfo::size).orElse(0L);
        }
        if (store instanceof IndexedStore indexed) {
            return indexed.bytes(entry.handle(), key -> Tombstone.of(key) == null);
        }
        LongAdder sum = new LongAdder();
        store.forEach(entry.handle(), object -> {
            if (Tombstone.of(object.key()) == null) {
                sum.add(object.size());
            }
        });
        return sum.sum();
    }

    boolean hides(EntityKey key) {
        return store.info(tombstone(key)).isPresent();
    }

    private Listing spacings(EntityKey.Run run) {
        Listing found = levels.spacings(run.run());
        for (Entry entry : found.entries()) {
            EntityKey.Spacing key = (EntityKey.Spacing) entry.key();
            if (!entry.handle().equals(Layout.spacing(key))) {
                oddSpacings.put(key, entry.handle());
            }
        }
        return found;
    }

    /** Returns the prefix of a container or volume. */
    String prefix(EntityKey key) {
        return switch (key.kind()) {
            case RUN -> Layout.run(((EntityKey.Run) key).run());
            case VOXEL_SPACING -> spacingPrefix((EntityKey.Spacing) key);
            case TOMOGRAM -> {
                EntityKey.Tomogram tomogram = (EntityKey.Tomogram) key;
                yield Layout.tomogram(spacingPrefix(spacing(tomogram)), tomogram);
            }
            case FEATURES -> {
                EntityKey.Features features = (EntityKey.Features) key;
                yield Layout.features(spacingPrefix(new EntityKey.Spacing(features.run(), features.size())), features);
            }
            case SEGMENTATION -> Layout.segmentation((EntityKey.Segmentation) key);
            case DENSITY_MAP -> Layout.densityMap((EntityKey.DensityMap) key);
            default -> throw new IllegalArgumentException(key + " is a document");
        };
    }

    String tombstone(EntityKey key) {
        return Tombstone.key(
                key.kind().content() == EntityKind.Content.DOCUMENT
                        ? Layout.document((EntityKey.Annotation) key)
                        : key instanceof EntityKey.Spacing spacing ? Layout.spacing(spacing) : prefix(key));
    }

    private static Optional<Entry> inListing(Listing listing, EntityKey key) {
        return listing.entries().stream()
                .filter(entry -> entry.key().equals(key))
                .findFirst();
    }

    private String spacingPrefix(EntityKey.Spacing key) {
        String odd = oddSpacings.get(key);
        return odd == null ? Layout.spacing(key) : odd;
    }

    private Optional<Entry> findPrefix(EntityKey key, String prefix) {
        if (!store.holds(prefix)) {
            return Optional.empty();
        }
        if (key.kind().content() == EntityKind.Content.VOLUME) {
            return marks.handle(prefix).map(handle -> levels.entry(key, handle));
        }
        return Optional.of(levels.entry(key, prefix));
    }

    private static EntityKey.Spacing spacing(EntityKey.Tomogram key) {
        return new EntityKey.Spacing(key.run(), key.size());
    }

    private static <K extends EntityKey> K parent(Class<K> type, @Nullable EntityKey parent) {
        if (!type.isInstance(parent)) {
            throw new IllegalArgumentException("needs the key of a " + type.getSimpleName() + ", not " + parent);
        }
        return type.cast(parent);
    }
}
