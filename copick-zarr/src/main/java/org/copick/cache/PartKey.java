package org.copick.cache;

import org.copick.storage.Version;
import org.jspecify.annotations.Nullable;

/**
 * A part of one state of a stored object, decoded.
 *
 * @param object where it is
 * @param version the state
 * @param decoding whatever the decoding depends on, comparable
 * @param part which part, counted as the decoding counts
 */
public record PartKey(ObjectKey object, Version version, Object decoding, int part) {
    // spelled out because what a record comes with is put together at run time, which a new process waits for
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PartKey key
                && part == key.part
                && object.equals(key.object)
                && version.equals(key.version)
                && decoding.equals(key.decoding);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * object.hashCode() + version.hashCode()) + part;
    }
}
