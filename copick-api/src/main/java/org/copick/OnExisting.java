package org.copick;

/** Says how to create or copy an entity when there is one of that key already. */
public enum OnExisting {
    /** {@link org.copick.error.AlreadyExistsException}, and nothing is written. */
    FAIL,
    /** The existing entity is returned as it is, whatever it holds, read-only or not. */
    REUSE,
    /**
     * The existing entity gets the new content. One in a read-only layer stays as it is and is shadowed. Runs and voxel
     * spacings, which hold other entities, are not replaced: {@link IllegalArgumentException}.
     */
    REPLACE;

    /** Refuses to replace what holds other entities. */
    void requireContainer(String what) {
        if (this == REPLACE) {
            throw new IllegalArgumentException(
                    "cannot replace " + what + ", which holds other entities; delete it first, or reuse it");
        }
    }
}
