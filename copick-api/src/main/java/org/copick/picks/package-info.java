/**
 * The JSON documents of point annotations ({@link org.copick.picks.PicksDocument}) and of traced filaments
 * ({@link org.copick.picks.FilamentsDocument}), as Python copick reads and writes them.
 *
 * <p>Coordinates are in Å, in the order x, y, z, measured from the corner of the volume. Everything public here is
 * immutable and may be shared between threads. Nothing here touches storage: documents come from bytes and become
 * bytes.
 *
 * <p>Reading is as tolerant as Python's models are (numbers in strings, integers for floats, bare {@code NaN}), and
 * every document that they would refuse is refused with a {@link org.copick.error.CorruptDataException} that names
 * the place, such as {@code points[3].location.y}. Keys that copick does not know are kept, except inside {@code
 * location}.
 */
@NullMarked
package org.copick.picks;

import org.jspecify.annotations.NullMarked;
