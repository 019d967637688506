package org.copick;

/** Which names a part of a URI matches. */
interface NamePattern {
    /**
     * Returns whether a name matches.
     *
     * @throws org.copick.error.InvalidNameException when finding out takes too long
     */
    boolean matches(String name);
}
