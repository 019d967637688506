package org.copick.exchange;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.util.Locale;

/** Converts numbers from and to text as Python does. */
final class DecimalText {
    /** Every whole number up to this one is exact in a double. */
    private static final double EXACT = 0x1p53;

    private DecimalText() {}

    /**
     * Parses a number; {@code nan}, {@code inf} and the like are allowed in upper and lower case.
     *
     * @throws NumberFormatException if the text is not a number
     */
    static double parseReal(String text) {
        String number = text.strip();
        for (int i = 0; i < number.length(); i++) {
            // Java would also accept 1d and 0x1p3
            if ("0123456789.+-eE".indexOf(number.charAt(i)) < 0) {
                return parseName(number);
            }
        }
        return Double.parseDouble(number);
    }

    private static double parseName(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan", "+nan", "-nan", "<na>" -> Double.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw new NumberFormatException(text);
        };
    }

    /**
     * Parses a whole number, exact to 64 bits. Accepts {@code 3.0}, which pandas writes for 3 in columns with gaps.
     *
     * @throws NumberFormatException if the text is not a whole number, or one that is too large
     */
    static long parseWhole(String text) {
        String number = text.strip();
        try {
            return Long.parseLong(number);
        } catch (NumberFormatException e) {
            double real = parseReal(number);
            if (real != Math.rint(real) || !(Math.abs(real) <= EXACT)) {
                throw e;
            }
            return (long) real;
        }
    }

    /** Returns the shortest digits that read back as an equal number. */
    static String toString(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        return NumberOutput.toString(number, true).replace('E', 'e');
    }

    /** Returns a size for people: with the digits of a float, and without a fraction of 0. */
    static String plain(double number) {
        String text = Float.toString((float) number);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
