package org.copick.entity;

import java.util.Objects;

/**
 * An entity that a layer hides in the layers below it, with everything in it.
 *
 * @param key what is hidden
 * @param layer which layer hides it
 * @param location where that is recorded
 */
public record HiddenEntity(EntityKey key, Layer layer, String location) {
    public HiddenEntity {
        Objects.requireNonNull(key, "key");
    }
}
