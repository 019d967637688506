/**
 * Object stores: {@link org.copick.storage.ObjectStore} and the lookup of a store by its URL.
 *
 * <p>This layer does not depend on Zarr or on copick's data model. To add a new kind of storage, implement
 * {@code ObjectStore} and {@link org.copick.storage.StorageProvider}, and register the provider for
 * {@link java.util.ServiceLoader}.
 */
@NullMarked
package org.copick.storage;

import org.jspecify.annotations.NullMarked;
