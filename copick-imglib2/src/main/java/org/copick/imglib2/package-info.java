/**
 * Volumes of copick projects as ImgLib2 images.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick.imglib2;

import org.jspecify.annotations.NullMarked;
