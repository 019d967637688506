package org.copick.storage;

import java.util.Objects;

/**
 * The whole content of one version of an object.
 *
 * @param info the object's key, size and version
 * @param bytes the content; owned by the caller, the store keeps no reference to it
 */
@SuppressWarnings("ArrayRecordComponent") // a transfer value, never compared
public record StoredObject(ObjectInfo info, byte[] bytes) {
    /**
     * Checks that {@code info} is not null. The array is not copied.
     *
     * @param info the object's key, size and version
     * @param bytes the content
     */
    public StoredObject {
        Objects.requireNonNull(info, "info");
    }
}
