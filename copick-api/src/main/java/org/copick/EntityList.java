package org.copick;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.UnparsableName;
import org.copick.spi.Entry;
import org.copick.spi.Listing;
import org.jspecify.annotations.Nullable;

/** The entities of one kind below one parent, listed on first use and cached until refreshed or too old. */
final class EntityList<E extends Entity> {
    private final Root root;
    private final Function<Entry, E> wrap;
    private final Lazy<Listed<E>> listed;

    EntityList(Root root, EntityKind kind, @Nullable EntityKey parent, Function<Entry, E> wrap) {
        this.root = root;
        this.wrap = wrap;
        this.listed = new Lazy<>(
                () -> {
                    Listing listing = root.prefetching().list(kind, parent);
                    return new Listed<>(listing.entries().stream().map(wrap).toList(), listing.unparsableNames());
                },
                root.epochs());
    }

    List<E> all() {
        return listed.get().entities;
    }

    /** Returns the names that could not be parsed. Lists the entities if that has not been done. */
    List<UnparsableName> unparsableNames() {
        return listed.get().skipped;
    }

    /** Finds an entity in the cached listing; if nothing has been listed yet, looks up this key alone. */
    Optional<E> find(EntityKey key) {
        Listed<E> known = listed.peek();
        return known != null ? known.find(key) : root.lookup().find(key).map(wrap);
    }

    /**
     * Returns the cached entity for an entry, or a new one if no listing is cached or it does not contain the entry.
     *
     * <p>Using the cached entity makes changes to it visible to everyone who got it from the listing.
     */
    E wrap(Entry entry) {
        Listed<E> known = listed.peek();
        return Optional.ofNullable(known).flatMap(all -> all.find(entry)).orElseGet(() -> wrap.apply(entry));
    }

    /** Returns the entity that was just written, and discards the cached listing. */
    E made(Entry entry) {
        refresh();
        return wrap(entry);
    }

    void refresh() {
        root.forgetListings();
        listed.clear();
    }

    /** A listing and an index of its keys. An unmerged view lists a key once per layer; the index has the first one. */
    private static final class Listed<E extends Entity> {
        private final List<E> entities;
        private final List<UnparsableName> skipped;
        /** Created by the first lookup, because most programs that list entities never look one up. */
        private volatile @Nullable Map<EntityKey, E> byKey;

        Listed(List<E> entities, List<UnparsableName> skipped) {
            this.entities = entities;
            this.skipped = skipped;
        }

        Optional<E> find(EntityKey key) {
            Map<EntityKey, E> known = byKey;
            if (known == null) {
                known = new HashMap<>();
                for (E entity : entities) {
                    known.putIfAbsent(entity.key(), entity);
                }
                byKey = known; // threads that look up at the same time make equal maps
            }
            return Optional.ofNullable(known.get(key));
        }

        Optional<E> find(Entry entry) {
            Optional<E> first = find(entry.key());
            return first.isEmpty() || first.get().entry().equals(entry)
                    ? first
                    : entities.stream()
                            .filter(entity -> entity.entry().equals(entry))
                            .findFirst();
        }
    }
}
