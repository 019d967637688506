package org.copick.entity;

/** The kinds of entities, and what each is stored as. */
public enum EntityKind {
    /** A folder for everything at one location of the sample. */
    RUN(Content.CONTAINER),
    /** A folder for the tomograms of one resolution. */
    VOXEL_SPACING(Content.CONTAINER),
    /** A multiscale image. */
    TOMOGRAM(Content.VOLUME),
    /** A multiscale image computed from a tomogram. */
    FEATURES(Content.VOLUME),
    /** Points: one JSON document. */
    PICKS(Content.DOCUMENT),
    /** Traced centrelines: one JSON document. */
    FILAMENTS(Content.DOCUMENT),
    /** A surface: one GLB document. */
    MESH(Content.DOCUMENT),
    /** A multiscale label image. */
    SEGMENTATION(Content.VOLUME),
    /** The density map of a pickable object. */
    DENSITY_MAP(Content.VOLUME);

    /** How a backend gives access to an entity's content. */
    public enum Content {
        /** No content of its own. */
        CONTAINER,
        /** One object, read and written whole. */
        DOCUMENT,
        /** A key space that holds a Zarr hierarchy. */
        VOLUME
    }

    private final Content content;

    EntityKind(Content content) {
        this.content = content;
    }

    public Content content() {
        return content;
    }
}
