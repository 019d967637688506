package org.copick.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.copick.entity.EntityKey;
import org.copick.entity.Layer;

/**
 * An entity that a backend has found.
 *
 * @param key the entity's key
 * @param layer the layer that holds it
 * @param location its path or URL, as a person writes it; tells entities with one key in one layer apart
 * @param handle the backend's own reference; meaningless to callers
 * @param metadata what the catalogue knows about the entity, by name: texts, numbers, booleans, lists and maps of them;
 *     empty in the copick layout
 */
public record Entry(EntityKey key, Layer layer, String location, String handle, Map<String, Object> metadata) {
    /**
     * Creates an entry.
     *
     * @param key the entity's key
     * @param layer the layer that holds it
     * @param location its path or URL, as a person writes it
     * @param handle the backend's own reference, such as a key in its store
     * @param metadata what the catalogue knows about the entity; copied
     */
    public Entry {
        Objects.requireNonNull(handle, "handle");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(location, "location");
        metadata = metadata.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /**
     * Creates an entry without metadata.
     *
     * @param key the entity's key
     * @param layer the layer that holds it
     * @param location its path or URL, as a person writes it
     * @param handle the backend's own reference, such as a key in its store
     */
    public Entry(EntityKey key, Layer layer, String location, String handle) {
        this(key, layer, location, handle, Map.of());
    }

    /** {@return the location, which tells copies of one key apart in messages} */
    @Override
    public String toString() {
        return location;
    }
}
