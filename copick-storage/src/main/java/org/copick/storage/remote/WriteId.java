package org.copick.storage.remote;

import java.util.UUID;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;

/**
 * The entry in an object's metadata that tells a write from others of the same key, so that a condition that fails because an
 * earlier attempt of the same write was carried out, and only its answer lost, is recognised.
 */
public final class WriteId {
    /** The entry's key. */
    public static final String KEY = "copick-write";

    private WriteId() {}

    /** Returns a new id for a conditional write; null for one without a condition, which needs none. */
    public static @Nullable String of(WriteCondition condition) {
        return condition.equals(WriteCondition.ANY) ? null : UUID.randomUUID().toString();
    }
}
