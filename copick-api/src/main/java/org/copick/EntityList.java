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

/** The entities of one kind below one parent: listed when first asked for, kept until refreshed or too old. */
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
                root::epoch);
    }

    List<E> all() {
        return listed.get().entities;
    }

    /** Names that could not be understood, as far as this was listed already. */
    List<UnparsableName> unparsableNames() {
        return listed.get().skipped;
    }

    /** From the listing where there is one, otherwise by looking for this key alone. */
    Optional<E> find(EntityKey key) {
        Listed<E> known = listed.peek();
        return known != null ? known.find(key) : root.lookup().find(key).map(wrap);
    }

    /** The entity of the listing, where there is one and it has it, so that what is done to it is seen there. */
    E wrap(Entry entry) {
        Listed<E> known = listed.peek();
        return Optional.ofNullable(known).flatMap(all -> all.find(entry)).orElseGet(() -> wrap.apply(entry));
    }

    /** Returns the entity that was just written, and forgets the list. */
    E made(Entry entry) {
        refresh();
        return wrap(entry);
    }

    void refresh() {
        root.forgetListings();
        listed.clear();
    }

    /** A listing, and the first entity of each key; an unmerged view lists a key once for each layer. */
    private static final class Listed<E extends Entity> {
        private final List<E> entities;
        private final List<UnparsableName> skipped;
        /** Made by the first look-up, which most programs that list do without. */
        private final Lazy<Map<EntityKey, E>> byKey;

        Listed(List<E> entities, List<UnparsableName> skipped) {
            this.entities = entities;
            this.skipped = skipped;
            this.byKey = new Lazy<>(() -> {
                Map<EntityKey, E> map = new HashMap<>();
                entities.forEach(entity -> map.putIfAbsent(entity.key(), entity));
                return map;
            });
        }

        Optional<E> find(EntityKey key) {
            return Optional.ofNullable(byKey.get().get(key));
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
