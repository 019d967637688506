package org.copick.spi;

import java.util.List;

/**
 * What a backend found of one kind.
 *
 * @param entries in {@link EntityOrder}
 * @param unparsableNames what lies among them but has no name that can be understood
 * @param hidden what a layer hides in the layers below it; of several layers, in the order of the layers
 */
public record Listing(List<Entry> entries, List<UnparsableName> unparsableNames, List<Hidden> hidden) {
    public static final Listing EMPTY = new Listing(List.of(), List.of());

    public Listing {
        entries = List.copyOf(entries);
        unparsableNames = List.copyOf(unparsableNames);
        hidden = List.copyOf(hidden);
    }

    /** Without anything hidden. */
    public Listing(List<Entry> entries, List<UnparsableName> unparsableNames) {
        this(entries, unparsableNames, List.of());
    }

    /**
     * Something that a listing passed over.
     *
     * @param location where it is
     * @param reason what is wrong with its name
     */
    public record UnparsableName(String location, String reason) {}

    /**
     * An entity that a layer hides in the layers below it, with everything in it.
     *
     * @param key what is hidden
     * @param layer which layer hides it
     * @param location where that is recorded
     */
    public record Hidden(EntityKey key, Layer layer, String location) {}
}
