package org.copick.picks;

import java.util.Arrays;
import java.util.List;

/** Samples points at equal arc lengths along each piece of a curve, so that every anchor is one of them. */
final class CurveSampling {
    /** Most points of a filament: at 24 bytes each, they fit into a small heap several times. */
    static final int MAX_POINTS = 1_000_000;

    /**
     * Most samples of a curve. A B-spline's control polygon, which determines them, may be much longer than the curve.
     */
    private static final int MAX_SAMPLES = 32 * MAX_POINTS;

    /** Fewest samples of a piece. */
    private static final int MIN_SAMPLES = 16;

    private static final int SAMPLES_PER_STEP = 16;
    private static final double ROUNDING = 1e-9;

    private final double step;
    private double[] xyz = new double[48];
    private int size;

    private CurveSampling(double step) {
        this.step = step;
    }

    /**
     * Returns the points of a whole curve.
     *
     * @throws IllegalArgumentException if there are too many, the curve has no length, or a coordinate does not fit a
     *     double
     */
    static Polyline evaluate(List<CurvePiece> pieces, double step) {
        CurveSampling out = new CurveSampling(step);
        long samples = 0;
        for (CurvePiece piece : pieces) {
            samples += out.samples(piece);
            if (samples > MAX_SAMPLES) {
                throw tooMany(step);
            }
        }
        for (CurvePiece piece : pieces) {
            out.add(piece);
        }
        if (out.size == 0) {
            throw new IllegalArgumentException("the curve has no length");
        }
        return out.endingWith(pieces.get(pieces.size() - 1));
    }

    /** Returns the points of one piece, including both ends; only the last one if it has no length. */
    static Polyline evaluate(CurvePiece piece, double step) {
        CurveSampling out = new CurveSampling(step);
        out.add(piece);
        return out.endingWith(piece);
    }

    private int samples(CurvePiece piece) {
        double samples = Math.ceil(SAMPLES_PER_STEP * piece.length() / step);
        if (!(samples <= MAX_SAMPLES)) {
            throw tooMany(step);
        }
        return Math.max(MIN_SAMPLES, (int) samples);
    }

    static IllegalArgumentException tooMany(double step) {
        return new IllegalArgumentException("with a step of " + step + " the curve would have more than " + MAX_POINTS
                + " points; use a larger step");
    }

    /** Computes the samples twice instead of storing them: once for their length and once for the points. */
    private void add(CurvePiece piece) {
        int m = samples(piece);
        double length = length(piece, m);
        if (!(length > 0)) {
            return;
        }
        double steps = Math.max(1, Math.ceil(length / step - ROUNDING));
        if (!(steps < MAX_POINTS - size)) {
            throw tooMany(step);
        }
        int n = (int) steps;
        reserve(n);
        double spacing = length / n;

        double[] kept = new double[3];
        double[] last = new double[3];
        double[] next = new double[3];
        piece.sample(0, m, last);
        put(last);
        System.arraycopy(last, 0, kept, 0, 3);
        double reached = 0;
        int i = 1;
        for (int k = 1; k <= m && i < n; k++) {
            piece.sample(k, m, next);
            double gap = Polyline.gap(last, 0, next, 0);
            if (gap > 0) {
                double end = reached + gap;
                for (; i < n && i * spacing < end; i++) {
                    double beyond = i * spacing - reached;
                    for (int axis = 0; axis < 3; axis++) {
                        double slope = (next[axis] - kept[axis]) / (end - reached);
                        xyz[3 * size + axis] = slope * beyond + kept[axis];
                    }
                    size++;
                }
                reached = end;
                System.arraycopy(next, 0, kept, 0, 3);
            }
            double[] free = last;
            last = next;
            next = free;
        }
    }

    private static double length(CurvePiece piece, int m) {
        double[] last = new double[3];
        double[] next = new double[3];
        double length = 0;
        piece.sample(0, m, last);
        for (int k = 1; k <= m; k++) {
            piece.sample(k, m, next);
            double gap = Polyline.gap(last, 0, next, 0);
            length += gap > 0 ? gap : 0;
            double[] free = last;
            last = next;
            next = free;
        }
        return length;
    }

    private void reserve(int points) {
        int needed = 3 * (size + points + 1);
        if (needed > xyz.length) {
            xyz = Arrays.copyOf(xyz, Math.max(needed, Math.min(2 * xyz.length, 3 * MAX_POINTS)));
        }
    }

    private void put(double[] point) {
        System.arraycopy(point, 0, xyz, 3 * size, 3);
        size++;
    }

    private Polyline endingWith(CurvePiece piece) {
        double[] end = new double[3];
        piece.sample(1, 1, end);
        put(end);
        Polyline points = Polyline.owning(Arrays.copyOf(xyz, 3 * size));
        if (!points.isFinite()) {
            throw new IllegalArgumentException("the curve's points are beyond what double can hold");
        }
        return points;
    }
}
