package org.copick;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.copick.entity.EntityKey;
import org.copick.entity.HiddenEntity;
import org.copick.entity.Layer;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ReadOnlyException;
import org.copick.spi.Backend;
import org.copick.spi.Entry;
import org.copick.spi.Listing;

/** Hides entities of the layers below the writable one, and lists hidden entities. */
final class Tombstones {
    private Tombstones() {}

    static void hide(Backend backend, Entry entry) {
        Layer writable = backend.layers().get(0);
        if (writable.readOnly()) {
            throw new ReadOnlyException("cannot hide " + entry + ": the project has no writable layer");
        }
        if (entry.layer().equals(writable)
                && backend.below().flatMap(below -> below.find(entry.key())).isEmpty()) {
            throw new AlreadyExistsException(
                    "cannot hide " + entry + ": only the writable layer has it; delete it instead");
        }
        backend.hide(entry.key());
    }

    /**
     * Returns all entities that the layers of a backend hide.
     *
     * @param backend the backend whose listings contain the hidden entities
     * @param places the backend that lists the tomograms to visit, which may lie in layers that {@code backend} does
     *     not list
     */
    static List<HiddenEntity> all(Backend backend, Backend places, LayerScope scope) {
        List<HiddenEntity> hidden = new ArrayList<>();
        Predicate<EntityKey> wanted = LayerDiff.inRuns(scope.runs());
        LayerWalk.through(backend, scope, (kind, parent) -> {
            Listing listing = backend.list(kind, parent);
            listing.hidden().stream().filter(h -> wanted.test(h.key())).forEach(hidden::add);
            return switch (kind) {
                case RUN, VOXEL_SPACING -> once(listing);
                case TOMOGRAM -> once(places.list(kind, parent));
                default -> List.of();
            };
        });
        hidden.sort(Comparator.comparing(HiddenEntity::key, LayerWalk.ORDER));
        return hidden;
    }

    static boolean hidesAnything(Backend backend, HiddenEntity hidden) {
        Optional<Backend> below = backend.below();
        for (int i = backend.layers().indexOf(hidden.layer()); i > 0; i--) {
            below = below.flatMap(Backend::below);
        }
        return below.flatMap(layers -> layers.find(hidden.key())).isPresent();
    }

    /** Returns the first copy of each entity. */
    private static List<Entry> once(Listing listing) {
        Set<EntityKey> seen = new HashSet<>();
        return listing.entries().stream().filter(entry -> seen.add(entry.key())).toList();
    }
}
