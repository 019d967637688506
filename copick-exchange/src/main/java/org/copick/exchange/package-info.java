/**
 * Reads and writes the files of other programs.
 *
 * <p>These are MRC volumes ({@link org.copick.exchange.MrcFile}), CSV tables of points ({@link
 * org.copick.exchange.PicksCsv}), STAR tables ({@link org.copick.exchange.StarFile}) and RELION's particles in them
 * ({@link org.copick.exchange.RelionParticles}).
 *
 * <pre>{@code
 * try (MrcFile mrc = MrcFile.open(Path.of("tomogram.mrc"))) {
 *     System.out.println(Arrays.toString(mrc.shape()) + " of " + mrc.voxelSize().orElse(10) + " Å"); // z, y, x
 *     MrcFile.write(Path.of("copy.mrc"), mrc.shape(), mrc.type(), 10, mrc.source());
 * }
 * Map<String, List<Point>> pointsByRun = PicksCsv.read(Path.of("picks.csv")); // x, y, z in Å
 * }</pre>
 *
 * <p>Nothing here depends on projects: volumes are read and written as boxes of elements in the order z, y, x, tables
 * as points in Å in the order x, y, z. Files are on the local disk. They are written to a hidden temporary file beside
 * the target and then renamed, so that readers never see a partial file; an existing file is replaced.
 *
 * <p>Files are untrusted. Broken ones are refused with a {@link org.copick.error.CorruptDataException} that names the
 * file and the place, and headers of MRC files are compared with the length of the file before anything is allocated.
 * Data that a format cannot hold is refused instead of changed.
 *
 * <p>Volumes are read box by box and may exceed memory; STAR tables are held in memory. Options, tables and points are
 * immutable. The page {@code docs/command.md} of the sources shows the commands that use this package.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick.exchange;

import org.jspecify.annotations.NullMarked;
