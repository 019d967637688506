package org.copick.storage;

/**
 * Receives every finished store operation, for counting, progress and metrics. It is called in the thread that ran the
 * operation, so it must be fast and thread-safe.
 */
@FunctionalInterface
public interface StoreListener {
    /**
     * Called after an operation has succeeded or failed.
     *
     * @param operation the finished operation, with its duration and, if it failed, the exception
     */
    void finished(StoreOperation operation);
}
