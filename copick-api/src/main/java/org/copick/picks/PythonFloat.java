package org.copick.picks;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.util.Locale;

/** Writes doubles like Python's {@code json}: with the shortest digits that read back as an equal value. */
final class PythonFloat {
    /** Below this, doubles are so sparse that one digit can be enough, but Java always writes two. */
    private static final double COARSE = 1e-321;

    private PythonFloat() {}

    /** Returns text such as {@code 1.0}, {@code 1e-05}, {@code 1e+16}, {@code -0.0}, {@code NaN}, {@code -Infinity}. */
    static String toString(double value) {
        if (value == 1) {
            return "1.0"; // shortcut: 1 and 0 are most of the numbers of an unrotated point
        }
        if (Double.doubleToRawLongBits(value) == 0) {
            return "0.0";
        }
        String java = NumberOutput.toString(value, true);
        int e = java.indexOf('E');
        if (e < 0) {
            return java;
        }
        String sign = java.charAt(0) == '-' ? "-" : "";
        String digits = java.substring(sign.length(), e).replace(".", "");
        if (digits.endsWith("0")) {
            digits = digits.substring(0, digits.length() - 1);
        }
        int exponent = Integer.parseInt(java, e + 1, java.length(), 10);
        if (Math.abs(value) < COARSE && digits.length() == 2) {
            String oneDigit = String.format(Locale.ROOT, "%.0e", value);
            if (Double.parseDouble(oneDigit) == value) {
                return oneDigit;
            }
        }
        if (exponent < -4 || exponent >= 16) {
            String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
            String magnitude = (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
            return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + magnitude;
        }
        if (exponent < 0) {
            return sign + "0." + "0".repeat(-exponent - 1) + digits;
        }
        int whole = exponent + 1;
        return digits.length() > whole
                ? sign + digits.substring(0, whole) + "." + digits.substring(whole)
                : sign + digits + "0".repeat(whole - digits.length()) + ".0";
    }
}
