/**
 * The Zarr engine: arrays and groups in any {@link org.copick.storage.ObjectStore}, read region by region.
 *
 * <p>It knows nothing of copick. Metadata and chunks are taken for hostile until they are checked: sizes before anything
 * is allocated, decoded lengths against what the metadata say.
 */
@NullMarked
package org.copick.zarr;

import org.jspecify.annotations.NullMarked;
