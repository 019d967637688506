/**
 * Opens volumes of copick projects in ImageJ, shows picks on them and saves point selections as picks.
 *
 * <pre>{@code
 * try (Root root = Copick.open(Path.of("copick.json"))) {
 *     Run run = root.run("TS_001");
 *     ij.ImagePlus image = CopickImagePlus.open(run.voxelSpacing(10).tomogram("wbp"));
 *     run.picks("ribosome:*").forEach(picks -> CopickImagePlus.showPicks(image, picks));
 *     image.show();
 * }
 * }</pre>
 *
 * <p>{@link org.copick.imagej.CopickImagePlus} has every method. Planes are read when ImageJ asks for them, so an image
 * may be larger than memory, and works as long as its project is open. Pixel values are those of the volume; types that
 * ImageJ does not have become floats.
 *
 * <p><b>Coordinates.</b> ImageJ puts the point (3, 5) on the centre of pixel 3 of row 5. Copick puts the position 3 ×
 * voxel size there. So points and positions differ only by the voxel size, and the calibration, in nm, has the origin 0.
 *
 * <p>Nothing here needs a display: everything works with {@code java.awt.headless=true}. The page {@code
 * docs/bridges.md} of the sources has an example.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick.imagej;

import org.jspecify.annotations.NullMarked;
