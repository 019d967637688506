package org.copick.storage;

import java.util.Objects;

/**
 * A whole object as it was at one moment.
 *
 * @param info its key, size and version
 * @param bytes its content; owned by the caller, the store keeps no reference
 */
@SuppressWarnings("ArrayRecordComponent") // a transfer value, never compared
public record StoredObject(ObjectInfo info, byte[] bytes) {
    public StoredObject {
        Objects.requireNonNull(info, "info");
    }
}
