/**
 * The service provider interface for catalogues of copick entities, with {@link org.copick.spi.Backend} at its centre.
 *
 * <p>To support a new place for bytes, implement {@link org.copick.storage.ObjectStore} instead: the copick layout
 * works on top of it. Implement {@code Backend} for services that keep their own catalogue, and for combinations of
 * backends such as the overlay.
 *
 * <p>A {@link org.copick.spi.BackendProvider} says which configurations it supports and opens a backend for them. It is
 * listed in {@code META-INF/services/org.copick.spi.BackendProvider} and found by {@link java.util.ServiceLoader}. A
 * {@link org.copick.spi.StoreOpener} gives it the stores of the configuration's roots.
 *
 * <pre>{@code
 * class ArchiveProvider implements BackendProvider {
 *     public String name() {
 *         return "archive";
 *     }
 *
 *     public boolean supports(ProjectConfig config) {
 *         return config.configType().equals("archive");
 *     }
 *
 *     public Backend open(ProjectConfig config, StoreOpener stores) {
 *         String root = config.overlayRoot().orElseThrow();
 *         return new LayoutBackend(stores.open(root, config.overlayFsArgs()), "overlay", false);
 *     }
 * }
 * }</pre>
 *
 * <p>Backends are safe for use by many threads and cache no listings; the model caches. Their cost in requests depends
 * on the implementation; {@link org.copick.layout.LayoutBackend} states its own. {@code
 * org.copick.tests.BackendContract} in the artifact {@code copick-tests} tests every promise. The page {@code
 * docs/backend-authors.md} of the sources is the guide.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick.spi;

import org.jspecify.annotations.NullMarked;
