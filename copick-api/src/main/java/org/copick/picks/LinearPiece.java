package org.copick.picks;

import java.util.AbstractList;
import java.util.List;

/** The straight segment after control point {@code i}. */
record LinearPiece(Polyline points, int i) implements CurvePiece {
    static List<CurvePiece> pieces(Polyline points) {
        return new AbstractList<>() {
            @Override
            public CurvePiece get(int i) {
                return new LinearPiece(points, i);
            }

            @Override
            public int size() {
                return points.size() - 1;
            }
        };
    }

    @Override
    public double length() {
        return points.gapAfter(i);
    }

    @Override
    public void sample(int k, int m, double[] out) {
        double f = (double) k / m;
        for (int axis = 0; axis < 3; axis++) {
            double from = points.at(i, axis);
            double to = points.at(i + 1, axis);
            out[axis] = k == m ? to : from + f * (to - from);
        }
    }
}
