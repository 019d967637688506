package org.copick;

import java.util.regex.Pattern;

/** Shell patterns as Python's {@code fnmatch} reads them: {@code *}, {@code ?}, {@code [a-z]}, {@code [!a-z]}. */
final class Glob {
    private Glob() {}

    static String toRegex(String glob) {
        StringBuilder regex = new StringBuilder();
        int i = 0;
        while (i < glob.length()) {
            int c = glob.codePointAt(i);
            int end = c == '[' ? classEnd(glob, i) : -1;
            if (end > 0) {
                regex.append(characterClass(glob.substring(i + 1, end)));
                i = end + 1;
                continue;
            }
            if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else {
                regex.append(Pattern.quote(Character.toString(c)));
            }
            i += Character.charCount(c);
        }
        return regex.toString();
    }

    /** Where the class that opens at {@code open} is closed, or -1; a bracket right at its start is a member. */
    private static int classEnd(String glob, int open) {
        int from = open + 1;
        if (from < glob.length() && glob.charAt(from) == '!') {
            from++;
        }
        return from < glob.length() ? glob.indexOf(']', from + 1) : -1;
    }

    private static String characterClass(String members) {
        boolean negated = members.startsWith("!");
        String body = negated ? members.substring(1) : members;
        return (negated ? "[^" : "[")
                + body.replace("\\", "\\\\")
                        .replace("[", "\\[")
                        .replace("]", "\\]")
                        .replace("^", "\\^")
                        .replace("&&", "&\\&")
                + "]";
    }
}
