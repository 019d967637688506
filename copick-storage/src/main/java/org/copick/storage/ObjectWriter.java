package org.copick.storage;

/**
 * An object that is written piece by piece, for content that does not fit into memory. It appears as a whole in
 * {@link #complete}; closed before that, it never appears and what was there stays.
 *
 * <p>For use by one thread at a time. An interrupt ends a call as in {@link ObjectStore}. After a failure a writer can
 * only be closed.
 */
public interface ObjectWriter extends AutoCloseable {
    /** Appends bytes, which may be changed as soon as this returns. May cost requests. */
    void append(byte[] bytes, int from, int length);

    /** Appends all of these bytes, which may be changed as soon as this returns. */
    default void append(byte[] bytes) {
        append(bytes, 0, bytes.length);
    }

    /**
     * Makes the object appear, whole and durable like one of {@link ObjectStore#write}. To be called once.
     *
     * @throws org.copick.error.AlreadyExistsException for {@link WriteCondition#IF_ABSENT} on a taken key
     * @throws org.copick.error.ConflictException for an expected version that is not the current one
     */
    ObjectInfo complete();

    /** Discards what was written, unless it is complete. Idempotent; never throws. */
    @Override
    void close();
}
