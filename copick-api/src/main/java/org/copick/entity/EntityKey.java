package org.copick.entity;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What identifies an entity within a project. Names here are as found or as checked by the model; a key makes no promise
 * that the entity exists.
 */
public sealed interface EntityKey {
    /** The kind of entity this key is of. */
    EntityKind kind();

    /**
     * What this is listed under: a voxel spacing's and an annotation's run, a tomogram's voxel spacing, the tomogram of
     * features; empty for runs and density maps.
     */
    default Optional<EntityKey> parent() {
        return Optional.empty();
    }

    /**
     * The key of an annotation that is one document.
     *
     * @throws IllegalArgumentException for another kind
     */
    static Annotation document(EntityKind kind, String run, String object, String user, String session) {
        return switch (kind) {
            case PICKS -> new Picks(run, object, user, session);
            case FILAMENTS -> new Filaments(run, object, user, session);
            case MESH -> new Mesh(run, object, user, session);
            default -> throw new IllegalArgumentException(kind + " is not one document");
        };
    }

    /** A key within a run. */
    sealed interface InRun extends EntityKey {
        /** The run's name. */
        String run();
    }

    /** An annotation made by a person or tool in a session. */
    sealed interface Annotation extends InRun {
        /** The object that is annotated; for multilabel and panoptic segmentations a free name. */
        String object();

        /** The person or tool. */
        String user();

        /** {@code 0} for what tools made. */
        String session();

        /** The key of the same kind in the same run by other names. */
        Annotation named(String object, String user, String session);

        @Override
        default Optional<EntityKey> parent() {
            return Optional.of(new Run(run()));
        }
    }

    /** A run. */
    record Run(String run) implements InRun {
        public Run {
            Objects.requireNonNull(run, "run");
        }

        @Override
        public EntityKind kind() {
            return EntityKind.RUN;
        }
    }

    /** A voxel spacing of a run. */
    record Spacing(String run, VoxelSize size) implements InRun {
        public Spacing {
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(size, "size");
        }

        @Override
        public Optional<EntityKey> parent() {
            return Optional.of(new Run(run));
        }

        @Override
        public EntityKind kind() {
            return EntityKind.VOXEL_SPACING;
        }

        // spelled out for the start of the command; docs/performance.md has the figure
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Spacing spacing && run.equals(spacing.run) && size.equals(spacing.size);
        }

        @Override
        public int hashCode() {
            return 31 * run.hashCode() + size.hashCode();
        }
    }

    /** A tomogram, by its type, such as {@code wbp}. */
    record Tomogram(String run, VoxelSize size, String type) implements InRun {
        public Tomogram {
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(size, "size");
        }

        @Override
        public Optional<EntityKey> parent() {
            return Optional.of(new Spacing(run, size));
        }

        @Override
        public EntityKind kind() {
            return EntityKind.TOMOGRAM;
        }
    }

    /** Features computed from a tomogram type. */
    record Features(String run, VoxelSize size, String tomogram, String type) implements InRun {
        public Features {
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(size, "size");
        }

        @Override
        public Optional<EntityKey> parent() {
            return Optional.of(new Tomogram(run, size, tomogram));
        }

        @Override
        public EntityKind kind() {
            return EntityKind.FEATURES;
        }
    }

    /** Picks. */
    record Picks(String run, String object, String user, String session) implements Annotation {
        public Picks {
            Objects.requireNonNull(object, "object");
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(session, "session");
            Objects.requireNonNull(user, "user");
        }

        @Override
        public Picks named(String object, String user, String session) {
            return new Picks(run, object, user, session);
        }

        @Override
        public EntityKind kind() {
            return EntityKind.PICKS;
        }
    }

    /** Filaments. */
    record Filaments(String run, String object, String user, String session) implements Annotation {
        public Filaments {
            Objects.requireNonNull(object, "object");
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(session, "session");
            Objects.requireNonNull(user, "user");
        }

        @Override
        public Filaments named(String object, String user, String session) {
            return new Filaments(run, object, user, session);
        }

        @Override
        public EntityKind kind() {
            return EntityKind.FILAMENTS;
        }
    }

    /** A mesh. */
    record Mesh(String run, String object, String user, String session) implements Annotation {
        public Mesh {
            Objects.requireNonNull(object, "object");
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(session, "session");
            Objects.requireNonNull(user, "user");
        }

        @Override
        public Mesh named(String object, String user, String session) {
            return new Mesh(run, object, user, session);
        }

        @Override
        public EntityKind kind() {
            return EntityKind.MESH;
        }
    }

    /** A segmentation; the same name may exist in every type. */
    record Segmentation(String run, VoxelSize size, String object, String user, String session, SegmentationType type)
            implements Annotation {
        public Segmentation {
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(size, "size");
        }

        @Override
        public Segmentation named(String object, String user, String session) {
            return new Segmentation(run, size, object, user, session, type);
        }

        @Override
        public EntityKind kind() {
            return EntityKind.SEGMENTATION;
        }
    }

    /** The density map of a pickable object. */
    record DensityMap(String object) implements EntityKey {
        public DensityMap {
            Objects.requireNonNull(object, "object");
        }

        @Override
        public EntityKind kind() {
            return EntityKind.DENSITY_MAP;
        }
    }
}
