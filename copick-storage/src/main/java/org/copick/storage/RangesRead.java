package org.copick.storage;

import java.util.List;
import java.util.Objects;

/**
 * Several ranges of one object, all from the same state of it.
 *
 * @param info the object's key, size and version
 * @param parts one array for each range asked for, in that order, cut at the object's end
 */
public record RangesRead(ObjectInfo info, List<byte[]> parts) {
    public RangesRead {
        Objects.requireNonNull(info, "info");
    }
}
