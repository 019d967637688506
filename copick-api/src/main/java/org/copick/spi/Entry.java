package org.copick.spi;

import java.util.Objects;
import org.copick.entity.EntityKey;
import org.copick.entity.Layer;

/**
 * An entity that a backend has found.
 *
 * @param key the entity's key
 * @param layer the layer that holds it
 * @param location its path or URL, as a person writes it
 * @param handle the backend's own reference; meaningless to callers
 */
public record Entry(EntityKey key, Layer layer, String location, String handle) {
    /**
     * Creates an entry.
     *
     * @param key the entity's key
     * @param layer the layer that holds it
     * @param location its path or URL, as a person writes it
     * @param handle the backend's own reference, such as a key in its store
     */
    public Entry {
        Objects.requireNonNull(handle, "handle");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(location, "location");
    }

    /** {@return the location, which tells copies of one key apart in messages} */
    @Override
    public String toString() {
        return location;
    }
}
