package org.copick;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.HiddenEntity;
import org.copick.error.ClosedException;
import org.copick.error.CopickException;
import org.copick.error.CorruptDataException;
import org.copick.error.OperationInterruptedException;
import org.copick.picks.PicksDocument;
import org.copick.spi.Backend;
import org.copick.spi.Entry;
import org.copick.spi.Listing;
import org.copick.storage.ObjectStore;
import org.jspecify.annotations.Nullable;

/** Compares the first layer of a project with what the other layers show. */
final class LayerDiff {
    private final Backend top;
    private final Optional<Backend> below;
    private final Predicate<EntityKey> wanted;
    private final LayerScope scope;
    private final List<Difference> differences = new ArrayList<>();

    private LayerDiff(Backend backend, Predicate<EntityKey> wanted, LayerScope scope) {
        this.top = backend.top();
        this.below = backend.below();
        this.wanted = wanted.and(inRuns(scope.runs()));
        this.scope = scope;
    }

    /** Returns the differences in wanted keys within the scope. */
    static List<Difference> of(Backend backend, Predicate<EntityKey> wanted, LayerScope scope) {
        LayerDiff diff = new LayerDiff(backend, wanted, scope);
        LayerWalk.through(diff.top, scope, diff::compare);
        diff.differences.sort(Comparator.comparing(Difference::key, LayerWalk.ORDER));
        return List.copyOf(diff.differences);
    }

    static Predicate<EntityKey> inRuns(Predicate<String> runs) {
        return key -> !(key instanceof EntityKey.InRun inRun) || runs.test(inRun.run());
    }

    /**
     * Compares one list and returns the entries whose contents to compare next.
     *
     * <p>These are the runs and voxel spacings of the first layer, and every tomogram, because the first layer can have
     * features of a tomogram that lies below.
     */
    private List<Entry> compare(EntityKind kind, @Nullable EntityKey parent) {
        Listing own = top.list(kind, parent);
        Map<EntityKey, Entry> others = new LinkedHashMap<>();
        if (!own.equals(Listing.EMPTY) || kind == EntityKind.TOMOGRAM) {
            below.ifPresent(
                    layers -> layers.list(kind, parent).entries().forEach(entry -> others.put(entry.key(), entry)));
        }
        Map<EntityKey, Entry> entries = new LinkedHashMap<>();
        for (Entry entry : own.entries()) {
            entries.put(entry.key(), entry);
            if (wanted.test(entry.key())) {
                add(entry, others.get(entry.key()));
            }
        }
        boolean container = kind.content() == EntityKind.Content.CONTAINER;
        for (HiddenEntity hidden : own.hidden()) {
            if (wanted.test(hidden.key())
                    && others.containsKey(hidden.key())
                    && (container || !entries.containsKey(hidden.key()))) {
                differences.add(new Difference(hidden.key(), Difference.Kind.HIDDEN, hidden.location()));
            }
        }
        if (kind == EntityKind.TOMOGRAM) {
            others.forEach(entries::putIfAbsent);
        }
        return List.copyOf(entries.values());
    }

    private void add(Entry entry, @Nullable Entry other) {
        try {
            compare(entry, other).ifPresent(how -> differences.add(new Difference(entry.key(), how, entry.location())));
        } catch (OperationInterruptedException | ClosedException e) {
            throw e;
        } catch (CopickException e) {
            scope.unread().failed(entry.location(), e);
        }
    }

    private Optional<Difference.Kind> compare(Entry own, @Nullable Entry other) {
        if (other == null) {
            return Optional.of(Difference.Kind.ADDED);
        }
        return switch (own.key().kind().content()) {
            case CONTAINER -> Optional.empty();
            case DOCUMENT -> Optional.of(kind(sameDocuments(own, bytes(top, own), bytes(below.orElseThrow(), other))));
            case VOLUME -> Optional.of(kind(sameObjects(own, other)));
        };
    }

    private static Difference.Kind kind(boolean same) {
        return same ? Difference.Kind.SAME : Difference.Kind.CHANGED;
    }

    /** Compares documents. Picks may be equal though they are not stored in the same form. */
    private static boolean sameDocuments(Entry document, byte @Nullable [] own, byte @Nullable [] other) {
        if (own == null || other == null || document.key().kind() != EntityKind.PICKS) {
            return Arrays.equals(own, other);
        }
        return Arrays.equals(own, other) || samePicks(document, own, other);
    }

    private static boolean samePicks(Entry document, byte[] own, byte[] other) {
        try {
            return PicksDocument.parse(own, document.location())
                    .equals(PicksDocument.parse(other, document.location()));
        } catch (CorruptDataException e) {
            return false; // their bytes differ
        }
    }

    private static byte @Nullable [] bytes(Backend backend, Entry document) {
        return backend.read(document).map(stored -> stored.bytes()).orElse(null);
    }

    private boolean sameObjects(Entry own, Entry other) {
        try (ObjectStore left = top.open(own);
                ObjectStore right = below.orElseThrow().open(other)) {
            return StoredObjects.same(left, right);
        }
    }
}
