package org.copick.picks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the control points of a Catmull-Rom curve from the points of a polyline.
 *
 * <p>These are the ends, then repeatedly the point farthest from the curve. A new control point changes at most four
 * pieces of the curve, and only what depends on them is recomputed.
 */
final class CurveFit {
    static final double ALPHA = 0.5;

    private static final int RUN = 8;

    /** Most steps of a piece that is evaluated: 65,536 samples, which take some milliseconds. */
    private static final int LONG = 4096;

    private final Polyline line;
    private final double tolerance;

    /** The previous control point of each control point, by index in the line; −1 for the first. */
    private final int[] before;

    /** The next control point of each control point, by index in the line; −1 for the last. */
    private final int[] after;

    /** The piece that starts at a control point; null for the last one and for all other points. */
    private final @Nullable Piece[] pieces;

    /** Boxes around the pieces that start in each run of {@link #RUN} points. */
    private final BoxTree runs;

    /**
     * The distance in Å of each point to one piece of the curve, {@link #nearest}.
     *
     * <p>It is never less than the distance to the whole curve, and equals it once the point was checked in this
     * round.
     */
    private final Tournament distances;

    private final Piece[] nearest;
    private final int[] checked;
    private int round;
    private long curvePoints;

    private CurveFit(Polyline line, double tolerance) {
        this.line = line;
        this.tolerance = tolerance;
        int n = line.size();
        this.before = new int[n];
        this.after = new int[n];
        this.pieces = new Piece[n];
        this.runs = new BoxTree((n + RUN - 1) / RUN);
        this.distances = new Tournament(n);
        this.nearest = new Piece[n];
        this.checked = new int[n];
        link(-1, 0);
        link(0, n - 1);
        after[n - 1] = -1;
        renew(0);
    }

    /**
     * Returns the indices of the chosen points, ascending.
     *
     * @throws IllegalArgumentException if the tolerance is not above 0 and finite, or the points are not finite, all
     *     equal, closed, or too far apart for the tolerance
     */
    static int[] indices(Polyline points, double tolerance) {
        if (!(tolerance > 0) || Double.isInfinite(tolerance)) {
            throw new IllegalArgumentException("tolerance must be above 0 and finite, not " + tolerance);
        }
        if (!points.isFinite()) {
            throw new IllegalArgumentException("points must be finite");
        }
        int[] distinct = distinct(points);
        if (distinct.length < 2) {
            throw new IllegalArgumentException("a curve needs two distinct points");
        }
        Polyline line = points.select(distinct);
        if (!line.areApart(0, line.size() - 1)) {
            throw new IllegalArgumentException("the points end where they start; a closed line cannot be fitted");
        }
        return Arrays.stream(new CurveFit(line, tolerance).choose())
                .map(i -> distinct[i])
                .toArray();
    }

    private static int[] distinct(Polyline points) {
        int[] kept = new int[points.size()];
        int count = 0;
        for (int i = 0; i < points.size(); i++) {
            if (i == 0 || points.areApart(i - 1, i)) {
                kept[count++] = i;
            }
        }
        return Arrays.copyOf(kept, count);
    }

    private int[] choose() {
        int far = farthest();
        while (distances.get(far) > tolerance && !isControl(far)) {
            insert(far);
            far = farthest();
        }
        int[] chosen = new int[line.size()];
        int count = 0;
        for (int i = 0; i >= 0; i = after[i]) {
            chosen[count++] = i;
        }
        return Arrays.copyOf(chosen, count);
    }

    private boolean isControl(int i) {
        return pieces[i] != null || after[i] < 0;
    }

    /** Returns the first of the points farthest from the curve, after checking its distance. */
    private int farthest() {
        round++;
        while (checked[distances.first()] != round) {
            check(distances.first());
        }
        return distances.first();
    }

    private void check(int i) {
        checked[i] = round;
        double x = line.x(i);
        double y = line.y(i);
        double z = line.z(i);
        Piece known = nearest[i];
        double least = known.index.squaredDistance(x, y, z, Double.POSITIVE_INFINITY);
        double found = runs.nearest(x, y, z, least, (run, best) -> {
            double nearer = best;
            for (int start = run * RUN; start < Math.min(run * RUN + RUN, line.size()); start++) {
                Piece piece = pieces[start];
                double distance = piece == null ? nearer : piece.index.squaredDistance(x, y, z, nearer);
                if (piece != null && distance < nearer) {
                    nearer = distance;
                    nearest[i] = piece;
                }
            }
            return nearer;
        });
        if (nearest[i] != known) {
            nearest[i].visitors.add(i);
            distances.set(i, Math.sqrt(found));
        }
    }

    private void insert(int i) {
        int start = startOfPiece(i);
        int end = after[start];
        if (!line.areApart(start, i) || !line.areApart(i, end)) {
            throw new IllegalArgumentException("points nearly coincide; use a larger tolerance than " + tolerance);
        }
        link(start, i);
        link(i, end);
        List<Piece> replaced = new ArrayList<>();
        for (int renewed : new int[] {before[start], start, i, end}) {
            if (renewed >= 0 && after[renewed] >= 0) {
                Piece old = renew(renewed);
                if (old != null) {
                    replaced.add(old);
                }
            }
        }
        for (Piece old : replaced) {
            for (int visitor : old.visitors) {
                if (nearest[visitor] == old) {
                    measure(visitor, Objects.requireNonNull(pieces[startOfPiece(visitor)]));
                }
            }
        }
    }

    /** Returns the start of the piece that a point is assigned to until it is checked. */
    private int startOfPiece(int i) {
        int start = i;
        while (pieces[start] == null) {
            start--;
        }
        return start;
    }

    private void link(int from, int to) {
        if (from >= 0) {
            after[from] = to;
        }
        before[to] = from;
    }

    /**
     * Computes the piece that starts at a control point, and the distances to it of the points assigned to it.
     *
     * @return the piece that started there before, or null
     */
    private @Nullable Piece renew(int start) {
        Piece old = pieces[start];
        int end = after[start];
        CatmullRom segment = CatmullRom.between(line, before[start], start, end, after[end], ALPHA);
        curvePoints -= old == null ? 0 : old.index.size();
        Piece piece = new Piece(index(segment));
        curvePoints += piece.index.size();
        if (curvePoints > CurveSampling.MAX_POINTS) {
            throw CurveSampling.tooMany(tolerance);
        }
        pieces[start] = piece;
        fitBoxes(start / RUN);
        for (int i = start; i < end; i++) {
            measure(i, piece);
        }
        if (after[end] < 0) {
            measure(end, piece);
        }
        return old;
    }

    private PieceIndex index(CatmullRom segment) {
        double steps = segment.length() / tolerance;
        if (!(curvePoints + steps <= CurveSampling.MAX_POINTS)) {
            throw CurveSampling.tooMany(tolerance);
        }
        return steps > LONG
                ? new LongPiece(segment.bezier(), tolerance, (int) steps)
                : new PolylineIndex(CurveSampling.evaluate(segment, tolerance));
    }

    private void fitBoxes(int run) {
        runs.clear(run);
        for (int start = run * RUN; start < Math.min(run * RUN + RUN, line.size()); start++) {
            Piece piece = pieces[start];
            if (piece != null) {
                runs.add(run, piece.index.boxes());
            }
        }
        runs.update(run);
    }

    private void measure(int i, Piece own) {
        nearest[i] = own;
        double squared = own.index.squaredDistance(line.x(i), line.y(i), line.z(i), Double.POSITIVE_INFINITY);
        distances.set(i, Math.sqrt(squared));
    }

    private static final class Piece {
        final PieceIndex index;

        /** Points of other pieces for which this piece was the nearest when they were checked. */
        final List<Integer> visitors = new ArrayList<>();

        Piece(PieceIndex index) {
            this.index = index;
        }
    }
}
