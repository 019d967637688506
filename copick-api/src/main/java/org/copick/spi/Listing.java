package org.copick.spi;

import java.util.List;
import java.util.Objects;
import org.copick.entity.EntityOrder;
import org.copick.entity.HiddenEntity;
import org.copick.entity.UnparsableName;

/**
 * What a backend found of one kind.
 *
 * @param entries in {@link EntityOrder}
 * @param unparsableNames what lies among them but has no name that can be understood
 * @param hidden what a layer hides in the layers below it; of several layers, in the order of the layers
 */
public record Listing(List<Entry> entries, List<UnparsableName> unparsableNames, List<HiddenEntity> hidden) {
    public static final Listing EMPTY = new Listing(List.of(), List.of());

    public Listing {
        Objects.requireNonNull(entries, "entries");
        Objects.requireNonNull(hidden, "hidden");
        Objects.requireNonNull(unparsableNames, "unparsableNames");
        entries = List.copyOf(entries);
        unparsableNames = List.copyOf(unparsableNames);
        hidden = List.copyOf(hidden);
    }

    /** Without anything hidden. */
    public Listing(List<Entry> entries, List<UnparsableName> unparsableNames) {
        this(entries, unparsableNames, List.of());
    }
}
