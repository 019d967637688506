/**
 * The JSON documents of picks and traced filaments, as Python copick reads and writes them.
 *
 * <p>{@link org.copick.picks.PicksDocument} holds {@linkplain org.copick.picks.Point points}, each with an optional
 * {@link org.copick.picks.Transform}; {@link org.copick.picks.FilamentsDocument} holds {@linkplain
 * org.copick.picks.Filament filaments}, each with its vertices and the {@link org.copick.picks.Curve} from which they
 * were made. Coordinates are in Å, in the order x, y, z, measured from the corner of the volume.
 *
 * <pre>{@code
 * PicksDocument document = PicksDocument.empty("ribosome", "alice", "7", "TS_001")
 *         .withPoints(List.of(Point.at(120.5, 300, 184), Point.at(88, 251.5, 184)));
 * double[] xyz = document.positions(); // x, y, z of the first point, then of the second
 * byte[] json = document.toJson();
 * PicksDocument again = PicksDocument.parse(json, "alice_7_ribosome.json");
 * }</pre>
 *
 * <p>Everything public here is immutable and may be shared between threads. Nothing here does I/O: documents are read
 * from bytes and written to bytes. A million points without orientations take 24 MB.
 *
 * <p>Reading is as tolerant as Python's models (numbers in strings, integers for floats, bare {@code NaN}). Documents
 * that they would refuse are refused with a {@link org.copick.error.CorruptDataException} that names the place, such as
 * {@code points[3].location.y}. Unknown keys are kept, except inside {@code location}. Bytes are untrusted: depth,
 * length of numbers and the number of values are bounded.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick.picks;

import org.jspecify.annotations.NullMarked;
