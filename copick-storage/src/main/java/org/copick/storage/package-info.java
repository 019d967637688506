/**
 * Object stores: {@link org.copick.storage.ObjectStore} and the lookup of a store by its URL.
 *
 * <p>A store keeps byte sequences under keys such as {@code ExperimentRuns/TS_001/Picks/a_1_ribosome.json}. Each state
 * of an object has a {@link org.copick.storage.Version}, and a {@link org.copick.storage.WriteCondition} ties a write
 * to it. Abilities beyond reading are declared as {@link org.copick.storage.StoreCapability}. Wrappers restrict or
 * watch a store: {@link org.copick.storage.PrefixStore}, {@link org.copick.storage.ReadOnlyStore} and {@link
 * org.copick.storage.ObservedStore}.
 *
 * <pre>{@code
 * try (ObjectStore store = StorageProviders.open("/data/project", Map.of())) {
 *     StoredObject old = store.read("notes.txt").orElseThrow();
 *     WriteCondition unchanged = WriteCondition.ifVersion(old.info().version());
 *     store.write("notes.txt", "checked".getBytes(StandardCharsets.UTF_8), unchanged); // or a ConflictException
 * }
 * }</pre>
 *
 * <p>This layer does not depend on Zarr or on copick's data model. To add a new kind of storage, implement {@code
 * ObjectStore} and {@link org.copick.storage.StorageProvider}, and register the provider for {@link
 * java.util.ServiceLoader}; {@code ObjectStoreContract} in {@code copick-tests} tests it. The page {@code
 * docs/backend-authors.md} of the sources is the guide.
 *
 * <p>Stores may be used from any thread at any time; an {@link org.copick.storage.ObjectWriter} belongs to one thread.
 * An absent object is an empty result, and every failure is an exception of {@link org.copick.error}. Each method of a
 * store states its cost in requests.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick.storage;

import org.jspecify.annotations.NullMarked;
