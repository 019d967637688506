/**
 * Tomograms and picks of copick projects in ImageJ.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick.imagej;

import org.jspecify.annotations.NullMarked;
