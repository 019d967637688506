package org.copick.storage;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An opaque identifier of one state of one object: an ETag, a generation or, on disk, size, time and file identity. How
 * reliably equal versions mean equal content depends on the store and is documented there.
 *
 * @param value the store's own text for that state; equal texts are equal versions
 */
public record Version(String value) {
    private static final String SIZE = "size ";

    /**
     * Checks that the value is not null.
     *
     * @param value the store's own text
     */
    public Version {
        Objects.requireNonNull(value, "value");
    }

    /**
     * {@return a version that only says how long an object is, for stores that know nothing else about it}
     *
     * @param size the object's size in bytes
     */
    public static Version ofSize(long size) {
        return new Version(SIZE + size);
    }

    /**
     * {@return whether equal versions mean equal content, as far as the store can tell} False for versions made by
     * {@link #ofSize}: content of such a version must not be cached beyond one read of it.
     */
    public boolean identifiesContent() {
        return !value.startsWith(SIZE);
    }

    // written out because a record's own methods slow down the command's start; docs/performance.md has the figure
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Version version && value.equals(version.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }
}
