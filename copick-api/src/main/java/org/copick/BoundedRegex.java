package org.copick;

import java.util.regex.Pattern;
import org.copick.error.InvalidNameException;

/**
 * A regular expression that matches names from their start, as Python's {@code re.match} does.
 *
 * <p>The number of matching steps is limited, because nested repetitions can take hours.
 */
final class BoundedRegex implements NamePattern {
    /** The maximum number of characters to examine per match: takes milliseconds, and far more than any name needs. */
    private static final int MOST_STEPS = 1_000_000;

    private final Pattern pattern;

    BoundedRegex(Pattern pattern) {
        this.pattern = pattern;
    }

    @Override
    public boolean matches(String name) {
        try {
            return pattern.matcher(new Counted(name)).lookingAt();
        } catch (StackOverflowError e) {
            throw tooLong(name);
        }
    }

    private InvalidNameException tooLong(String name) {
        return new InvalidNameException("the regular expression \"" + pattern + "\" takes too long with the name \""
                + name + "\"; simplify it, such as (a+)+ to a+");
    }

    /** A text that counts how many of its characters have been examined. */
    private final class Counted implements CharSequence {
        private final String text;
        private int left = MOST_STEPS;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (left-- == 0) {
                throw tooLong(text);
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
