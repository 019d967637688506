package org.copick.zarr;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** An array or a group in a Zarr hierarchy. */
public sealed interface ZarrNode permits ZarrArray, ZarrGroup {
    /** Its path in the store; empty for the root. */
    String path();

    /** Where it is, as a path or URL. */
    String location();

    /** The version of the format: 2 or 3. */
    int zarrFormat();

    /** The user's attributes, as a copy; empty where there are none. */
    ObjectNode attributes();
}
