package org.copick.storage.disk;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A range of an object, cut into what is kept and what is not.
 *
 * @param segments without gaps between them
 */
record RangeCover(List<Segment> segments) {
    /**
     * Some of an object.
     *
     * @param piece what holds it, or null
     */
    record Segment(long from, long to, @Nullable Piece piece) {
        int length() {
            return (int) (to - from);
        }
    }

    /**
     * What the pieces hold of the bytes {@code from} to {@code to}.
     *
     * @param pieces by their offsets; they may overlap
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
