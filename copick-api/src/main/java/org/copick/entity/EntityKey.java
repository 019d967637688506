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
    /** {@return the kind of entity that this key identifies} */
    EntityKind kind();

    /**
     * {@return the key of the entity that this one is listed in}
     *
     * <p>That is the run of a voxel spacing or annotation, the voxel spacing of a tomogram and the tomogram of
     * features. Runs and density maps have no parent.
     */
    default Optional<EntityKey> parent() {
        return Optional.empty();
    }

    /**
     * {@return the key of an annotation that is stored as one document}
     *
     * @param kind {@link EntityKind#PICKS}, {@link EntityKind#FILAMENTS} or {@link EntityKind#MESH}
     * @param run the run's name, such as {@code TS_001}
     * @param object the annotated object's name
     * @param user the person or tool that made the annotation
     * @param session the session; {@code 0} for tools
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
        /** {@return the run's name} */
        String run();
    }

    /** The key of an annotation, made by a person or tool in a session. */
    sealed interface Annotation extends InRun {
        /** {@return the object that is annotated; for multilabel and panoptic segmentations any name} */
        String object();

        /** {@return the person or tool that made the annotation} */
        String user();

        /** {@return the session; annotations made by tools have session {@code 0}} */
        String session();

        /**
         * {@return the key of an annotation of the same kind in this run, with other names}
         *
         * @param object the annotated object's name
         * @param user the person or tool that made the annotation
         * @param session the session; {@code 0} for tools
         */
        Annotation named(String object, String user, String session);

        @Override
        default Optional<EntityKey> parent() {
            return Optional.of(new Run(run()));
        }
    }

    /**
     * The key of a run.
     *
     * @param run the run's name, such as {@code TS_001}
     */
    record Run(String run) implements InRun {
        /**
         * Creates the key of a run. No name is checked.
         *
         * @param run the run's name, such as {@code TS_001}
         */
        public Run {
            Objects.requireNonNull(run, "run");
        }

        @Override
        public EntityKind kind() {
            return EntityKind.RUN;
        }
    }

    /**
     * The key of a voxel spacing within a run.
     *
     * @param run the run's name, such as {@code TS_001}
     * @param size the voxel spacing
     */
    record Spacing(String run, VoxelSize size) implements InRun {
        /**
         * Creates the key of a voxel spacing. No name is checked.
         *
         * @param run the run's name, such as {@code TS_001}
         * @param size the voxel spacing
         */
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

    /**
     * The key of a tomogram.
     *
     * @param run the run's name, such as {@code TS_001}
     * @param size the voxel spacing
     * @param type the tomogram type, such as {@code wbp}
     */
    record Tomogram(String run, VoxelSize size, String type) implements InRun {
        /**
         * Creates the key of a tomogram. No name is checked.
         *
         * @param run the run's name, such as {@code TS_001}
         * @param size the voxel spacing
         * @param type the tomogram type, such as {@code wbp}
         */
        public Tomogram {
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(size, "size");
            Objects.requireNonNull(type, "type");
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

    /**
     * The key of features computed from a tomogram.
     *
     * @param run the run's name, such as {@code TS_001}
     * @param size the voxel spacing of the tomogram
     * @param tomogram the type of the tomogram
     * @param type the feature type, such as {@code sobel}
     */
    record Features(String run, VoxelSize size, String tomogram, String type) implements InRun {
        /**
         * Creates the key of features. No name is checked.
         *
         * @param run the run's name, such as {@code TS_001}
         * @param size the voxel spacing of the tomogram
         * @param tomogram the type of the tomogram
         * @param type the feature type, such as {@code sobel}
         */
        public Features {
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(size, "size");
            Objects.requireNonNull(tomogram, "tomogram");
            Objects.requireNonNull(type, "type");
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

    /**
     * The key of picks.
     *
     * @param run the run's name, such as {@code TS_001}
     * @param object the annotated object's name
     * @param user the person or tool that made the annotation
     * @param session the session; {@code 0} for tools
     */
    record Picks(String run, String object, String user, String session) implements Annotation {
        /**
         * Creates the key of picks. No name is checked.
         *
         * @param run the run's name, such as {@code TS_001}
         * @param object the annotated object's name
         * @param user the person or tool that made the annotation
         * @param session the session; {@code 0} for tools
         */
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

    /**
     * The key of filaments.
     *
     * @param run the run's name, such as {@code TS_001}
     * @param object the annotated object's name
     * @param user the person or tool that made the annotation
     * @param session the session; {@code 0} for tools
     */
    record Filaments(String run, String object, String user, String session) implements Annotation {
        /**
         * Creates the key of filaments. No name is checked.
         *
         * @param run the run's name, such as {@code TS_001}
         * @param object the annotated object's name
         * @param user the person or tool that made the annotation
         * @param session the session; {@code 0} for tools
         */
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

    /**
     * The key of a mesh.
     *
     * @param run the run's name, such as {@code TS_001}
     * @param object the annotated object's name
     * @param user the person or tool that made the annotation
     * @param session the session; {@code 0} for tools
     */
    record Mesh(String run, String object, String user, String session) implements Annotation {
        /**
         * Creates the key of a mesh. No name is checked.
         *
         * @param run the run's name, such as {@code TS_001}
         * @param object the annotated object's name
         * @param user the person or tool that made the annotation
         * @param session the session; {@code 0} for tools
         */
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

    /**
     * The key of a segmentation. Segmentations of different types may have equal names.
     *
     * @param run the run's name, such as {@code TS_001}
     * @param size the voxel spacing
     * @param object the annotated object's name; for multilabel and panoptic segmentations any name
     * @param user the person or tool that made the annotation
     * @param session the session; {@code 0} for tools
     * @param type the meaning of the voxel values
     */
    record Segmentation(String run, VoxelSize size, String object, String user, String session, SegmentationType type)
            implements Annotation {
        /**
         * Creates the key of a segmentation. No name is checked.
         *
         * @param run the run's name, such as {@code TS_001}
         * @param size the voxel spacing
         * @param object the annotated object's name; for multilabel and panoptic segmentations any name
         * @param user the person or tool that made the annotation
         * @param session the session; {@code 0} for tools
         * @param type the meaning of the voxel values
         */
        public Segmentation {
            Objects.requireNonNull(object, "object");
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(session, "session");
            Objects.requireNonNull(size, "size");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(user, "user");
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

    /**
     * The key of the density map of a pickable object.
     *
     * @param object the name of the pickable object
     */
    record DensityMap(String object) implements EntityKey {
        /**
         * Creates the key of a density map. No name is checked.
         *
         * @param object the name of the pickable object
         */
        public DensityMap {
            Objects.requireNonNull(object, "object");
        }

        @Override
        public EntityKind kind() {
            return EntityKind.DENSITY_MAP;
        }
    }
}
