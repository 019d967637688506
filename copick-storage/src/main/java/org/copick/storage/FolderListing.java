package org.copick.storage;

import java.util.List;
import java.util.Objects;

/**
 * One level of a store's key space, like the contents of one folder.
 *
 * @param objects the objects directly on this level, in {@linkplain KeyOrder key order}
 * @param prefixes the prefixes of deeper keys, each ending with {@code /}, in key order
 */
public record FolderListing(List<ObjectInfo> objects, List<String> prefixes) {
    public static final FolderListing EMPTY = new FolderListing(List.of(), List.of());

    public FolderListing {
        Objects.requireNonNull(objects, "objects");
        Objects.requireNonNull(prefixes, "prefixes");
        objects = List.copyOf(objects);
        prefixes = List.copyOf(prefixes);
    }
}
