/**
 * The Zarr engine: reads and writes regions of arrays, and groups, in any {@link org.copick.storage.ObjectStore}.
 *
 * <p>The package is independent of copick. Metadata and chunks are untrusted until they are checked: sizes are checked
 * before memory is allocated, and decoded lengths are compared with the metadata.
 */
@NullMarked
package org.copick.zarr;

import org.jspecify.annotations.NullMarked;
