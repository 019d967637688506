package org.copick.cache;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The immediate result of looking up a key in a cache. */
public sealed interface Lookup<V> {
    /** The value is cached. */
    record Held<V>(V value) implements Lookup<V> {}

    /** Another thread is loading the value. */
    record Pending<V>(Waiting<V> waiting) implements Lookup<V> {}

    /**
     * The value is missing. The caller must load it, and {@linkplain Claim#complete complete} or
     * {@linkplain Claim#fail fail} the claim.
     */
    record Claimed<V>(Claim<V> claim) implements Lookup<V> {}

    /** The right and the duty to load a value that other threads may already wait for. */
    interface Claim<V> {
        /** Provides the loaded value. */
        void complete(V value);

        /**
         * Reports a failure to all waiting threads, and lets the next caller try again. Does nothing after
         * {@link #complete}.
         */
        void fail(Throwable failure);
    }

    /** A way to wait for a value without blocking. */
    interface Waiting<V> {
        /** Calls back once in the loading thread, or immediately if the value is already loaded. */
        void whenDone(Consumer<Outcome<V>> action);
    }

    /**
     * The outcome of loading a value.
     *
     * @param value the loaded value, or null if loading failed
     * @param failure the failure, or null
     */
    record Outcome<V>(@Nullable V value, @Nullable Throwable failure) {}
}
