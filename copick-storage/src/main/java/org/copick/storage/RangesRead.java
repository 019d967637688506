package org.copick.storage;

import java.util.List;
import java.util.Objects;

/**
 * The content of several ranges of one object, all from the same version.
 *
 * @param info the object's key, size and version
 * @param parts one array for each requested range, in the requested order, cut at the object's end
 */
public record RangesRead(ObjectInfo info, List<byte[]> parts) {
    /**
     * Checks that {@code info} is not null. The arrays are not copied.
     *
     * @param info the object's key, size and version
     * @param parts one array for each requested range
     */
    public RangesRead {
        Objects.requireNonNull(info, "info");
    }
}
