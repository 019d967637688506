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
    /**
     * Checks that the value is not null.
     *
     * @param value the store's own text
     */
    public Version {
        Objects.requireNonNull(value, "value");
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
