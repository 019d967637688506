package org.copick.cache;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The immediate result of looking up a key in a cache.
 *
 * @param <V> the type of the value
 */
public sealed interface Lookup<V> {
    /**
     * The value is cached.
     *
     * @param <V> the type of the value
     * @param value the cached value
     */
    record Held<V>(V value) implements Lookup<V> {}

    /**
     * Another thread is loading the value.
     *
     * @param <V> the type of the value
     * @param waiting a way to wait for that thread
     */
    record Pending<V>(Waiting<V> waiting) implements Lookup<V> {}

    /**
     * The value is missing. The caller must load it, and {@linkplain Claim#complete complete} or
     * {@linkplain Claim#fail fail} the claim.
     *
     * @param <V> the type of the value
     * @param claim the caller's claim, which other threads may wait for
     */
    record Claimed<V>(Claim<V> claim) implements Lookup<V> {}

    /**
     * The right and the duty to load a value that other threads may already wait for.
     *
     * @param <V> the type of the value
     */
    interface Claim<V> {
        /**
         * Provides the loaded value to all waiting threads. Does nothing after {@link #complete} or {@link #fail}.
         *
         * @param value the loaded value
         */
        void complete(V value);

        /**
         * Reports a failure to all waiting threads, and lets the next caller try again. Does nothing after
         * {@link #complete} or {@link #fail}.
         *
         * @param failure the failure that waiting threads receive
         */
        void fail(Throwable failure);
    }

    /**
     * A way to wait for a value without blocking.
     *
     * @param <V> the type of the value
     */
    interface Waiting<V> {
        /**
         * Calls back once in the loading thread, or immediately if the value is already loaded.
         *
         * @param action receives the value or the failure
         */
        void whenDone(Consumer<Outcome<V>> action);
    }

    /**
     * The outcome of loading a value.
     *
     * @param <V> the type of the value
     * @param value the loaded value, or null if loading failed
     * @param failure the failure, or null
     */
    record Outcome<V>(@Nullable V value, @Nullable Throwable failure) {}
}
