package org.copick;

import java.util.Objects;
import org.copick.entity.EntityKey;

/**
 * A difference between the writable layer and what the layers below it show.
 *
 * @param key the key of the entity that differs
 * @param kind the kind of difference
 * @param location the location of the entity or of its tombstone in the writable layer
 */
public record Difference(EntityKey key, Kind kind, String location) {
    /**
     * Creates a difference.
     *
     * @param key the key of the entity that differs
     * @param kind the kind of difference
     * @param location the location of the entity or of its tombstone in the writable layer
     */
    public Difference {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(location, "location");
    }

    /** The kinds of differences. */
    public enum Kind {
        /** The layers below show nothing with this key. */
        ADDED,
        /** The writable layer's copy shadows another copy, and their contents differ. */
        CHANGED,
        /** The writable layer's copy shadows another copy, and their bytes or, of picks, their contents are equal. */
        SAME,
        /** The writable layer hides an entity of the layers below, with all its contents, and has no copy of it. */
        HIDDEN
    }
}
