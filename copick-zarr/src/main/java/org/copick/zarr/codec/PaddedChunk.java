package org.copick.zarr.codec;

import java.util.Arrays;

/**
 * A chunk with content only in its first corner and zeros elsewhere. Small images are stored in chunks that are much
 * larger than the image. An immutable view of an array.
 *
 * @param corner the elements of the corner in C order
 * @param cornerShape the number of elements of the corner along z, y and x
 * @param shape the number of elements of the chunk along z, y and x
 * @param elementBytes the number of bytes of an element
 */
@SuppressWarnings("ArrayRecordComponent") // a view, never compared
public record PaddedChunk(byte[] corner, int[] cornerShape, int[] shape, int elementBytes) {
    /** {@return the number of bytes of the whole chunk} */
    public int length() {
        return shape[0] * shape[1] * shape[2] * elementBytes;
    }

    /** {@return whether there is no padding} */
    public boolean isWhole() {
        return Arrays.equals(cornerShape, shape);
    }

    /** {@return the whole chunk; without padding, this is the corner itself} */
    public byte[] whole() {
        if (isWhole()) {
            return corner;
        }
        byte[] whole = new byte[length()];
        copy(0, whole, whole.length);
        return whole;
    }

    /** Copies the whole chunk into an array, from {@code at} on. */
    void copyTo(byte[] into, int at) {
        copy(0, into, at, length());
    }

    /**
     * Copies a part of the whole chunk.
     *
     * @param from the first byte of the part
     * @param into receives the part, from index 0 on
     * @return whether the part contains anything but padding
     */
    boolean copy(int from, byte[] into, int length) {
        return copy(from, into, 0, length);
    }

    private boolean copy(int from, byte[] into, int first, int length) {
        if (isWhole()) {
            System.arraycopy(corner, from, into, first, length);
            return true;
        }
        Arrays.fill(into, first, first + length, (byte) 0);
        int row = shape[2] * elementBytes;
        int cornerRow = cornerShape[2] * elementBytes;
        boolean any = false;
        for (int line = from / row; line * row < from + length; line++) {
            int y = line % shape[1];
            int plane = line / shape[1];
            if (plane >= cornerShape[0]) {
                return any;
            }
            if (y >= cornerShape[1]) {
                // skip to the next plane
                line = (plane + 1) * shape[1] - 1;
                continue;
            }
            int begin = Math.max(from, line * row);
            int end = Math.min(from + length, line * row + cornerRow);
            if (begin < end) {
                int at = (plane * cornerShape[1] + y) * cornerRow + begin - line * row;
                System.arraycopy(corner, at, into, first + begin - from, end - begin);
                any = true;
            }
        }
        return any;
    }
}
