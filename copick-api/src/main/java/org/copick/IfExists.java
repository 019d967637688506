package org.copick;

/** What creating an entity means when there is one of that key already. */
public enum IfExists {
    /** {@link org.copick.error.AlreadyExistsException}. */
    FAIL,
    /** The existing entity is returned as it is, read-only or not. */
    REUSE
}
