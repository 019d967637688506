/**
 * The copick layout: the keys of entities in a store (spec section 4), and a backend for any store in that layout.
 *
 * <p>{@link org.copick.layout.LayoutBackend} maps each entity to a key of an {@link org.copick.storage.ObjectStore},
 * for example the picks of {@code alice} to {@code ExperimentRuns/TS_001/Picks/alice_7_ribosome.json}. No other package
 * knows these names. {@link org.copick.layout.LayoutBackendProvider} opens configurations with one root; {@code
 * copick-overlay} combines several.
 *
 * <p>Most programs open a {@link org.copick.Root} instead. A backend of one's own can use the layout for its stores:
 *
 * <pre>{@code
 * try (Backend backend = new LayoutBackend(StorageProviders.open("/data/project", Map.of()), "shared", true)) {
 *     for (Entry run : backend.list(EntityKind.RUN, null).entries()) {
 *         System.out.println(run.key() + " at " + run.location());
 *     }
 * }
 * }</pre>
 *
 * <p>Names that do not follow the layout never make a listing fail; they are returned beside the entities. Reading
 * creates nothing.
 *
 * <p>A listing costs one request of the store, that of segmentations three; a document costs one. On stores with a
 * network round trip for each call, {@link org.copick.layout.LayoutBackend#prefetching} answers from pages of keys.
 * Safe for use by many threads. {@code docs/spec/python-behaviour.md} of the sources specifies the layout.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick.layout;

import org.jspecify.annotations.NullMarked;
