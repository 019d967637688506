package org.copick.zarr.codec;

import java.util.Arrays;

/**
 * A chunk of which only the first corner holds anything, the rest being zeros: small images are stored in chunks much larger
 * than themselves. Immutable view of an array.
 */
@SuppressWarnings("ArrayRecordComponent") // a view, never compared
public record PaddedChunk(byte[] corner, int[] cornerShape, int[] shape, int elementBytes) {
    /** How many bytes the whole chunk has. */
    public int length() {
        return shape[0] * shape[1] * shape[2] * elementBytes;
    }

    /** Whether there is no padding. */
    boolean isWhole() {
        return Arrays.equals(cornerShape, shape);
    }

    /** The whole chunk; the corner itself where there is no more. */
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
     * @param from its first byte
     * @param into where it goes, from the beginning on
     * @return whether anything but padding is in it
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
                // on to the next plane
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
