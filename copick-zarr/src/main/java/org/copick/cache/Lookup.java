package org.copick.cache;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a cache answers at once. */
public sealed interface Lookup<V> {
    /** It is there. */
    record Held<V>(V value) implements Lookup<V> {}

    /** Somebody else is loading it. */
    record Pending<V>(Waiting<V> waiting) implements Lookup<V> {}

    /** Nobody has it: whoever asked must load it, and {@linkplain Claim#complete complete} or {@linkplain Claim#fail fail}. */
    record Claimed<V>(Claim<V> claim) implements Lookup<V> {}

    /** The right and the duty to load something that others may already wait for. */
    interface Claim<V> {
        /** Hands over what was loaded. */
        void complete(V value);

        /** Tells those who wait, and lets the next one who asks try again. Does nothing after {@link #complete}. */
        void fail(Throwable failure);
    }

    /** A way to wait that blocks nobody. */
    interface Waiting<V> {
        /** Calls back once, in whatever thread loads; at once where that is done. */
        void whenDone(Consumer<Outcome<V>> action);
    }

    /**
     * How loading ended.
     *
     * @param value what was loaded, or null where it failed
     * @param failure why, or null
     */
    record Outcome<V>(@Nullable V value, @Nullable Throwable failure) {}
}
