package org.copick;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A shell pattern with the syntax of Python's {@code fnmatch}: {@code *}, {@code ?}, {@code [a-z]}, {@code [!a-z]}.
 *
 * <p>Matches whole names. A match takes at most as many steps as the pattern's length times the name's length.
 */
final class Glob implements NamePattern {
    /** Tests of one character each; null matches any number of characters. */
    private final List<@Nullable IntPredicate> tokens = new ArrayList<>();

    /** @throws java.util.regex.PatternSyntaxException if a character class has a range that ends before it begins */
    Glob(String glob) {
        int i = 0;
        while (i < glob.length()) {
            int c = glob.codePointAt(i);
            int end = c == '[' ? classEnd(glob, i) : -1;
            if (end > 0) {
                tokens.add(characterClass(glob.substring(i + 1, end)));
                i = end + 1;
                continue;
            }
            if (c != '*') {
                tokens.add(c == '?' ? next -> true : next -> next == c);
            } else if (tokens.isEmpty() || tokens.get(tokens.size() - 1) != null) {
                tokens.add(null);
            }
            i += Character.charCount(c);
        }
    }

    /** Returns whether a text contains any wildcard character. */
    static boolean isGlob(String text) {
        return text.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
    }

    @Override
    public boolean matches(String name) {
        int token = 0;
        int at = 0;
        // after a mismatch it is enough to extend the last star: the shortest match of all tokens before it is as good
        // as any other
        int afterStar = -1;
        int starEnd = 0;
        while (at < name.length()) {
            boolean ended = token == tokens.size();
            IntPredicate next = ended ? null : tokens.get(token);
            int c = name.codePointAt(at);
            if (next == null && !ended) {
                afterStar = ++token;
                starEnd = at;
            } else if (next != null && next.test(c)) {
                token++;
                at += Character.charCount(c);
            } else if (afterStar >= 0) {
                token = afterStar;
                starEnd += Character.charCount(name.codePointAt(starEnd));
                at = starEnd;
            } else {
                return false;
            }
        }
        return token == tokens.size() || (token == tokens.size() - 1 && tokens.get(token) == null);
    }

    /**
     * Returns the index of the bracket that closes the character class opened at {@code open}, or -1.
     *
     * <p>A closing bracket directly after the opening is a member of the class.
     */
    private static int classEnd(String glob, int open) {
        int from = open + 1;
        if (from < glob.length() && glob.charAt(from) == '!') {
            from++;
        }
        return from < glob.length() ? glob.indexOf(']', from + 1) : -1;
    }

    private static IntPredicate characterClass(String members) {
        boolean negated = members.startsWith("!");
        String body = negated ? members.substring(1) : members;
        Pattern member = Pattern.compile((negated ? "[^" : "[")
                + body.replace("\\", "\\\\")
                        .replace("[", "\\[")
                        .replace("]", "\\]")
                        .replace("^", "\\^")
                        .replace("&&", "&\\&")
                + "]");
        return c -> member.matcher(Character.toString(c)).matches();
    }
}
