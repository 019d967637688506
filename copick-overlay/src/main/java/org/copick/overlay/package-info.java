/**
 * Projects that consist of read-only layers below a writable one.
 *
 * <p>Add the artifact to the class path; {@link org.copick.overlay.OverlayBackendProvider} then opens configurations
 * with a static root or with {@code layers}. Code that opens a {@link org.copick.Root} need not name it. {@link
 * org.copick.overlay.OverlayBackend} combines backends of any kind:
 *
 * <pre>{@code
 * Backend mine = new LayoutBackend(StorageProviders.open("/home/me/annotations", Map.of()), "mine", false);
 * Backend shared = new LayoutBackend(StorageProviders.open("/data/project", Map.of()), "shared", true);
 * try (Backend both = new OverlayBackend(List.of(mine, shared))) { // highest precedence first
 *     System.out.println(both.list(EntityKind.RUN, null).entries());
 * }
 * }</pre>
 *
 * <p>An entity of an earlier layer shadows that of the same key in later ones. New entities are written to the first
 * layer, the only one that may be writable. A tombstone in a layer hides an entity, with everything in it, in the
 * layers below; nothing in these changes.
 *
 * <p>A listing queries every layer once; a lookup queries one layer after the other. Before entities of a later layer
 * are shown, each earlier layer is queried for tombstones of their parents. Safe for use by many threads.
 *
 * <p>The page {@code docs/layers.md} of the sources describes configuration, hiding, comparing and publishing.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick.overlay;

import org.jspecify.annotations.NullMarked;
