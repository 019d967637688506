/**
 * The service provider interface for catalogues of copick entities, with {@link org.copick.spi.Backend} at its centre.
 *
 * <p>To support a new place for bytes, implement {@link org.copick.storage.ObjectStore} instead: the copick layout
 * works on top of it. Implement {@code Backend} for services that keep their own catalogue, and for combinations of
 * backends such as the overlay.
 */
@NullMarked
package org.copick.spi;

import org.jspecify.annotations.NullMarked;
