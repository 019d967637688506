/**
 * Volumes of copick projects as images of ImgLib2, and so for BigDataViewer, Mastodon, BigStitcher and N5's tools.
 *
 * <p>{@link org.copick.imglib2.CopickImages} opens a tomogram, features or a segmentation, from disk or cloud and under
 * an overlay. {@link org.copick.imglib2.CopickImage} has one lazily read image for each level, with the sizes and scales
 * that viewers ask for; {@link org.copick.imglib2.EditableImage} takes changes and writes them.
 *
 * <p>The module depends on {@code net.imglib2:imglib2} alone. The page {@code docs/bridges.md} of the sources has an
 * example, also for BigDataViewer.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick.imglib2;

import org.jspecify.annotations.NullMarked;
