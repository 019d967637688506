package org.copick.storage;

/**
 * A range of an object's bytes. A read is cut at the object's end, and is empty if the range begins past the end; the
 * caller must compare lengths.
 *
 * @param offset the first byte; for a {@linkplain #last suffix} the distance from the end, which equals {@code length}
 * @param length the number of bytes
 * @param fromEnd whether {@code offset} counts back from the object's end
 */
public record ByteRange(long offset, long length, boolean fromEnd) {
    public ByteRange {
        if (offset < 0 || length < 0 || offset > Long.MAX_VALUE - length) {
            throw new IllegalArgumentException("not a byte range: offset " + offset + ", length " + length);
        }
    }

    /**
     * Checks that an array is at least as long as this range.
     *
     * @throws IllegalArgumentException if the array is too short
     */
    public void requireFits(byte[] into) {
        if (length > into.length) {
            throw new IllegalArgumentException(length + " bytes for an array of " + into.length);
        }
    }

    /** Returns the range of {@code length} bytes that begins at {@code offset}. */
    public static ByteRange of(long offset, long length) {
        return new ByteRange(offset, length, false);
    }

    /** Returns the range of the last {@code length} bytes, or of the whole object if it is shorter. */
    public static ByteRange last(long length) {
        return new ByteRange(length, length, true);
    }

    /** Returns the position of this range's first byte in an object of {@code size} bytes. */
    public long startIn(long size) {
        return fromEnd ? Math.max(0, size - offset) : Math.min(offset, size);
    }

    /** Returns the number of bytes that this range covers in an object of {@code size} bytes. */
    public long lengthIn(long size) {
        return Math.min(length, size - startIn(size));
    }
}
