package org.copick.exchange;

/**
 * Converts between rotations and RELION's Euler angles rot, tilt, psi in degrees.
 *
 * <p>The rotation of a particle, object to tomogram, is the transpose of Rz(rot)·Ry(tilt)·Rz(psi). Matrices are 3×3
 * and row-major.
 */
final class Euler {
    /** Distance from 0 or 180°, in radians, below which only the sum or difference of rot and psi is known. */
    private static final double LOCKED = 1e-7;

    /** Largest error of the elements of an orthonormal matrix in doubles. */
    private static final double ORTHONORMAL = 1e-12;

    /** Largest error of matrices written with three or four decimals; their angles then differ by less than 0.1°. */
    private static final double NEARLY_ORTHONORMAL = 2e-3;

    private static final int MOST_STEPS = 200;

    /** The accuracy with which angles represent a matrix. */
    enum Fit {
        /** The matrix is a rotation, apart from rounding. */
        ROTATION,
        /** The matrix is not orthonormal; the angles are those of the nearest rotation. */
        NEAREST,
        /** There is no nearest rotation, for example because the matrix is a reflection; the angles are 0. */
        NONE
    }

    private Euler() {}

    /** Returns the rotation of these angles, in degrees. */
    static double[] rotation(double rot, double tilt, double psi) {
        double ca = Math.cos(Math.toRadians(rot));
        double sa = Math.sin(Math.toRadians(rot));
        double cb = Math.cos(Math.toRadians(tilt));
        double sb = Math.sin(Math.toRadians(tilt));
        double cg = Math.cos(Math.toRadians(psi));
        double sg = Math.sin(Math.toRadians(psi));
        double[] rotation = {
            ca * cb * cg - sa * sg,
            sa * cb * cg + ca * sg,
            -sb * cg,
            -ca * cb * sg - sa * cg,
            -sa * cb * sg + ca * cg,
            sb * sg,
            ca * sb,
            sa * sb,
            cb
        };
        for (int i = 0; i < 9; i++) {
            rotation[i] += 0.0; // turns -0.0 into 0.0
        }
        return rotation;
    }

    /**
     * Returns the angles of a rotation in degrees, tilt from 0 to 180 and the others from -180 to 180.
     *
     * <p>Angles are exactly 0 for matrices close to the identity, and psi is 0 if tilt is 0 or 180°. A matrix that is
     * not orthonormal is replaced by the nearest rotation; if there is none, as for a reflection, all angles are 0.
     */
    static double[] angles(double[] rotation) {
        if (isNearIdentity(rotation)) {
            return new double[3];
        }
        double[] nearest = orthonormal(rotation);
        return nearest.length == 0 ? new double[3] : anglesOfInverse(quaternion(nearest));
    }

    /** Returns how well the {@link #angles} of a matrix represent it. */
    static Fit fit(double[] matrix) {
        if (orthonormal(matrix).length == 0) {
            return Fit.NONE;
        }
        return isOrthonormal(matrix, NEARLY_ORTHONORMAL) ? Fit.ROTATION : Fit.NEAREST;
    }

    /** Returns whether a matrix is close to the identity, by the rule of numpy's allclose. */
    private static boolean isNearIdentity(double[] matrix) {
        for (int i = 0; i < 9; i++) {
            double expected = i % 4 == 0 ? 1 : 0;
            if (!(Math.abs(matrix[i] - expected) <= 1e-8 + 1e-5 * expected)) {
                return false;
            }
        }
        return true;
    }

    private static double[] anglesOfInverse(double[] q) {
        double tilt = 2 * Math.atan2(Math.hypot(q[0], q[1]), Math.hypot(q[2], q[3]));
        double halfSum = Math.atan2(-q[2], q[3]);
        double halfDifference = Math.atan2(q[0], -q[1]);
        double rot;
        double psi = 0;
        if (tilt <= LOCKED) {
            rot = 2 * halfSum;
        } else if (Math.PI - tilt <= LOCKED) {
            rot = 2 * halfDifference;
        } else {
            rot = halfSum + halfDifference;
            psi = halfSum - halfDifference;
        }
        return new double[] {degrees(rot), Math.toDegrees(tilt), degrees(psi)};
    }

    private static double degrees(double angle) {
        double wrapped = angle > Math.PI ? angle - 2 * Math.PI : angle < -Math.PI ? angle + 2 * Math.PI : angle;
        return Math.toDegrees(wrapped);
    }

    /** Returns a quaternion x, y, z, w of a rotation, of any length, computed from its largest component. */
    private static double[] quaternion(double[] m) {
        double trace = m[0] + m[4] + m[8];
        if (trace >= m[0] && trace >= m[4] && trace >= m[8]) {
            return new double[] {m[7] - m[5], m[2] - m[6], m[3] - m[1], 1 + trace};
        }
        int i = m[4] > m[0] ? (m[8] > m[4] ? 2 : 1) : (m[8] > m[0] ? 2 : 0);
        int j = (i + 1) % 3;
        int k = (i + 2) % 3;
        double[] q = new double[4];
        q[i] = 1 - trace + 2 * m[4 * i];
        q[j] = m[3 * j + i] + m[3 * i + j];
        q[k] = m[3 * k + i] + m[3 * i + k];
        q[3] = m[3 * k + j] - m[3 * j + k];
        return q;
    }

    /** Returns the rotation nearest to a matrix; empty if there is none. */
    private static double[] orthonormal(double[] matrix) {
        double determinant = determinant(matrix);
        if (!(determinant > 0 && determinant < Double.POSITIVE_INFINITY)) {
            return new double[0];
        }
        if (isOrthonormal(matrix, ORTHONORMAL)) {
            return matrix;
        }
        // polar decomposition: averages the matrix with the transpose of its inverse until they are equal
        double[] nearest = matrix.clone();
        double scale = Math.cbrt(determinant);
        for (int i = 0; i < 9; i++) {
            nearest[i] /= scale;
        }
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] cofactors = cofactors(nearest);
            double size = nearest[0] * cofactors[0] + nearest[1] * cofactors[1] + nearest[2] * cofactors[2];
            double change = 0;
            for (int i = 0; i < 9; i++) {
                double next = (nearest[i] + cofactors[i] / size) / 2;
                change = Math.max(change, Math.abs(next - nearest[i]));
                nearest[i] = next;
            }
            if (change <= ORTHONORMAL) {
                return nearest;
            }
        }
        return new double[0];
    }

    private static boolean isOrthonormal(double[] m, double tolerance) {
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j <= i; j++) {
                double product = m[3 * i] * m[3 * j] + m[3 * i + 1] * m[3 * j + 1] + m[3 * i + 2] * m[3 * j + 2];
                if (!(Math.abs(product - (i == j ? 1 : 0)) <= tolerance)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static double determinant(double[] m) {
        double[] cofactors = cofactors(m);
        return m[0] * cofactors[0] + m[1] * cofactors[1] + m[2] * cofactors[2];
    }

    private static double[] cofactors(double[] m) {
        return new double[] {
            m[4] * m[8] - m[5] * m[7], m[5] * m[6] - m[3] * m[8], m[3] * m[7] - m[4] * m[6],
            m[2] * m[7] - m[1] * m[8], m[0] * m[8] - m[2] * m[6], m[1] * m[6] - m[0] * m[7],
            m[1] * m[5] - m[2] * m[4], m[2] * m[3] - m[0] * m[5], m[0] * m[4] - m[1] * m[3]
        };
    }

    /** Returns the rotation that applies {@code b}, then {@code a}. */
    static double[] product(double[] a, double[] b) {
        double[] product = new double[9];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                product[3 * row + column] =
                        a[3 * row] * b[column] + a[3 * row + 1] * b[3 + column] + a[3 * row + 2] * b[6 + column];
            }
        }
        return product;
    }
}
