package org.copick.entity;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kinds of entities, and how each is stored. */
public enum EntityKind {
    /** A folder for everything at one location of the sample. */
    RUN(Content.CONTAINER, null),
    /** A folder for the tomograms of one resolution. */
    VOXEL_SPACING(Content.CONTAINER, RUN),
    /** A multiscale image. */
    TOMOGRAM(Content.VOLUME, VOXEL_SPACING),
    /** A multiscale image computed from a tomogram. */
    FEATURES(Content.VOLUME, TOMOGRAM),
    /** Points: one JSON document. */
    PICKS(Content.DOCUMENT, RUN),
    /** Traced centrelines: one JSON document. */
    FILAMENTS(Content.DOCUMENT, RUN),
    /** A surface: one GLB document. */
    MESH(Content.DOCUMENT, RUN),
    /** A multiscale label image. */
    SEGMENTATION(Content.VOLUME, RUN),
    /** The density map of a pickable object. */
    DENSITY_MAP(Content.VOLUME, null);

    /** The way a backend gives access to the content of an entity. */
    public enum Content {
        /** No content; only other entities. */
        CONTAINER,
        /** One object, read and written as a whole. */
        DOCUMENT,
        /** A key space that holds a Zarr hierarchy. */
        VOLUME
    }

    private final Content content;
    private final @Nullable EntityKind parent;

    EntityKind(Content content, @Nullable EntityKind parent) {
        this.content = content;
        this.parent = parent;
    }

    /** {@return the kinds that people and tools annotate a run with, in declaration order} */
    public static List<EntityKind> annotations() {
        return Arrays.stream(values()).filter(EntityKind::isAnnotation).toList();
    }

    /** {@return whether this kind is an annotation of a run, identified by object, user and session} */
    public boolean isAnnotation() {
        return parent == RUN && content != Content.CONTAINER;
    }

    /** {@return how the content of such an entity is accessed} */
    public Content content() {
        return content;
    }
}
