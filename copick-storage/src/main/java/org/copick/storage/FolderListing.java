package org.copick.storage;

import java.util.List;
import java.util.Objects;

/**
 * The objects and prefixes directly below a prefix, like the contents of one folder.
 *
 * @param objects the objects directly below the prefix, in {@linkplain KeyOrder key order}
 * @param prefixes the prefixes of deeper keys, each ending with {@code /}, in key order
 */
public record FolderListing(List<ObjectInfo> objects, List<String> prefixes) {
    /** A listing without objects and prefixes. */
    public static final FolderListing EMPTY = new FolderListing(List.of(), List.of());

    /**
     * Copies the lists.
     *
     * @param objects the objects directly below the prefix, in key order
     * @param prefixes the prefixes of deeper keys, in key order
     */
    public FolderListing {
        Objects.requireNonNull(objects, "objects");
        Objects.requireNonNull(prefixes, "prefixes");
        objects = List.copyOf(objects);
        prefixes = List.copyOf(prefixes);
    }
}
