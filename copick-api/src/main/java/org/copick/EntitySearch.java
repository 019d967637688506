package org.copick;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.copick.entity.EntityKey;

/** Finds entities of a run by copick URI or by key. */
final class EntitySearch {
    private EntitySearch() {}

    /** Returns all entities of the run that the URI matches, in listing order. */
    static List<Entity> matching(Run run, CopickUri uri) {
        return matching(uri, candidates(run, uri));
    }

    /** Returns the candidates that the URI matches, without duplicates. */
    static <E extends Entity> List<E> matching(CopickUri uri, List<? extends E> candidates) {
        return candidates.stream()
                .filter(entity -> uri.matches(entity.key()))
                .<E>map(entity -> entity)
                .distinct()
                .toList();
    }

    private static List<? extends Entity> candidates(Run run, CopickUri uri) {
        return switch (uri.kind()) {
            case TOMOGRAM -> below(run.voxelSpacings(), VoxelSpacing::tomograms);
            case FEATURES -> below(below(run.voxelSpacings(), VoxelSpacing::tomograms), Tomogram::features);
            case RUN, VOXEL_SPACING, DENSITY_MAP -> List.of();
            default -> run.annotations(uri.kind());
        };
    }

    /** Finds the entity with this key, looking up each parent in turn, starting from the run. */
    static Optional<? extends Entity> find(Run run, EntityKey wanted) {
        if (wanted instanceof EntityKey.Annotation) {
            return run.list(wanted.kind()).find(wanted);
        } else if (wanted instanceof EntityKey.Spacing key) {
            return run.findVoxelSpacing(key.size().angstrom());
        } else if (wanted instanceof EntityKey.Tomogram key) {
            return run.findVoxelSpacing(key.size().angstrom()).flatMap(spacing -> spacing.findTomogram(key.type()));
        } else if (wanted instanceof EntityKey.Features key) {
            return run.findVoxelSpacing(key.size().angstrom())
                    .flatMap(spacing -> spacing.findTomogram(key.tomogram()))
                    .flatMap(tomogram -> tomogram.findFeatures(key.type()));
        }
        return wanted.equals(run.key()) ? Optional.of(run) : Optional.empty();
    }

    private static <P, C> List<C> below(List<P> parents, Function<P, List<C>> children) {
        return parents.stream()
                .flatMap(parent -> children.apply(parent).stream())
                .toList();
    }
}
