package org.copick.entity;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.copick.error.InvalidNameException;
import org.jspecify.annotations.Nullable;

/**
 * A voxel spacing in Å, rounded to the three decimals that file names have (spec section 4.2).
 *
 * <p>Rounding starts from the exact binary value of the double and takes the even neighbour on ties, as Python's
 * formatting does: 1.0005 is 1.000, and 7.8405 is 7.840.
 *
 * @param angstrom the spacing in Å, with at most three decimals
 */
public record VoxelSize(double angstrom) implements Comparable<VoxelSize> {

    /**
     * Rounds the value.
     *
     * @param angstrom the spacing in Å, 0 to 1e12
     * @throws InvalidNameException if it is negative, infinite, not a number or greater than 1e12
     */
    public VoxelSize {
        if (!(angstrom >= 0 && angstrom <= 1e12)) {
            throw new InvalidNameException("a voxel spacing of " + angstrom + " Å is not possible");
        }
        angstrom = rounded(angstrom).doubleValue();
    }

    /** {@return the size with exactly three decimals, as in folder names: {@code 10.000}} */
    public String text() {
        return rounded(angstrom).toPlainString();
    }

    // Written by hand because it shortens the start of the command; docs/performance.md has the figure.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VoxelSize size && compareTo(size) == 0;
    }

    @Override
    public int hashCode() {
        return Double.hashCode(angstrom);
    }

    @Override
    public int compareTo(VoxelSize other) {
        return Double.compare(angstrom, other.angstrom);
    }

    @Override
    public String toString() {
        return text();
    }

    private static BigDecimal rounded(double value) {
        return new BigDecimal(value).setScale(3, RoundingMode.HALF_EVEN);
    }
}
