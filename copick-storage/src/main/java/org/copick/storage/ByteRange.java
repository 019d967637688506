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
    /**
     * Checks the numbers.
     *
     * @param offset the first byte, or the distance from the end
     * @param length the number of bytes
     * @param fromEnd whether {@code offset} counts back from the object's end
     * @throws IllegalArgumentException if a number is negative, or their sum exceeds {@link Long#MAX_VALUE}
     */
    public ByteRange {
        if (offset < 0 || length < 0 || offset > Long.MAX_VALUE - length) {
            throw new IllegalArgumentException("not a byte range: offset " + offset + ", length " + length);
        }
    }

    /**
     * Checks that an array is at least as long as this range.
     *
     * @param into the array that receives this range
     * @throws IllegalArgumentException if the array is too short
     */
    public void requireFits(byte[] into) {
        if (length > into.length) {
            throw new IllegalArgumentException(length + " bytes for an array of " + into.length);
        }
    }

    /**
     * {@return the range of {@code length} bytes that begins at {@code offset}}
     *
     * @param offset the position of the first byte, counted from 0
     * @param length the number of bytes; 0 for an empty range
     * @throws IllegalArgumentException if a number is negative, or their sum exceeds {@link Long#MAX_VALUE}
     */
    public static ByteRange of(long offset, long length) {
        return new ByteRange(offset, length, false);
    }

    /**
     * {@return the range of the last {@code length} bytes, or of the whole object if it is shorter}
     *
     * @param length the number of bytes; 0 for an empty range
     * @throws IllegalArgumentException if the length is negative or exceeds half of {@link Long#MAX_VALUE}
     */
    public static ByteRange last(long length) {
        return new ByteRange(length, length, true);
    }

    /**
     * {@return the position of this range's first byte in an object; the object's size if the range begins past the
     * end}
     *
     * @param size the object's size in bytes
     */
    public long startIn(long size) {
        return fromEnd ? Math.max(0, size - offset) : Math.min(offset, size);
    }

    /**
     * {@return the number of bytes that this range covers in an object; 0 if the range begins past the end}
     *
     * @param size the object's size in bytes
     */
    public long lengthIn(long size) {
        return Math.min(length, size - startIn(size));
    }
}
