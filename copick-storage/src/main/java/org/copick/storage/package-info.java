/**
 * Places to keep bytes: {@link org.copick.storage.ObjectStore} and what finds one for a URL.
 *
 * <p>This layer knows nothing of Zarr or of copick. A new kind of storage is an {@code ObjectStore} and a
 * {@link org.copick.storage.StorageProvider}, registered for {@link java.util.ServiceLoader}.
 */
@NullMarked
package org.copick.storage;

import org.jspecify.annotations.NullMarked;
