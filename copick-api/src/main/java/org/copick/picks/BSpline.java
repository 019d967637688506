package org.copick.picks;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;

/** A clamped B-spline, evaluated by de Boor's algorithm. Not safe to share between threads. */
final class BSpline {
    private final Polyline coefficients;
    private final int degree;
    private final double[] knots;
    private final int[] spans;
    private final double[] work;

    BSpline(Polyline coefficients, int degree, List<Double> knots) {
        this.coefficients = coefficients;
        this.degree = degree;
        this.knots = knots.stream().mapToDouble(Double::doubleValue).toArray();
        this.work = new double[3 * (degree + 1)];
        int[] found = new int[coefficients.size()];
        int count = 0;
        for (int j = degree; j < coefficients.size(); j++) {
            if (this.knots[j] < this.knots[j + 1]) {
                found[count++] = j;
            }
        }
        this.spans = Arrays.copyOf(found, count);
    }

    /** Returns the points at the distinct knots, which include the ends of the domain. */
    Polyline anchors() {
        double[] xyz = new double[3 * (spans.length + 1)];
        double[] point = new double[3];
        for (int i = 0; i <= spans.length; i++) {
            anchor(i, point);
            System.arraycopy(point, 0, xyz, 3 * i, 3);
        }
        return Polyline.owning(xyz);
    }

    /** Returns the piece of each non-empty knot span. */
    List<CurvePiece> pieces() {
        return new AbstractList<>() {
            @Override
            public CurvePiece get(int i) {
                return new Span(i);
            }

            @Override
            public int size() {
                return spans.length;
            }
        };
    }

    private void anchor(int i, double[] out) {
        int last = spans.length - 1;
        if (i > last) {
            at(spans[last], knots[spans[last] + 1], out);
        } else {
            at(spans[i], knots[spans[i]], out);
        }
    }

    private void at(int span, double u, double[] out) {
        for (int i = 0; i <= degree; i++) {
            for (int axis = 0; axis < 3; axis++) {
                work[3 * i + axis] = coefficients.at(span - degree + i, axis);
            }
        }
        for (int r = 1; r <= degree; r++) {
            for (int i = degree; i >= r; i--) {
                double low = knots[span - degree + i];
                double a = (u - low) / (knots[span + 1 + i - r] - low);
                for (int axis = 3 * i; axis < 3 * i + 3; axis++) {
                    work[axis] = (1 - a) * work[axis - 3] + a * work[axis];
                }
            }
        }
        System.arraycopy(work, 3 * degree, out, 0, 3);
    }

    private final class Span implements CurvePiece {
        private final int index;
        private final int span;

        Span(int index) {
            this.index = index;
            this.span = spans[index];
        }

        @Override
        public double length() {
            double polygon = 0;
            for (int i = span - degree; i < span; i++) {
                polygon += coefficients.gapAfter(i);
            }
            return polygon;
        }

        @Override
        public void sample(int k, int m, double[] out) {
            if (k == m) {
                anchor(index + 1, out); // evaluated on the next span, so that pieces meet exactly
            } else {
                at(span, knots[span] + (knots[span + 1] - knots[span]) * k / m, out);
            }
        }
    }
}
