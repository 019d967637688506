package org.copick.entity;

import java.util.Objects;

/**
 * A name that a listing found among entities and could not parse.
 *
 * @param location the path or URL of the object or folder
 * @param reason what is wrong with the name
 */
public record UnparsableName(String location, String reason) {
    /**
     * Creates the description of a name.
     *
     * @param location the path or URL of the object or folder
     * @param reason what is wrong with the name
     */
    public UnparsableName {
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(reason, "reason");
    }
}
