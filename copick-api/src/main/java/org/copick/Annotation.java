package org.copick;

import org.copick.entity.EntityKey;
import org.copick.spi.Entry;

/** An annotation of a run by a person or tool: picks, filaments, a mesh or a segmentation. */
public abstract sealed class Annotation extends Entity permits Picks, Filaments, Mesh, Segmentation {
    private final Run run;

    Annotation(Run run, Entry entry) {
        super(run.root(), entry);
        this.run = run;
    }

    @Override
    public abstract EntityKey.Annotation key();

    /** {@return the run that this annotation belongs to} */
    public final Run run() {
        return run;
    }

    /** {@return the name of the annotated object, or the free name of a multilabel or panoptic segmentation} */
    public final String objectName() {
        return key().object();
    }

    /** {@return the id of the person or tool that made this annotation} */
    public final String userId() {
        return key().user();
    }

    /** {@return the id of the session in which this annotation was made} */
    public final String sessionId() {
        return key().session();
    }

    /**
     * {@return whether a tool made this annotation}
     *
     * <p>The session id of tools is {@code 0}. Annotations of the CryoET Data Portal count as made by tools, as in Python.
     */
    public final boolean fromTool() {
        return sessionId().equals("0") || Boolean.TRUE.equals(metadata().get("from_tool"));
    }

    /**
     * {@return a writable version of this annotation: itself if it is writable, otherwise a new copy in the writable
     * layer}
     *
     * <p>The copy contains everything that is stored and shadows this annotation from then on.
     *
     * @throws org.copick.error.AlreadyExistsException if the writable layer has a copy already, which is not changed;
     *     look the entity up again
     * @throws org.copick.error.ReadOnlyException if this annotation is read-only and the project has no writable layer
     */
    public abstract Annotation writableCopy();
}
