package org.copick.cache;

/** Something that can be kept, and what it takes. Immutable, or safe for use by many threads. */
public interface Weighed {
    /** Roughly how many bytes it takes. */
    int weight();
}
