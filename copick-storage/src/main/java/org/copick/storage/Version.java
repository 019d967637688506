package org.copick.storage;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An opaque mark of one state of one object: an ETag, a generation, or on disk size, time and file identity. Equal
 * versions mean equal content only as far as the store's own marks do; the store's documentation says how far.
 */
public record Version(String value) {
    public Version {
        Objects.requireNonNull(value, "value");
    }

    // spelled out for the start of the command; docs/performance.md has the figure
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Version version && value.equals(version.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }
}
