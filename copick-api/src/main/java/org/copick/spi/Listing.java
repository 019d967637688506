package org.copick.spi;

import java.util.List;
import java.util.Objects;
import org.copick.entity.EntityOrder;
import org.copick.entity.HiddenEntity;
import org.copick.entity.UnparsableName;

/**
 * The entities of one kind that a backend has found.
 *
 * @param entries the entities, in the order of {@link EntityOrder}
 * @param unparsableNames names among the entities that could not be parsed
 * @param hidden keys that a layer hides in the layers below it; if there are several layers, in the order of the
 *     layers
 */
public record Listing(List<Entry> entries, List<UnparsableName> unparsableNames, List<HiddenEntity> hidden) {
    /** A listing of nothing. */
    public static final Listing EMPTY = new Listing(List.of(), List.of());

    /**
     * Creates a listing with copies of these lists.
     *
     * @param entries the entities, in the order of {@link EntityOrder}
     * @param unparsableNames names among the entities that could not be parsed
     * @param hidden keys that a layer hides in the layers below it
     */
    public Listing {
        Objects.requireNonNull(entries, "entries");
        Objects.requireNonNull(hidden, "hidden");
        Objects.requireNonNull(unparsableNames, "unparsableNames");
        entries = List.copyOf(entries);
        unparsableNames = List.copyOf(unparsableNames);
        hidden = List.copyOf(hidden);
    }

    /**
     * Creates a listing without hidden entities.
     *
     * @param entries the entities, in the order of {@link EntityOrder}
     * @param unparsableNames names among the entities that could not be parsed
     */
    public Listing(List<Entry> entries, List<UnparsableName> unparsableNames) {
        this(entries, unparsableNames, List.of());
    }
}
