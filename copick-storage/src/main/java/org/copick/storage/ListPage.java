package org.copick.storage;

import java.util.List;
import java.util.Objects;

/**
 * A stretch of a recursive listing.
 *
 * @param objects in {@linkplain KeyOrder key order}
 * @param folders prefixes that exist without an object below them, as far as they lie in this stretch: those for which web
 *     consoles and other programs left an empty {@code folder/}, which is no key here. Only stores without
 *     {@link StoreCapability#FOLDERS} give any
 * @param complete whether the listing ends here; otherwise it goes on after the last key of this page
 */
public record ListPage(List<ObjectInfo> objects, List<String> folders, boolean complete) {
    public ListPage {
        Objects.requireNonNull(folders, "folders");
        Objects.requireNonNull(objects, "objects");
        objects = List.copyOf(objects);
        folders = List.copyOf(folders);
        if (!complete && objects.isEmpty()) {
            throw new IllegalArgumentException("a page that is not the last one holds at least one object");
        }
    }

    /** A page of nothing but objects. */
    public ListPage(List<ObjectInfo> objects, boolean complete) {
        this(objects, List.of(), complete);
    }

    /** Whether there is neither an object nor a folder. */
    public boolean isEmpty() {
        return objects.isEmpty() && folders.isEmpty();
    }
}
