package org.copick;

import org.copick.entity.EntityKind;

/**
 * The parts of a copick URI without its query, split as the grammar of {@link CopickUri} says. Those that are left out, and those
 * that the kind does not have, are {@code *}.
 *
 * @param author user and session together
 */
record UriParts(String name, String author, String user, String session, String spacing, String feature) {
    static final String ANY = "*";

    /** Finds where a delimiter is; negative where it is not. */
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
