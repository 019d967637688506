package org.copick.spi;

import java.util.List;

/**
 * What a backend found of one kind.
 *
 * @param entries in {@link EntityOrder}
 * @param skipped what lies among them but has no name that can be understood
 */
public record Listing(List<Entry> entries, List<Skipped> skipped) {
    public static final Listing EMPTY = new Listing(List.of(), List.of());

    public Listing {
        entries = List.copyOf(entries);
        skipped = List.copyOf(skipped);
    }

    /**
     * Something that a listing passed over.
     *
     * @param location where it is
     * @param reason what is wrong with its name
     */
    public record Skipped(String location, String reason) {}
}
