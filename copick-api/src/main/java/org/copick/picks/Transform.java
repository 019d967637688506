package org.copick.picks;

import java.util.Arrays;

/**
 * An affine map from object space to tomogram space, 4×4 and row-major. Immutable.
 *
 * <p>The upper left 3×3 part is the rotation. The last column is a shift in Å (x, y, z) that is added to the location.
 * The last row is 0, 0, 0, 1; its zeros may be off by 1e-8 and are kept as given. The rotation is not checked for
 * orthonormality, and elements may be NaN or infinite, because stored documents have such values. Equality compares
 * every element exactly.
 */
public final class Transform {
    /** The transform without rotation and shift. */
    public static final Transform IDENTITY =
            new Transform(new double[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1});

    /** The number of elements of a transform. */
    static final int LENGTH = 16;

    /** Largest deviation from 0 in the last row. */
    private static final double ROW_TOLERANCE = 1e-8;

    private final double[] elements;

    private Transform(double[] elements) {
        this.elements = elements;
    }

    /**
     * Creates a transform from its elements.
     *
     * @param rowMajor the 16 elements, row by row; copied
     * @return the transform; {@link #IDENTITY} if the elements are exactly those of the identity
     * @throws IllegalArgumentException if there are not 16 elements or the last row is not 0, 0, 0, 1
     */
    public static Transform of(double... rowMajor) {
        if (rowMajor.length != LENGTH) {
            throw new IllegalArgumentException("a transform has 16 elements, not " + rowMajor.length);
        }
        check(rowMajor, 0);
        return copyAt(rowMajor, 0);
    }

    /** Creates a transform from the elements at {@code offset}, which must be valid. */
    static Transform copyAt(double[] elements, int offset) {
        return isIdentity(elements, offset)
                ? IDENTITY
                : new Transform(Arrays.copyOfRange(elements, offset, offset + LENGTH));
    }

    /** Checks the last row by Python's rule: the corner is exactly 1 and the other elements are close to 0. */
    static void check(double[] elements, int offset) {
        if (elements[offset + 15] != 1) {
            throw new IllegalArgumentException(
                    "the last element of a transform must be exactly 1, not " + elements[offset + 15]);
        }
        for (int i = offset + 12; i < offset + 15; i++) {
            if (!(Math.abs(elements[i]) <= ROW_TOLERANCE)) {
                throw new IllegalArgumentException("the last row of a transform must be 0, 0, 0, 1, but begins "
                        + elements[offset + 12] + ", " + elements[offset + 13] + ", " + elements[offset + 14]);
            }
        }
    }

    /** Returns whether the elements are bitwise those of the identity, so that −0.0 is not lost. */
    static boolean isIdentity(double[] elements, int offset) {
        return Arrays.equals(elements, offset, offset + LENGTH, IDENTITY.elements, 0, LENGTH);
    }

    void copyTo(double[] target, int offset) {
        System.arraycopy(elements, 0, target, offset, LENGTH);
    }

    /**
     * {@return one element}
     *
     * @param row row of the element, 0 to 3
     * @param column column of the element, 0 to 3
     * @throws IndexOutOfBoundsException if there is no such row or column
     */
    public double get(int row, int column) {
        if ((row | column) < 0 || row > 3 || column > 3) {
            throw new IndexOutOfBoundsException("row " + row + ", column " + column + " of a 4×4 transform");
        }
        return elements[4 * row + column];
    }

    /** {@return the upper left 3×3 part, row-major, in a new array} */
    public double[] rotation() {
        return new double[] {
            elements[0], elements[1], elements[2],
            elements[4], elements[5], elements[6],
            elements[8], elements[9], elements[10]
        };
    }

    /** {@return the shift x, y, z in Å, in a new array} */
    public double[] translation() {
        return new double[] {elements[3], elements[7], elements[11]};
    }

    /** {@return all 16 elements, row-major, in a new array} */
    public double[] toArray() {
        return elements.clone();
    }

    /** {@return whether this is exactly {@link #IDENTITY}} */
    public boolean isIdentity() {
        return isIdentity(elements, 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Transform that && Arrays.equals(elements, that.elements);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(elements);
    }

    @Override
    public String toString() {
        return "Transform" + Arrays.toString(elements);
    }
}
