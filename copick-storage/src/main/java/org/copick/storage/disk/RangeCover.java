package org.copick.storage.disk;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A range of an object, divided into cached and missing segments.
 *
 * @param segments consecutive segments without gaps
 */
record RangeCover(List<Segment> segments) {
    /**
     * A part of an object.
     *
     * @param piece the piece that contains this part, or null if it is not cached
     */
    record Segment(long from, long to, @Nullable Piece piece) {
        int length() {
            return (int) (to - from);
        }
    }

    /**
     * Divides the bytes from {@code from} to {@code to} (exclusive) by the pieces that contain them.
     *
     * @param pieces ordered by offset; they may overlap
     */
    static RangeCover of(long from, long to, List<Piece> pieces) {
        List<Segment> segments = new ArrayList<>();
        Piece longest = null;
        int next = 0;
        for (long at = from; at < to; ) {
            for (; next < pieces.size() && pieces.get(next).offset() <= at; next++) {
                Piece piece = pieces.get(next);
                longest = longest == null || piece.end() > longest.end() ? piece : longest;
            }
            Piece holder = longest != null && longest.end() > at ? longest : null;
            long end = holder != null
                    ? holder.end()
                    : next < pieces.size() ? pieces.get(next).offset() : to;
            segments.add(new Segment(at, Math.min(to, end), holder));
            at = end;
        }
        return new RangeCover(segments);
    }

    boolean isWhole() {
        return segments.stream().allMatch(segment -> segment.piece != null);
    }
}
