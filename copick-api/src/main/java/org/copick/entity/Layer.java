package org.copick.entity;

import java.util.Objects;
import java.util.Optional;

/**
 * One of the places a project is made of.
 *
 * @param name what people call it: {@code overlay}, {@code static}, or what the configuration says
 * @param readOnly whether nothing may be created, changed or deleted in it
 * @param location its root, as a person writes it
 * @param endpoint the address of the service, where it is not the one that the location means by itself
 */
public record Layer(String name, boolean readOnly, String location, Optional<String> endpoint) {
    public Layer {
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(name, "name");
    }

    /** A layer whose location says all. */
    public Layer(String name, boolean readOnly, String location) {
        this(name, readOnly, location, Optional.empty());
    }

    /** Whether this is the place of another layer, whatever their names. */
    public boolean isPlaceOf(Layer other) {
        return location.equals(other.location) && endpoint.equals(other.endpoint);
    }
}
