package org.copick;

/** A pattern for names, from one part of a copick URI. */
interface NamePattern {
    /**
     * Returns whether a name matches.
     *
     * @throws org.copick.error.InvalidNameException if matching takes too long
     */
    boolean matches(String name);
}
