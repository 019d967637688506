package org.copick.storage.remote;

import java.util.UUID;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;

/**
 * The entry in an object's metadata that identifies a write. If the response of a conditional write is lost, its retry
 * fails although the object was written; the entry shows that the object comes from this write.
 */
public final class WriteId {
    /** The entry's key. */
    public static final String KEY = "copick-write";

    private WriteId() {}

    /**
     * {@return a new id for a conditional write; null for an unconditional write, which needs none}
     *
     * @param condition the condition of the write
     */
    public static @Nullable String of(WriteCondition condition) {
        return condition.equals(WriteCondition.ANY) ? null : UUID.randomUUID().toString();
    }
}
