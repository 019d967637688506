package org.copick.storage;

import java.util.Objects;

/**
 * The key, size and version of an object.
 *
 * @param key the object's key, relative to its store
 * @param size the object's size in bytes
 * @param version the version that has this size
 */
public record ObjectInfo(String key, long size, Version version) {
    /**
     * Checks that nothing is null.
     *
     * @param key the object's key
     * @param size the object's size in bytes
     * @param version the version that has this size
     */
    public ObjectInfo {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(version, "version");
    }
}
