package org.copick.storage;

import java.util.Objects;

/**
 * What a store knows of an object without reading it.
 *
 * @param key the object's key, relative to its store
 * @param size its length in bytes
 * @param version the state these facts were taken from
 */
public record ObjectInfo(String key, long size, Version version) {
    public ObjectInfo {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(version, "version");
    }
}
