/**
 * Reads and writes the files of other programs.
 *
 * <p>These are MRC volumes ({@link org.copick.exchange.MrcFile}), CSV tables of points ({@link
 * org.copick.exchange.PicksCsv}), STAR tables ({@link org.copick.exchange.StarFile}) and RELION's particles in them
 * ({@link org.copick.exchange.RelionParticles}).
 *
 * <p>Nothing here depends on projects: volumes are read and written as boxes of elements in the order z, y, x, tables
 * as points in Å in the order x, y, z. Files are written to a hidden temporary file beside the target and then
 * renamed, so that readers never see a partial file; an existing file is replaced. Broken files are refused with a
 * {@link org.copick.error.CorruptDataException} that names the file and the place.
 */
@NullMarked
package org.copick.exchange;

import org.jspecify.annotations.NullMarked;
