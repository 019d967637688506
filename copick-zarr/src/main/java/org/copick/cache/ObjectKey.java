package org.copick.cache;

import org.jspecify.annotations.Nullable;

/**
 * A stored object.
 *
 * @param store the identity of the store
 * @param key its key in it
 */
public record ObjectKey(String store, String key) {
    // spelled out because what a record comes with is put together at run time, which a new process waits for
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ObjectKey object && key.equals(object.key) && store.equals(object.store);
    }

    @Override
    public int hashCode() {
        return 31 * store.hashCode() + key.hashCode();
    }
}
