package org.copick.exchange;

import java.math.BigDecimal;
import java.util.function.DoublePredicate;
import java.util.function.Function;

/**
 * Removes rounding noise from written numbers: in doubles, 620.497 − 640 is -19.50299999999999 instead of -19.503.
 *
 * <p>The rule: a computed number is written with the fewest decimals from which the import computes the stored number,
 * bit by bit. If no shorter text does, all digits are written, or those of a neighbouring double if that one reads
 * back exactly and the computed one does not. Numbers that are written as stored already have the shortest digits that
 * read back as an equal double ({@link DecimalText#toString(double)}).
 *
 * <p>Centres are added and subtracted as decimals, that is with these shortest digits, and the result is rounded once.
 * In doubles, one sum in ten of numbers with three decimals would differ from the intended double in its last bit.
 * Pixels are multiplied as doubles, as Python does, so that numbers read from a file are written unchanged.
 *
 * <p>Angles are computed from nine numbers, and the numbers computed back from them are only nearly equal. Angles are
 * shortened if the stored rotation is exact to the last bits and the rotation that is read back is no further from it
 * than with all digits.
 */
final class Decimals {
    /** Most decimals of a shortened number. */
    private static final int MOST_DECIMALS = 15;
    /** Most decimals of a shortened angle. */
    private static final int MOST_OF_ANGLES = 9;

    /** Largest distance, in degrees, of an angle from the short number that may have been meant. */
    private static final double NOISE = 1e-10;

    /** The precision of a rotation's elements in doubles. */
    private static final double EXACT = 1e-14;

    /** Every whole number up to this one is exact in a double. */
    private static final double LARGEST = 0x1p53;

    private Decimals() {}

    /** Returns the sum of two numbers, computed in decimals; in doubles if one is not finite. */
    static double sum(double one, double other) {
        return Double.isFinite(one) && Double.isFinite(other)
                ? decimal(one).add(decimal(other)).doubleValue()
                : one + other;
    }

    /** Returns the product of two finite numbers, computed in decimals. */
    static double product(double one, double other) {
        return decimal(one).multiply(decimal(other)).doubleValue();
    }

    private static BigDecimal decimal(double number) {
        return new BigDecimal(DecimalText.toString(number));
    }

    /** Returns the number to write for a stored coordinate, relative to an origin that the import adds. */
    static double distance(double stored, double origin) {
        double distance = sum(stored, -origin);
        return sum(distance, origin) == stored
                ? distance
                : shortest(stored - origin, shorter -> sum(shorter, origin) == stored);
    }

    /**
     * Returns the number to write for a computed one.
     *
     * @param computed the result of arithmetic
     * @param readBack whether the import computes the stored number from a number
     */
    static double shortest(double computed, DoublePredicate readBack) {
        double power = 1;
        for (int decimals = 0; decimals <= MOST_DECIMALS; decimals++) {
            double scaled = computed * power;
            if (!(Math.abs(scaled) < LARGEST)) {
                break;
            }
            double shorter = Math.rint(scaled) / power + 0.0; // turns -0.0 into 0.0
            if (readBack.test(shorter)) {
                return shorter;
            }
            power *= 10;
        }
        if (!readBack.test(computed)) {
            if (readBack.test(Math.nextUp(computed))) {
                return Math.nextUp(computed);
            }
            if (readBack.test(Math.nextDown(computed))) {
                return Math.nextDown(computed);
            }
        }
        return computed;
    }

    /**
     * Returns the angles to write for computed ones.
     *
     * @param computed rot, tilt and psi in degrees
     * @param stored the rotation that they were computed from
     * @param readBack returns the rotation that the import computes from angles
     */
    static double[] shortest(double[] computed, double[] stored, Function<double[], double[]> readBack) {
        double error = -1;
        double power = 1;
        for (int decimals = 0; decimals <= MOST_OF_ANGLES; decimals++, power *= 10) {
            double[] shorter = new double[3];
            boolean near = true;
            for (int i = 0; i < 3; i++) {
                shorter[i] = Math.rint(computed[i] * power) / power + 0.0;
                near &= Math.abs(shorter[i] - computed[i]) <= NOISE;
            }
            if (near) {
                error = error < 0 ? distance(readBack.apply(computed), stored) : error;
                if (error <= EXACT && distance(readBack.apply(shorter), stored) <= error) {
                    return shorter;
                }
            }
        }
        return computed;
    }

    private static double distance(double[] one, double[] other) {
        double distance = 0;
        for (int i = 0; i < one.length; i++) {
            distance = Math.max(distance, Math.abs(one[i] - other[i]));
        }
        return distance;
    }
}
