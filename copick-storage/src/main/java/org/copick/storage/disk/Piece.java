package org.copick.storage.disk;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of one version of an object that is kept as a file, as its name tells it.
 *
 * @param version the {@linkplain HashedName#shortHex() mark} of the version
 * @param size how many bytes the object has
 * @param offset where the stretch begins
 * @param length how many bytes it has, at least 1
 */
record Piece(String version, long size, long offset, int length) {
    private static final Pattern NAME = Pattern.compile("([0-9a-f]{16})-([0-9]{1,18})-([0-9]{1,18})-([0-9]{1,9})");

    /** Longer stretches are not kept, because their names could not be read back. */
    static final int LONGEST = 999_999_999;

    /** Nothing of larger objects is kept, for the same reason. */
    static final long LARGEST = 999_999_999_999_999_999L;

    /** The piece that a file of this name holds, or null where it is no name of a piece. */
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
