package org.copick;

/** Matches names with a part of a URI. */
interface NamePattern {
    /**
     * Returns whether a name matches.
     *
     * @throws org.copick.error.InvalidNameException when finding out takes too long
     */
    boolean matches(String name);
}
