package org.copick.storage;

/**
 * Is told of every finished store operation: for counting, progress and metrics. Called in the thread that did the
 * operation, so it must be quick and safe for many threads.
 */
@FunctionalInterface
public interface StoreListener {
    void finished(StoreOperation operation);
}
