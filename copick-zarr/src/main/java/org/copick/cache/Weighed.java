package org.copick.cache;

/** A value that can be cached, with its size. Immutable, or safe for use by many threads. */
public interface Weighed {
    /** {@return the approximate size in bytes} */
    int weight();
}
