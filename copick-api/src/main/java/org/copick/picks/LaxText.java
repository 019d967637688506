package org.copick.picks;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Converts JSON strings to numbers and truth values as in pydantic's lax mode. */
final class LaxText {
    private static final int MAX_LENGTH = 4300;
    private static final Pattern FLOAT = Pattern.compile("[+-]?+([0-9]++\\.?+[0-9]*+|\\.[0-9]++)([eE][+-]?+[0-9]++)?+");
    private static final Pattern INFINITE = Pattern.compile("[+-]?(inf|infinity)", Pattern.CASE_INSENSITIVE);
    private static final Pattern NOT_A_NUMBER = Pattern.compile("[+-]?nan", Pattern.CASE_INSENSITIVE);
    private static final Pattern INTEGER = Pattern.compile("([+-]?+[0-9]++(_[0-9]++)*+)(\\.0++)?+");
    private static final Pattern TRUE = Pattern.compile("1|on|t|true|y|yes", Pattern.CASE_INSENSITIVE);
    private static final Pattern FALSE = Pattern.compile("0|off|f|false|n|no", Pattern.CASE_INSENSITIVE);

    private LaxText() {}

    /** Returns the number in a text, or null if it is not a number. */
    static @Nullable Double number(String text) {
        String trimmed = trim(text);
        if (trimmed.length() > MAX_LENGTH
                || trimmed.startsWith("_")
                || trimmed.endsWith("_")
                || trimmed.contains("__")) {
            return null;
        }
        String digits = trimmed.replace("_", "");
        if (FLOAT.matcher(digits).matches()) {
            return Double.valueOf(digits);
        }
        if (INFINITE.matcher(digits).matches()) {
            return digits.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return NOT_A_NUMBER.matcher(digits).matches() ? Double.valueOf(Double.NaN) : null;
    }

    /** Returns the integer in a text, or null if it is not an integer of at most 64 bits. */
    static @Nullable Long integer(String text) {
        String trimmed = trim(text);
        if (trimmed.length() > MAX_LENGTH) {
            return null;
        }
        var matcher = INTEGER.matcher(trimmed);
        if (!matcher.matches()) {
            return null;
        }
        try {
            return Long.valueOf(matcher.group(1).replace("_", ""));
        } catch (NumberFormatException tooLarge) {
            return null;
        }
    }

    /** Returns the truth value in a text, or null if it is not one. */
    static @Nullable Boolean truth(String text) {
        if (TRUE.matcher(text).matches()) {
            return true;
        }
        return FALSE.matcher(text).matches() ? false : null;
    }

    private static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** Tests Unicode's White_Space property, which is neither Java's whitespace nor its space character. */
    private static boolean isSpace(char c) {
        return (c >= '\t' && c <= '\r') || c == '\u0085' || Character.isSpaceChar(c);
    }
}
