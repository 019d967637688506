package org.copick.spi;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A field that the metadata of entities can have, for filters.
 *
 * @param name the name of the field in filters, such as {@code method_type}
 * @param type the type of its values
 * @param path the names that lead to a value: one in {@link Entry#metadata}, further ones in maps inside it
 */
public record MetadataField(String name, Type type, List<String> path) {
    /**
     * The name of the field with the name that a catalogue gives a run. Several runs may share it; programs accept it
     * in place of a run's own name.
     */
    public static final String RUN_NAME = "run_name";

    /** The type of the values of a field. */
    public enum Type {
        /** An integer. */
        INTEGER,
        /** A number, as a double. */
        NUMBER,
        /** A text. */
        TEXT,
        /** True or false. */
        BOOLEAN,
        /** A date and time with its offset from UTC, as text in the form of ISO 8601. */
        DATE,
        /** A list of texts. */
        TEXTS
    }

    /**
     * Creates a field.
     *
     * @param name the name of the field in filters
     * @param type the type of its values
     * @param path one or more names; copied
     * @throws IllegalArgumentException if the path is empty
     */
    public MetadataField {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        path = List.copyOf(Objects.requireNonNull(path, "path"));
        if (path.isEmpty()) {
            throw new IllegalArgumentException("the field " + name + " has no path");
        }
    }

    /**
     * {@return the value that an entity has, or empty if it has none}
     *
     * @param metadata the metadata of the entity
     */
    public Optional<Object> valueIn(Map<String, Object> metadata) {
        Object value = metadata;
        for (String step : path) {
            value = value instanceof Map<?, ?> fields ? fields.get(step) : null;
        }
        return Optional.ofNullable(value);
    }
}
