package org.copick.layout;

import java.util.Objects;

/**
 * A difference between a root and its index.
 *
 * @param name a key; or a prefix that ends with {@code /}, for an empty folder or the chunks in a folder
 * @param kind how the root differs from the index
 */
public record IndexDifference(String name, Kind kind) {
    /** The ways in which a root differs from its index. */
    public enum Kind {
        /** The root has an object that the index lacks. */
        MISSING,
        /** The size, the version, or the number of chunks is another one. */
        CHANGED,
        /** The index lists an object that the root lacks. */
        GONE
    }

    /**
     * Checks that nothing is null.
     *
     * @param name a key or a prefix
     * @param kind how the root differs from the index
     */
    public IndexDifference {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
    }
}
