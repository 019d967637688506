package org.copick.internal.names;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Suggestions for misspelt names of commands, options and objects. */
public final class Nearest {
    private Nearest() {}

    /** Returns the known name that is nearest to a misspelt one; empty if none is near. */
    public static Optional<String> to(String text, Collection<String> known) {
        String typed = bare(text);
        if (typed.length() < 2) {
            return Optional.empty();
        }
        return known.stream()
                .filter(name -> isNear(typed, bare(name)))
                .min(Comparator.<String>comparingInt(name -> distance(typed, bare(name)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static boolean isNear(String typed, String name) {
        boolean begins =
                Math.min(typed.length(), name.length()) >= 3 && (name.startsWith(typed) || typed.startsWith(name));
        return begins || distance(typed, name) <= Math.max(1, typed.length() / 3);
    }

    private static String bare(String name) {
        return name.replaceFirst("^-+", "").replaceFirst("=.*", "").toLowerCase(Locale.ROOT);
    }

    /** Returns the number of wrong, missing, extra or swapped characters. */
    private static int distance(String a, String b) {
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int[] ways = {steps[i - 1][j] + 1, steps[i][j - 1] + 1, steps[i - 1][j - 1] + same};
                steps[i][j] = Arrays.stream(ways).min().getAsInt();
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    steps[i][j] = Math.min(steps[i][j], steps[i - 2][j - 2] + 1);
                }
            }
        }
        return steps[a.length()][b.length()];
    }
}
