package org.copick.storage;

/**
 * Part of an object. A range that reaches past the object's end is cut there, and one that begins past the end is
 * empty, so the caller compares lengths.
 *
 * @param offset the first byte; for a {@linkplain #last suffix} the distance from the end, which equals {@code length}
 * @param length how many bytes
 * @param fromEnd whether {@code offset} counts back from the object's end
 */
public record ByteRange(long offset, long length, boolean fromEnd) {
    public ByteRange {
        if (offset < 0 || length < 0 || offset > Long.MAX_VALUE - length) {
            throw new IllegalArgumentException("not a byte range: offset " + offset + ", length " + length);
        }
    }

    /**
     * Makes sure that an array has room for this range.
     *
     * @throws IllegalArgumentException when it has not
     */
    public void requireFits(byte[] into) {
        if (length > into.length) {
            throw new IllegalArgumentException(length + " bytes for an array of " + into.length);
        }
    }

    /** {@code length} bytes beginning at {@code offset}. */
    public static ByteRange of(long offset, long length) {
        return new ByteRange(offset, length, false);
    }

    /** The last {@code length} bytes, or the whole object where it is shorter. */
    public static ByteRange last(long length) {
        return new ByteRange(length, length, true);
    }

    /** The first byte this range means in an object of {@code size} bytes. */
    public long startIn(long size) {
        return fromEnd ? Math.max(0, size - offset) : Math.min(offset, size);
    }

    /** How many bytes of an object of {@code size} bytes this range holds. */
    public long lengthIn(long size) {
        return Math.min(length, size - startIn(size));
    }
}
