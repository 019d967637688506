package org.copick.spi;

import java.util.Objects;
import org.copick.entity.EntityKey;
import org.copick.entity.Layer;

/**
 * An entity that a backend has found.
 *
 * @param key what it is
 * @param layer which layer it lies in
 * @param location where, as a person writes it: a path or URL
 * @param handle the backend's own reference; of no meaning to others
 */
public record Entry(EntityKey key, Layer layer, String location, String handle) {
    public Entry {
        Objects.requireNonNull(key, "key");
    }

    /** Which copy of the key this is, for messages. */
    @Override
    public String toString() {
        return location;
    }
}
