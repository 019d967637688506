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

    /** The run that is annotated. */
    public final Run run() {
        return run;
    }

    /** The object, or the free name of a multilabel or panoptic segmentation. */
    public final String objectName() {
        return key().object();
    }

    /** The person or tool that made it. */
    public final String userId() {
        return key().user();
    }

    /** The session it was made in. */
    public final String sessionId() {
        return key().session();
    }

    /** Whether a tool made it: the session is {@code 0}. */
    public final boolean fromTool() {
        return sessionId().equals("0");
    }

    /**
     * A copy in the writable layer, which then shadows this one; this one when it is writable already. Everything is copied
     * as it is stored.
     *
     * @throws org.copick.error.ReadOnlyException without a writable layer
     */
    public abstract Annotation writableCopy();
}
