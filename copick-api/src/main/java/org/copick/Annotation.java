package org.copick;

import org.copick.entity.EntityKey;

/** What people and tools make of a run: picks, filaments, meshes and segmentations. */
public sealed interface Annotation permits Picks, Filaments, Mesh, Segmentation {
    /** What identifies this annotation in the project. */
    EntityKey.Annotation key();

    /** Whether it can be neither changed nor deleted. */
    boolean readOnly();

    /** Where it is, as a path or URL. */
    String location();

    /** The run that is annotated. */
    Run run();

    /** The object, or the free name of a multilabel or panoptic segmentation. */
    default String objectName() {
        return key().object();
    }

    /** The person or tool that made it. */
    default String userId() {
        return key().user();
    }

    /** The session it was made in. */
    default String sessionId() {
        return key().session();
    }

    /** Whether a tool made it: the session is {@code 0}. */
    default boolean fromTool() {
        return sessionId().equals("0");
    }
}
