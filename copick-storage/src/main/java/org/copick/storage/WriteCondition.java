package org.copick.storage;

import java.util.Objects;

/** Under which circumstances a write takes effect; otherwise it changes nothing and throws. */
public sealed interface WriteCondition {
    /** Create or replace. */
    WriteCondition ANY = new Any();

    /** Create only; {@link org.copick.error.AlreadyExistsException} when the key is taken. */
    WriteCondition IF_ABSENT = new IfAbsent();

    /** Replace exactly this version; {@link org.copick.error.ConflictException} when it is another one or gone. */
    static WriteCondition ifVersion(Version expected) {
        Objects.requireNonNull(expected, "expected");
        return new IfVersion(expected);
    }

    /** Create or replace. */
    record Any() implements WriteCondition {}

    /** Create only. */
    record IfAbsent() implements WriteCondition {}

    /** Replace exactly {@code expected}. */
    record IfVersion(Version expected) implements WriteCondition {
        public IfVersion {
            Objects.requireNonNull(expected, "expected");
        }
    }
}
