package org.copick.storage;

import java.util.List;

/**
 * A stretch of a recursive listing.
 *
 * @param objects in {@linkplain KeyOrder key order}
 * @param complete whether the listing ends here; otherwise it goes on after the last key of this page
 */
public record ListPage(List<ObjectInfo> objects, boolean complete) {
    public ListPage {
        objects = List.copyOf(objects);
        if (!complete && objects.isEmpty()) {
            throw new IllegalArgumentException("a page that is not the last one holds at least one object");
        }
    }
}
