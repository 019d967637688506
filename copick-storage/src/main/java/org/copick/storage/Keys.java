package org.copick.storage;

import org.copick.error.InvalidNameException;

/** Checks the syntax of keys: segments joined by {@code /}, none of them empty, {@code .} or {@code ..}, no NUL. */
public final class Keys {
    private Keys() {}

    /**
     * Checks a key.
     *
     * @param key the text to check
     * @return the key, unchanged
     * @throws InvalidNameException if it is invalid
     */
    public static String checked(String key) {
        int start = 0;
        while (true) {
            int slash = key.indexOf('/', start);
            checkSegment(key, key.substring(start, slash < 0 ? key.length() : slash));
            if (slash < 0) {
                return key;
            }
            start = slash + 1;
        }
    }

    /**
     * Checks a prefix, which is empty or a key followed by {@code /}.
     *
     * @param prefix the text to check
     * @return the prefix, unchanged
     * @throws InvalidNameException if it is invalid
     */
    public static String checkedPrefix(String prefix) {
        if (!prefix.isEmpty()) {
            if (!prefix.endsWith("/")) {
                throw new InvalidNameException("\"" + printable(prefix) + "\" is not a prefix: it does not end with /");
            }
            checked(prefix.substring(0, prefix.length() - 1));
        }
        return prefix;
    }

    /**
     * {@return the last segment of a key or prefix, without a trailing {@code /}}
     *
     * @param keyOrPrefix a valid key or prefix; an empty one has an empty last segment
     */
    public static String lastSegment(String keyOrPrefix) {
        int end = keyOrPrefix.endsWith("/") ? keyOrPrefix.length() - 1 : keyOrPrefix.length();
        return keyOrPrefix.substring(keyOrPrefix.lastIndexOf('/', end - 1) + 1, end);
    }

    /** Returns the prefix one level above; empty for a prefix of the first level. */
    static String parentPrefix(String prefix) {
        return prefix.substring(0, prefix.lastIndexOf('/', prefix.length() - 2) + 1);
    }

    private static void checkSegment(String key, String segment) {
        String problem = segment.isEmpty()
                ? "an empty part"
                : segment.equals(".") || segment.equals("..")
                        ? "the part \"" + segment + "\""
                        : segment.indexOf('\0') >= 0 ? "a NUL character" : "";
        if (!problem.isEmpty()) {
            throw new InvalidNameException("\"" + printable(key) + "\" is not a key: it holds " + problem);
        }
    }

    private static String printable(String text) {
        return text.replace("\0", "\\0");
    }
}
