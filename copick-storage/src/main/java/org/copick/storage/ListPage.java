package org.copick.storage;

import java.util.List;
import java.util.Objects;

/**
 * One page of a recursive listing.
 *
 * @param objects the objects, in {@linkplain KeyOrder key order}
 * @param folders the prefixes within this page that web consoles and other programs created as empty objects named
 *     {@code folder/}. Such names are not valid keys in copick. Only stores without {@link StoreCapability#FOLDERS}
 *     return any
 * @param complete whether this is the last page; otherwise the listing continues after the last key of this page
 */
public record ListPage(List<ObjectInfo> objects, List<String> folders, boolean complete) {
    /**
     * Checks and copies the lists.
     *
     * @param objects the objects, in key order
     * @param folders the prefixes that other programs created as empty objects
     * @param complete whether this is the last page
     * @throws IllegalArgumentException if a page that is not the last one has no objects
     */
    public ListPage {
        Objects.requireNonNull(folders, "folders");
        Objects.requireNonNull(objects, "objects");
        objects = List.copyOf(objects);
        folders = List.copyOf(folders);
        if (!complete && objects.isEmpty()) {
            throw new IllegalArgumentException("a page that is not the last one holds at least one object");
        }
    }

    /**
     * Creates a page without folders.
     *
     * @param objects the objects, in {@linkplain KeyOrder key order}
     * @param complete whether this is the last page
     * @throws IllegalArgumentException if a page that is not the last one has no objects
     */
    public ListPage(List<ObjectInfo> objects, boolean complete) {
        this(objects, List.of(), complete);
    }

    /** {@return whether this page has neither objects nor folders} */
    public boolean isEmpty() {
        return objects.isEmpty() && folders.isEmpty();
    }
}
