package org.copick.entity;

import java.util.Objects;

/**
 * An entity that a layer hides, with everything in it, in the layers below.
 *
 * @param key the hidden entity
 * @param layer the layer that hides it
 * @param location the place of the tombstone
 */
public record HiddenEntity(EntityKey key, Layer layer, String location) {
    /**
     * Creates the description of a hidden entity.
     *
     * @param key the hidden entity
     * @param layer the layer that hides it
     * @param location the place of the tombstone
     */
    public HiddenEntity {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(location, "location");
    }
}
