package org.copick.storage;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One finished call to a store.
 *
 * @param kind the kind of operation
 * @param location the store's location
 * @param key the key or prefix
 * @param bytes the number of content bytes read or written
 * @param duration the time the operation took
 * @param failure the exception it threw, or null if it succeeded
 */
public record StoreOperation(
        Kind kind,
        String location,
        String key,
        long bytes,
        Duration duration,
        @Nullable RuntimeException failure) {
    public StoreOperation {
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(location, "location");
    }

    /** The operations of an {@link ObjectStore}. */
    public enum Kind {
        READ,
        READ_RANGES,
        INFO,
        WRITE,
        COPY,
        DELETE,
        DELETE_PREFIX,
        REPLACE_PREFIX,
        /** {@link ObjectStore#list} and {@link ObjectStore#holds}. */
        LIST,
        LIST_FOLDER
    }
}
