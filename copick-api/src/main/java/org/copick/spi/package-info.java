/**
 * What a catalogue of copick entities is: {@link org.copick.spi.Backend} and what finds one for a configuration.
 *
 * <p>Authors of a new place for bytes implement {@link org.copick.storage.ObjectStore} instead and get the copick layout
 * on it for free; a {@code Backend} is for services that keep their own catalogue, and for combinations of others such
 * as the overlay.
 */
@NullMarked
package org.copick.spi;

import org.jspecify.annotations.NullMarked;
