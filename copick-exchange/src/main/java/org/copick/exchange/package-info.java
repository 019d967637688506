/**
 * The files of other programs: MRC volumes ({@link org.copick.exchange.MrcFile}), CSV tables of points ({@link
 * org.copick.exchange.PicksCsv}), STAR tables ({@link org.copick.exchange.StarFile}) and the particles of RELION in them
 * ({@link org.copick.exchange.RelionParticles}).
 *
 * <p>Nothing here knows of projects: volumes come from and become boxes of elements in the order z, y, x, tables become
 * points in Å in the order x, y, z. Files are written to a hidden temporary file beside and renamed, so that nobody sees
 * half of one; an existing file is replaced. Files that are broken are refused with a {@link
 * org.copick.error.CorruptDataException} that names the file and the place.
 */
@NullMarked
package org.copick.exchange;

import org.jspecify.annotations.NullMarked;
