package org.copick.mesh;

/** A 4 × 4 matrix, stored row by row. */
final class Affine {
    static final Affine IDENTITY = new Affine(new double[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1});

    private final double[] m;

    private Affine(double[] rows) {
        m = rows;
    }

    /** Creates a matrix from glTF's order, column by column. */
    static Affine ofColumns(double[] columns) {
        double[] rows = new double[16];
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < 4; column++) {
                rows[4 * row + column] = columns[4 * column + row];
            }
        }
        return new Affine(rows);
    }

    static Affine ofRows(double[] rows) {
        return new Affine(rows.clone());
    }

    static Affine translation(double x, double y, double z) {
        return new Affine(new double[] {1, 0, 0, x, 0, 1, 0, y, 0, 0, 1, z, 0, 0, 0, 1});
    }

    static Affine scale(double x, double y, double z) {
        return new Affine(new double[] {x, 0, 0, 0, 0, y, 0, 0, 0, 0, z, 0, 0, 0, 0, 1});
    }

    /** Returns the rotation of a quaternion, which need not be normalised; a zero quaternion gives the identity. */
    static Affine rotation(double x, double y, double z, double w) {
        double norm = x * x + y * y + z * z + w * w;
        if (norm < 1e-15) {
            return IDENTITY;
        }
        double s = 2 / norm;
        return new Affine(new double[] {
            1 - s * (y * y + z * z),
            s * (x * y - z * w),
            s * (x * z + y * w),
            0,
            s * (x * y + z * w),
            1 - s * (x * x + z * z),
            s * (y * z - x * w),
            0,
            s * (x * z - y * w),
            s * (y * z + x * w),
            1 - s * (x * x + y * y),
            0,
            0,
            0,
            0,
            1
        });
    }

    /** Returns the transform that applies {@code first}, then this one. */
    Affine after(Affine first) {
        double[] product = new double[16];
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < 4; column++) {
                double sum = 0;
                for (int k = 0; k < 4; k++) {
                    sum += m[4 * row + k] * first.m[4 * k + column];
                }
                product[4 * row + column] = sum;
            }
        }
        return new Affine(product);
    }

    /** Returns whether the last row is 0, 0, 0, 1. */
    boolean isAffine() {
        return m[12] == 0 && m[13] == 0 && m[14] == 0 && m[15] == 1;
    }

    boolean isIdentity() {
        return java.util.Arrays.equals(m, IDENTITY.m);
    }

    boolean isFinite() {
        for (double number : m) {
            if (!Double.isFinite(number)) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether the transform turns right-handed coordinates into left-handed ones. */
    boolean mirrors() {
        return m[0] * (m[5] * m[10] - m[6] * m[9])
                        - m[1] * (m[4] * m[10] - m[6] * m[8])
                        + m[2] * (m[4] * m[9] - m[5] * m[8])
                < 0;
    }

    /** Returns one coordinate of a point after rotation and scale, without the translation. */
    double turned(int row, double x, double y, double z) {
        return Math.fma(m[4 * row + 2], z, Math.fma(m[4 * row + 1], y, m[4 * row] * x));
    }

    double translation(int row) {
        return m[4 * row + 3];
    }

    double[] toArray() {
        return m.clone();
    }

    /** Returns the elements in glTF's order, column by column. */
    double[] toColumns() {
        return ofColumns(m).m;
    }
}
