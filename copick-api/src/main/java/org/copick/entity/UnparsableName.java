package org.copick.entity;

import java.util.Objects;

/**
 * Something that a listing found among entities, whose name is none of theirs.
 *
 * @param location where it is
 * @param reason what is wrong with its name
 */
public record UnparsableName(String location, String reason) {
    public UnparsableName {
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(reason, "reason");
    }
}
