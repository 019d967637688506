/**
 * Volumes of copick projects as stores of zarr-java.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick.zarrjava;

import org.jspecify.annotations.NullMarked;
