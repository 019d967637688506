package org.copick.storage;

/**
 * Receives every finished store operation, for counting, progress and metrics. It is called in the thread that ran the
 * operation, so it must be fast and thread-safe.
 */
@FunctionalInterface
public interface StoreListener {
    /**
     * Called once after an operation has succeeded or failed. An exception thrown here reaches the operation's caller,
     * although the operation itself may have succeeded.
     *
     * @param operation the finished operation, with its duration and, if it failed, the exception
     */
    void finished(StoreOperation operation);
}
