package org.copick.storage;

/**
 * Writes an object piece by piece, for content that does not fit into memory. The whole object becomes visible in
 * {@link #complete}. If the writer is closed before that, nothing becomes visible and an existing object remains.
 *
 * <p>For use by one thread at a time. An interrupt ends a call as in {@link ObjectStore}. After a failure the only
 * permitted call is {@link #close}.
 */
public interface ObjectWriter extends AutoCloseable {
    /**
     * Appends a part of an array, which may be changed once this returns. May cost requests.
     *
     * @param bytes the array that contains the bytes
     * @param from the index of the first byte
     * @param length the number of bytes
     */
    void append(byte[] bytes, int from, int length);

    /**
     * Appends all bytes of an array, which may be changed once this returns. May cost requests.
     *
     * @param bytes the bytes to append
     */
    default void append(byte[] bytes) {
        append(bytes, 0, bytes.length);
    }

    /**
     * Makes the whole object visible, and as durable as {@link ObjectStore#write} does. Call it once.
     *
     * @return the object's key, size and new version
     * @throws org.copick.error.AlreadyExistsException if the condition is {@link WriteCondition#IF_ABSENT} and the
     *     object exists
     * @throws org.copick.error.ConflictException if the expected version is not the current one, or if the object does
     *     not exist
     * @throws org.copick.error.OperationInterruptedException if the thread is interrupted; nothing becomes visible
     * @throws org.copick.error.ClosedException if the store was closed; nothing becomes visible
     * @throws org.copick.error.UnsupportedFeatureException if the store does not declare support for the condition and
     *     {@link ObjectStore#writer} did not throw this
     * @throws org.copick.error.ReadOnlyException if the store does not declare {@link StoreCapability#WRITE} and
     *     {@link ObjectStore#writer} did not throw this
     */
    ObjectInfo complete();

    /** Discards the written bytes unless the object is complete. Idempotent; never throws. */
    @Override
    void close();
}
