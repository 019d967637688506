package org.copick.entity;

import java.util.Objects;
import java.util.Optional;

/**
 * One of the roots that a project consists of.
 *
 * @param name the layer's name: {@code overlay}, {@code static}, or a name from the configuration
 * @param readOnly whether nothing may be created, changed or deleted in it
 * @param location its root, as a person writes it
 * @param endpoint the address of the service, if it is not the default one for the location
 */
public record Layer(String name, boolean readOnly, String location, Optional<String> endpoint) {
    /**
     * Creates a layer.
     *
     * @param name the layer's name: {@code overlay}, {@code static}, or a name from the configuration
     * @param readOnly whether nothing may be created, changed or deleted in it
     * @param location its root, as a person writes it
     * @param endpoint the address of the service, if it is not the default one for the location
     */
    public Layer {
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(name, "name");
    }

    /**
     * Creates a layer that uses the default endpoint of its location.
     *
     * @param name the layer's name: {@code overlay}, {@code static}, or a name from the configuration
     * @param readOnly whether nothing may be created, changed or deleted in it
     * @param location its root, as a person writes it
     */
    public Layer(String name, boolean readOnly, String location) {
        this(name, readOnly, location, Optional.empty());
    }

    /**
     * {@return whether the other layer has the location and endpoint of this one; names are not compared}
     *
     * @param other a layer, perhaps of another project
     */
    public boolean isPlaceOf(Layer other) {
        return location.equals(other.location) && endpoint.equals(other.endpoint);
    }
}
