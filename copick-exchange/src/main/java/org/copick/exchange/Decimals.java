package org.copick.exchange;

import java.math.BigDecimal;
import java.util.function.DoublePredicate;
import java.util.function.Function;

/**
 * Takes the noise of arithmetic out of numbers that are written: 620.497 − 640 is -19.50299999999999 in doubles, and -19.503
 * was meant.
 *
 * <p>The rule: a number that was computed is written with the fewest decimals that the import computes the stored number
 * from, bit by bit. When no shorter text does, all digits are written, or those of a neighbouring double if it is read back
 * exactly and the result of the division is not. Numbers that are written as stored have the shortest digits that are read
 * back as the same double anyway ({@link DecimalText#toString(double)}).
 *
 * <p>Centres are added and subtracted as decimals, that is as these shortest digits, and the result is rounded once. In
 * doubles one sum in ten of numbers with three decimals would miss the double that was meant by its last bit. Pixels are
 * multiplied as doubles, as Python does, so that what was read from a file is written as it was there.
 *
 * <p>Angles are computed from nine numbers and give these back only almost. They are shortened when the rotation that is
 * read back is no further from the stored one than with all digits, and the stored one is a rotation to the last bits.
 */
final class Decimals {
    private static final int MOST_DECIMALS = 15;
    private static final int MOST_OF_ANGLES = 9;

    /** Angles nearer than this to a short number, in degrees, may have been that number. */
    private static final double NOISE = 1e-10;

    /** How exact the elements of a rotation in doubles are. */
    private static final double EXACT = 1e-14;

    /** Every whole number up to here is a double. */
    private static final double LARGEST = 0x1p53;

    private Decimals() {}

    /** The sum of two numbers as decimals; in doubles when one is not finite. */
    static double sum(double one, double other) {
        return Double.isFinite(one) && Double.isFinite(other)
                ? decimal(one).add(decimal(other)).doubleValue()
                : one + other;
    }

    /** The product of two finite numbers as decimals. */
    static double product(double one, double other) {
        return decimal(one).multiply(decimal(other)).doubleValue();
    }

    private static BigDecimal decimal(double number) {
        return new BigDecimal(DecimalText.toString(number));
    }

    /** The distance to write of a stored coordinate from an origin to which the import adds it. */
    static double distance(double stored, double origin) {
        double distance = sum(stored, -origin);
        return sum(distance, origin) == stored
                ? distance
                : shortest(stored - origin, shorter -> sum(shorter, origin) == stored);
    }

    /**
     * The number to write.
     *
     * @param computed the result of arithmetic
     * @param readBack whether the import makes the stored number of a number
     */
    static double shortest(double computed, DoublePredicate readBack) {
        double power = 1;
        for (int decimals = 0; decimals <= MOST_DECIMALS; decimals++) {
            double scaled = computed * power;
            if (!(Math.abs(scaled) < LARGEST)) {
                break;
            }
            double shorter = Math.rint(scaled) / power + 0.0; // no -0.0
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
     * The angles to write.
     *
     * @param computed rot, tilt and psi in degrees
     * @param stored the rotation that they were computed from
     * @param readBack the rotation that the import makes of angles
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
