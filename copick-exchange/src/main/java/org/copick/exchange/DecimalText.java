package org.copick.exchange;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.util.Locale;

/** Numbers as text, as Python reads and writes them. */
final class DecimalText {
    /** Every whole number up to here is a double. */
    private static final double EXACT = 0x1p53;

    private DecimalText() {}

    /**
     * A number, also {@code nan}, {@code inf} and the like, in any case.
     *
     * @throws NumberFormatException when it is none
     */
    static double parseReal(String text) {
        String number = text.strip();
        for (int i = 0; i < number.length(); i++) {
            // Java would read 1d and 0x1p3, too
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
     * A whole number, exact to 64 bits; also {@code 3.0}, which pandas makes of 3 in columns with gaps.
     *
     * @throws NumberFormatException when it is none or too large
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

    /** The shortest digits that are read back as the same number. */
    static String toString(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        return NumberOutput.toString(number, true).replace('E', 'e');
    }

    /** A size for people: as a float has it, and without a fraction of 0. */
    static String plain(double number) {
        String text = Float.toString((float) number);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
