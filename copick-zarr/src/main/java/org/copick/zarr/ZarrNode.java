package org.copick.zarr;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An array or a group in a Zarr hierarchy. */
public sealed interface ZarrNode permits ZarrArray, ZarrGroup {
    /** {@return the path in the store; empty for the root} */
    String path();

    /** {@return the location as a path or URL} */
    String location();

    /** {@return the version of the Zarr format: 2 or 3} */
    int zarrFormat();

    /**
     * {@return the user's attributes as an unmodifiable map; empty if there are none} The values are texts, numbers,
     * booleans, lists, maps and nulls.
     */
    Map<String, @Nullable Object> attributes();
}
