package org.copick.storage.disk;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A byte range of one version of an object that is cached as a file. All components are part of the file's name.
 *
 * @param version the {@linkplain HashedName#shortHex() short hash} of the version
 * @param size the object's size in bytes
 * @param offset the position of the first byte in the object
 * @param length the number of bytes, at least 1
 */
record Piece(String version, long size, long offset, int length) {
    private static final Pattern NAME = Pattern.compile("([0-9a-f]{16})-([0-9]{1,18})-([0-9]{1,18})-([0-9]{1,9})");

    /** Maximum length in bytes; the name has room for nine digits. */
    static final int LONGEST = 999_999_999;

    /** Maximum size in bytes of an object with pieces; the name has room for 18 digits. */
    static final long LARGEST = 999_999_999_999_999_999L;

    /** Returns the piece stored in a file of the given name, or null if the name is not that of a piece. */
    static @Nullable Piece named(String name) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            return null;
        }
        Piece piece = new Piece(
                parts.group(1),
                Long.parseLong(parts.group(2)),
                Long.parseLong(parts.group(3)),
                Integer.parseInt(parts.group(4)));
        return piece.length > 0 && piece.end() <= piece.size && piece.name().equals(name) ? piece : null;
    }

    String name() {
        return version + "-" + size + "-" + offset + "-" + length;
    }

    long end() {
        return offset + length;
    }
}
