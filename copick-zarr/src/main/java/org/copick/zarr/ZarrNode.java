package org.copick.zarr;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An array or a group in a Zarr hierarchy. */
public sealed interface ZarrNode permits ZarrArray, ZarrGroup {
    /** Its path in the store; empty for the root. */
    String path();

    /** Where it is, as a path or URL. */
    String location();

    /** The version of the format: 2 or 3. */
    int zarrFormat();

    /** The user's attributes, as text, numbers, booleans, lists, maps and nulls, not to be changed; empty where there are none. */
    Map<String, @Nullable Object> attributes();
}
