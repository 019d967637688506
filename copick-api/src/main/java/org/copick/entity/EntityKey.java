package org.copick.entity;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The identity of an entity within a project. A key does not promise that the entity exists.
 *
 * <p>Names in keys are as they were found in the storage or as the model has checked them.
 */
public sealed interface EntityKey {
    /** Returns the kind of entity that this key identifies. */
    EntityKind kind();

    /**
     * Returns the key of the entity that this one is listed in.
     *
     * <p>That is the run of a voxel spacing or annotation, the voxel spacing of a tomogram and the tomogram of
     * features. Runs and density maps have no parent.
     */
    default Optional<EntityKey> parent() {
        return Optional.empty();
    }

    /**
     * Returns the key of an annotation that is stored as one document.
     *
     * @throws IllegalArgumentException for other kinds
     */
    static Annotation document(EntityKind kind, String run, String object, String user, String session) {
        return switch (kind) {
            case PICKS -> new Picks(run, object, user, session);
            case FILAMENTS -> new Filaments(run, object, user, session);
            case MESH -> new Mesh(run, object, user, session);
            default -> throw new IllegalArgumentException(kind + " is not one document");
        };
    }

    /** The key of a run or of an entity within one. */
    sealed interface InRun extends EntityKey {
        /** Returns the run's name. */
        String run();
    }

    /** The key of an annotation, made by a person or tool in a session. */
    sealed interface Annotation extends InRun {
        /** Returns the object that is annotated; for multilabel and panoptic segmentations any name. */
        String object();

        /** Returns the person or tool that made the annotation. */
        String user();

        /** Returns the session; annotations made by tools have session {@code 0}. */
        String session();

        /** Returns the key of an annotation of the same kind in this run, with the given names. */
        Annotation named(String object, String user, String session);

        @Override
        default Optional<EntityKey> parent() {
            return Optional.of(new Run(run()));
        }
    }

    /** The key of a run. */
    record Run(String run) implements InRun {
        public Run {
            Objects.requireNonNull(run, "run");
        }

        @Override
        public EntityKind kind() {
            return EntityKind.RUN;
        }
    }

    /** The key of a voxel spacing within a run. */
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

        // Written by hand because it shortens the start of the command; docs/performance.md has the figure.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Spacing spacing && run.equals(spacing.run) && size.equals(spacing.size);
        }

        @Override
        public int hashCode() {
            return 31 * run.hashCode() + size.hashCode();
        }
    }

    /** The key of a tomogram; its type is a name such as {@code wbp}. */
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

    /** The key of features computed from a tomogram. */
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

    /** The key of picks. */
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

    /** The key of filaments. */
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

    /** The key of a mesh. */
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

    /** The key of a segmentation. Segmentations of different types may have equal names. */
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

    /** The key of the density map of a pickable object. */
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
