package org.copick.storage;

import java.util.Objects;

/** A condition for a write. If it does not hold, the write changes nothing and throws. */
public sealed interface WriteCondition {
    /** Creates or replaces the object. */
    WriteCondition ANY = new Any();

    /** Creates the object; throws {@link org.copick.error.AlreadyExistsException} if it exists. */
    WriteCondition IF_ABSENT = new IfAbsent();

    /**
     * {@return the condition that the object has the given version} If it has another version or does not exist, the
     * write throws {@link org.copick.error.ConflictException}.
     *
     * @param expected the version to replace, as returned by a read, a listing or an earlier write
     */
    static WriteCondition ifVersion(Version expected) {
        Objects.requireNonNull(expected, "expected");
        return new IfVersion(expected);
    }

    /** The type of {@link #ANY}. */
    record Any() implements WriteCondition {}

    /** The type of {@link #IF_ABSENT}. */
    record IfAbsent() implements WriteCondition {}

    /**
     * Replaces exactly one version.
     *
     * @param expected the version to replace
     */
    record IfVersion(Version expected) implements WriteCondition {
        /**
         * Checks that the version is not null.
         *
         * @param expected the version to replace
         */
        public IfVersion {
            Objects.requireNonNull(expected, "expected");
        }
    }
}
