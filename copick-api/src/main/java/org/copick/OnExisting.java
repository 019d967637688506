package org.copick;

/** The treatment of an existing entity when one with the same key is created or copied. */
public enum OnExisting {
    /** Throws an {@link org.copick.error.AlreadyExistsException} and writes nothing. */
    FAIL,
    /** Returns the existing entity unchanged, whatever it contains and whether or not it is read-only. */
    REUSE,
    /**
     * Replaces the content of the existing entity.
     *
     * <p>If it lies in a read-only layer, it does not change, and the new entity shadows it. Runs and voxel spacings
     * contain other entities and cannot be replaced: these throw an {@link IllegalArgumentException}.
     */
    REPLACE;

    /** Rejects {@link #REPLACE}, for entities that contain other entities. */
    void requireContainer(String what) {
        if (this == REPLACE) {
            throw new IllegalArgumentException(
                    "cannot replace " + what + ", which holds other entities; delete it first, or reuse it");
        }
    }
}
