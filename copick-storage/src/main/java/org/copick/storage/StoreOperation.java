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
    /**
     * Checks that nothing but the failure is null.
     *
     * @param kind the kind of operation
     * @param location the store's location
     * @param key the key or prefix
     * @param bytes the number of content bytes read or written
     * @param duration the time the operation took
     * @param failure the exception it threw, or null if it succeeded
     */
    public StoreOperation {
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(location, "location");
    }

    /** The operations of an {@link ObjectStore}. */
    public enum Kind {
        /** {@link ObjectStore#read}. */
        READ,
        /** {@link ObjectStore#readRanges} and {@link ObjectStore#readInto}. */
        READ_RANGES,
        /** {@link ObjectStore#info}. */
        INFO,
        /** {@link ObjectStore#write}, and all calls of an {@link ObjectStore#writer} together. */
        WRITE,
        /** {@link ObjectStore#copy}; the key is that of the copied object. */
        COPY,
        /** {@link ObjectStore#delete} and {@link ObjectStore#deleteAll}; the latter reports its first key. */
        DELETE,
        /** {@link ObjectStore#deletePrefix}. */
        DELETE_PREFIX,
        /** {@link ObjectStore#replacePrefix}; the key is the replaced prefix. */
        REPLACE_PREFIX,
        /** {@link ObjectStore#list} and {@link ObjectStore#holds}. */
        LIST,
        /** {@link ObjectStore#listFolder}. */
        LIST_FOLDER
    }
}
