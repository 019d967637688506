/**
 * The JSON documents of picks and traced filaments, as Python copick reads and writes them.
 *
 * <p>{@link org.copick.picks.PicksDocument} holds points, {@link org.copick.picks.FilamentsDocument} filaments.
 * Coordinates are in Å, in the order x, y, z, measured from the corner of the volume. Everything public here is
 * immutable and may be shared between threads. Nothing here does I/O: documents are read from bytes and written to
 * bytes.
 *
 * <p>Reading is as tolerant as Python's models (numbers in strings, integers for floats, bare {@code NaN}). Documents
 * that they would refuse are refused with a {@link org.copick.error.CorruptDataException} that names the place, such
 * as {@code points[3].location.y}. Unknown keys are kept, except inside {@code location}.
 */
@NullMarked
package org.copick.picks;

import org.jspecify.annotations.NullMarked;
