package org.copick;

import java.util.Objects;
import org.copick.entity.EntityKey;

/**
 * One way in which the writable layer differs from what the layers below it show.
 *
 * @param key of what
 * @param kind in which way
 * @param location where the writable layer has it, or has it hidden
 */
public record Difference(EntityKey key, Kind kind, String location) {
    public Difference {
        Objects.requireNonNull(key, "key");
    }

    /** The ways to differ. */
    public enum Kind {
        /** The layers below show nothing of this key. */
        ADDED,
        /** The writable layer's copy shadows another one, and their bytes differ. */
        CHANGED,
        /** The writable layer's copy shadows another one, and all their bytes are equal. */
        SAME,
        /** The writable layer hides what the layers below show, with everything in it, and has no copy of its own. */
        HIDDEN
    }
}
