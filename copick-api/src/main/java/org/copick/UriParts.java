package org.copick;

import java.util.Locale;
import java.util.Set;
import org.copick.entity.EntityKind;

/**
 * The parts of a copick URI without its query, separated according to the grammar of {@link CopickUri}.
 *
 * <p>Parts that are omitted, or that the kind of entity does not have, are {@code *}.
 *
 * @param author user and session, not separated
 */
record UriParts(String name, String author, String user, String session, String spacing, String feature) {
    static final String ANY = "*";
    private static final Set<String> YES = Set.of("true", "1", "yes");

    /** Returns whether the value of a query parameter stands for true, in any case of letters. */
    static boolean isYes(String value) {
        return YES.contains(value.toLowerCase(Locale.ROOT));
    }

    /** Returns the index of a delimiter in a text, or a negative number if the text does not contain it. */
    @FunctionalInterface
    interface Delimiters {
        int in(String text, char delimiter);
    }

    static UriParts of(EntityKind kind, String text, Delimiters delimiters) {
        boolean image = kind == EntityKind.TOMOGRAM || kind == EntityKind.FEATURES;
        String[] at = split(text, '@', image || kind == EntityKind.SEGMENTATION, delimiters);
        String[] of = split(at[1], ':', kind == EntityKind.FEATURES, delimiters);
        String[] by = split(at[0], ':', !image, delimiters);
        String[] in = split(by[1], '/', !image, delimiters);
        return new UriParts(by[0], by[1], in[0], in[1], of[0], of[1]);
    }

    private static String[] split(String whole, char delimiter, boolean has, Delimiters delimiters) {
        int at = has ? delimiters.in(whole, delimiter) : -1;
        return at < 0 ? new String[] {whole, ANY} : new String[] {whole.substring(0, at), whole.substring(at + 1)};
    }
}
