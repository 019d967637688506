package org.copick.layout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.EntityOrder;
import org.copick.entity.HiddenEntity;
import org.copick.entity.Layer;
import org.copick.entity.SegmentationType;
import org.copick.entity.UnparsableName;
import org.copick.error.UnsupportedFeatureException;
import org.copick.layout.NameParser.Malformed;
import org.copick.spi.Entry;
import org.copick.spi.Listing;
import org.copick.storage.FolderListing;
import org.copick.storage.Keys;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorePlace;

/** Parses the names on one level of a store into entities. */
final class LevelReader {
    private static final String HIDDEN = ".";

    private final ObjectStore store;
    private final Layer layer;
    private final VolumeMarks marks;

    LevelReader(ObjectStore store, Layer layer, VolumeMarks marks) {
        this.store = store;
        this.layer = layer;
        this.marks = marks;
    }

    Listing runs() {
        return new Collected()
                .folders(Layout.RUNS, "", name -> new EntityKey.Run(name))
                .listing();
    }

    Listing densityMaps() {
        return new Collected()
                .folders(
                        Layout.OBJECTS,
                        Layout.ZARR,
                        name -> new EntityKey.DensityMap(NameParser.withoutSuffix(name, Layout.ZARR)))
                .listing();
    }

    Listing spacings(String run) {
        Collected found = new Collected();
        Parser parser = name -> name.startsWith(Layout.SPACING) ? NameParser.spacing(run, name) : null;
        FolderListing level = store.listFolder(Layout.run(run));
        level.prefixes().forEach(prefix -> found.add(prefix, prefix, parser));
        found.hidden(level, "", parser);
        return found.listing();
    }

    Listing tomograms(EntityKey.Spacing spacing, String prefix) {
        return new Collected()
                .folders(
                        prefix,
                        Layout.ZARR,
                        name -> name.endsWith(Layout.FEATURES)
                                ? null
                                : new EntityKey.Tomogram(
                                        spacing.run(), spacing.size(), NameParser.withoutSuffix(name, Layout.ZARR)))
                .listing();
    }

    Listing features(EntityKey.Tomogram tomogram, String prefix) {
        String start = tomogram.type() + "_";
        return new Collected()
                .folders(prefix, Layout.FEATURES, name -> {
                    if (!name.startsWith(start) || name.length() < start.length() + Layout.FEATURES.length()) {
                        return null;
                    }
                    String type = NameParser.withoutSuffix(name.substring(start.length()), Layout.FEATURES);
                    return new EntityKey.Features(tomogram.run(), tomogram.size(), tomogram.type(), type);
                })
                .listing();
    }

    Listing documents(EntityKind kind, String run) {
        String folder = Layout.run(run) + Layout.folder(kind);
        String suffix = Layout.suffix(kind);
        Collected found = new Collected();
        Parser parser = name -> NameParser.document(kind, run, name);
        FolderListing level = store.listFolder(folder);
        for (ObjectInfo object : level.objects()) {
            if (object.key().endsWith(suffix)) {
                found.add(object.key(), object.key(), parser);
            }
        }
        found.hidden(level, suffix, parser);
        return found.listing();
    }

    Listing segmentations(String run) {
        Collected found = new Collected();
        for (SegmentationType type :
                List.of(SegmentationType.BINARY, SegmentationType.INSTANCE, SegmentationType.PANOPTIC)) {
            found.segmentations(run, type);
        }
        return found.listing();
    }

    /** Lists the segmentations in the folder that holds this key, however its voxel size is spelled. */
    Listing segmentations(EntityKey.Segmentation key) {
        SegmentationType type = key.type() == SegmentationType.MULTILABEL ? SegmentationType.BINARY : key.type();
        return new Collected().segmentations(key.run(), type).listing();
    }

    Entry entry(EntityKey key, String handle) {
        String place = VolumeMarks.place(handle);
        String below = place.endsWith("/") ? place.substring(0, place.length() - 1) : place;
        return new Entry(key, layer, store.location() + "/" + below, handle);
    }

    /** Parses a name; returns null for a name of another kind. */
    @FunctionalInterface
    private interface Parser {
        @org.jspecify.annotations.Nullable EntityKey parse(String name) throws Malformed;
    }

    private final class Collected {
        private final List<Entry> entries = new ArrayList<>();
        private final List<UnparsableName> skipped = new ArrayList<>();
        private final List<HiddenEntity> hidden = new ArrayList<>();

        Collected folders(String prefix, String suffix, Parser parser) {
            FolderListing level = store.listFolder(prefix);
            Set<String> marked = new HashSet<>();
            for (ObjectInfo object : level.objects()) {
                String name = StorePlace.markedName(object.key());
                if (name != null) {
                    marked.add(name);
                }
            }
            for (String folder : level.prefixes()) {
                String name = Keys.lastSegment(folder);
                if (name.endsWith(suffix) && marked.contains(name)) {
                    marked(folder, parser);
                } else if (name.endsWith(suffix)) {
                    add(folder, folder, parser);
                }
            }
            hidden(level, suffix, parser);
            return this;
        }

        Collected segmentations(String run, SegmentationType type) {
            return folders(
                    Layout.run(run) + Layout.segmentations(type),
                    Layout.ZARR,
                    name -> NameParser.segmentation(type, run, name));
        }

        private void marked(String folder, Parser parser) {
            try {
                if (parser.parse(Keys.lastSegment(folder)) == null) {
                    return;
                }
                Optional<String> handle = marks.markedHandle(folder);
                if (handle.isPresent()) {
                    add(folder, handle.get(), parser);
                } else {
                    skip(folder, "it is being written, or was left unfinished; write it again");
                }
            } catch (Malformed e) {
                skip(folder, String.valueOf(e.getMessage()));
            } catch (UnsupportedFeatureException e) {
                skip(folder, "the marker beside it cannot be read: " + e.getMessage());
            }
        }

        private void skip(String handle, String reason) {
            skipped.add(new UnparsableName(store.location() + "/" + handle, reason));
        }

        /** Adds the entities that tombstones on this level hide, for names that the parser accepts. */
        void hidden(FolderListing level, String suffix, Parser parser) {
            for (ObjectInfo object : level.objects()) {
                Tombstone tombstone = Tombstone.of(object.key());
                if (tombstone == null || !tombstone.name().endsWith(suffix)) {
                    continue;
                }
                String location = store.location() + "/" + object.key();
                try {
                    EntityKey key = parser.parse(tombstone.name());
                    if (key == null) {
                        continue;
                    }
                    if (!tombstone.isOurs()) {
                        throw new Malformed("hidden by a later version of copick for Java; this version does not know"
                                + " tombstones of version " + tombstone.version());
                    }
                    if (tombstone.name().startsWith(HIDDEN) || !isUsualSpelling(key, tombstone.name())) {
                        throw new Malformed("it hides nothing, because no entity has that name");
                    }
                    hidden.add(new HiddenEntity(key, layer, location));
                } catch (Malformed e) {
                    skipped.add(new UnparsableName(location, String.valueOf(e.getMessage())));
                }
            }
        }

        /** Adds the entity that a name identifies, if the parser accepts it. */
        void add(String place, String handle, Parser parser) {
            String name = Keys.lastSegment(place);
            if (name.startsWith(HIDDEN)) {
                return;
            }
            try {
                EntityKey key = parser.parse(name);
                if (key != null) {
                    entries.add(entry(key, handle));
                }
            } catch (Malformed e) {
                skip(place, String.valueOf(e.getMessage()));
            }
        }

        /**
         * Returns the sorted listing. Of two spellings of one key, the usual one stays and the other is reported as
         * unparsable.
         */
        Listing listing() {
            entries.sort(Comparator.comparing(Entry::key, EntityOrder.INSTANCE)
                    .thenComparing(e -> isUsualSpelling(e.key(), name(e)) ? 0 : 1)
                    .thenComparing(Entry::handle));
            List<Entry> unique = new ArrayList<>(entries.size());
            for (Entry entry : entries) {
                Entry last = unique.isEmpty() ? null : unique.get(unique.size() - 1);
                if (last != null && last.key().equals(entry.key())) {
                    skipped.add(new UnparsableName(entry.location(), "it names the same entity as " + name(last)));
                } else {
                    unique.add(entry);
                }
            }
            hidden.sort(Comparator.comparing(HiddenEntity::key, EntityOrder.INSTANCE));
            return new Listing(unique, skipped, hidden);
        }

        private static String name(Entry entry) {
            return Keys.lastSegment(VolumeMarks.place(entry.handle()));
        }

        private static boolean isUsualSpelling(EntityKey key, String name) {
            if (key instanceof EntityKey.Spacing spacing) {
                return name.equals(Keys.lastSegment(Layout.spacing(spacing)));
            }
            return !(key instanceof EntityKey.Segmentation segmentation)
                    || name.equals(Keys.lastSegment(Layout.segmentation(segmentation)));
        }
    }
}
