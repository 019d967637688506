package org.copick.picks;

import java.util.AbstractList;
import java.util.List;

/** A segment of a Catmull-Rom curve between the middle two of four points, after Barry and Goldman. */
final class CatmullRom implements CurvePiece {
    private final double[] q;
    private final double[] t;

    /**
     * Creates a segment.
     *
     * @param q four points, x, y, z each
     */
    private CatmullRom(double[] q, double alpha) {
        this.q = q;
        this.t = new double[4];
        for (int i = 0; i < 3; i++) {
            double gap = Polyline.gap(q, 3 * i, q, 3 * i + 3);
            // square root as in numpy, which matters if distances to the curve tie
            t[i + 1] = t[i] + (alpha == 0.5 ? Math.sqrt(gap) : Math.pow(gap, alpha));
        }
    }

    /** Returns the segments between control points, in order. */
    static List<CurvePiece> pieces(Polyline points, double alpha) {
        return new AbstractList<>() {
            @Override
            public CurvePiece get(int i) {
                return between(points, i - 1, i, i + 1, i + 2 < points.size() ? i + 2 : -1, alpha);
            }

            @Override
            public int size() {
                return points.size() - 1;
            }
        };
    }

    /**
     * Returns the segment from point {@code from} to point {@code to}.
     *
     * @param before the preceding control point; −1 at the curve's start, where {@code to} is reflected instead
     * @param after the following control point; −1 at the curve's end, where {@code from} is reflected instead
     */
    static CatmullRom between(Polyline points, int before, int from, int to, int after, double alpha) {
        double[] q = new double[12];
        for (int axis = 0; axis < 3; axis++) {
            double start = points.at(from, axis);
            double end = points.at(to, axis);
            q[axis] = before < 0 ? 2 * start - end : points.at(before, axis);
            q[3 + axis] = start;
            q[6 + axis] = end;
            q[9 + axis] = after < 0 ? 2 * end - start : points.at(after, axis);
        }
        return new CatmullRom(q, alpha);
    }

    /** Returns the control points of the segment as a Bézier cubic, x, y, z each. */
    double[] bezier() {
        double[] bezier = new double[12];
        for (int axis = 0; axis < 3; axis++) {
            double before = q[axis];
            double from = q[3 + axis];
            double to = q[6 + axis];
            double after = q[9 + axis];
            double slope = (to - from) / (t[2] - t[1]);
            double leaving = (from - before) / (t[1] - t[0]) - (to - before) / (t[2] - t[0]) + slope;
            double arriving = slope - (after - from) / (t[3] - t[1]) + (after - to) / (t[3] - t[2]);
            bezier[axis] = from;
            bezier[3 + axis] = from + leaving * (t[2] - t[1]) / 3;
            bezier[6 + axis] = to - arriving * (t[2] - t[1]) / 3;
            bezier[9 + axis] = to;
        }
        return bezier;
    }

    @Override
    public double length() {
        return Polyline.gap(q, 3, q, 6);
    }

    @Override
    public void sample(int k, int m, double[] out) {
        if (k == 0 || k == m) {
            System.arraycopy(q, k == 0 ? 3 : 6, out, 0, 3);
            return;
        }
        double u = t[1] + (t[2] - t[1]) * k / m;
        for (int axis = 0; axis < 3; axis++) {
            double a0 = mix(q[axis], t[0], q[3 + axis], t[1], u);
            double a1 = mix(q[3 + axis], t[1], q[6 + axis], t[2], u);
            double a2 = mix(q[6 + axis], t[2], q[9 + axis], t[3], u);
            double b0 = mix(a0, t[0], a1, t[2], u);
            double b1 = mix(a1, t[1], a2, t[3], u);
            out[axis] = mix(b0, t[1], b1, t[2], u);
        }
    }

    /** Returns the value at {@code u} of the line through {@code a} at {@code from} and {@code b} at {@code to}. */
    private static double mix(double a, double from, double b, double to, double u) {
        return ((to - u) * a + (u - from) * b) / (to - from);
    }
}
