package org.copick.storage.disk;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of an object, cut into what is kept and what is not.
 *
 * @param stretches without gaps between them
 */
record Cover(List<Stretch> stretches) {
    /**
     * Some of an object.
     *
     * @param piece what holds it, or null
     */
    record Stretch(long from, long to, @Nullable Piece piece) {
        int length() {
            return (int) (to - from);
        }
    }

    /** What the pieces, which may overlap, hold of the bytes {@code from} to {@code to}. */
    static Cover of(long from, long to, List<Piece> pieces) {
        List<Stretch> stretches = new ArrayList<>();
        for (long at = from; at < to; ) {
            Piece longest = null;
            long next = to;
            for (Piece piece : pieces) {
                if (piece.offset() > at) {
                    next = Math.min(next, piece.offset());
                } else if (piece.end() > at && (longest == null || piece.end() > longest.end())) {
                    longest = piece;
                }
            }
            long end = longest == null ? next : Math.min(to, longest.end());
            stretches.add(new Stretch(at, end, longest));
            at = end;
        }
        return new Cover(stretches);
    }

    boolean isWhole() {
        return stretches.stream().allMatch(stretch -> stretch.piece != null);
    }
}
