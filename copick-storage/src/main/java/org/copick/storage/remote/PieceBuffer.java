package org.copick.storage.remote;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Collects the bytes of one piece of an object in a growing array. For use by one thread. */
public final class PieceBuffer {
    private byte[] bytes = {};
    private int length;

    /** Creates a buffer with an empty piece. */
    public PieceBuffer() {}

    /** {@return the number of collected bytes} */
    public int length() {
        return length;
    }

    /**
     * Appends bytes until the piece has its maximum length.
     *
     * @param source the array that contains the bytes
     * @param from the index of the first byte
     * @param count the number of bytes to append if there is room for them
     * @param most the maximum length of the piece in bytes, at least its present length
     * @return the number of appended bytes
     */
    public int append(byte[] source, int from, int count, int most) {
        int taken = Math.min(count, most - length);
        if (bytes.length - length < taken) {
            long wanted = Math.max(2L * bytes.length, (long) length + taken);
            bytes = Arrays.copyOf(bytes, (int) Math.min(most, wanted));
        }
        System.arraycopy(source, from, bytes, length, taken);
        length += taken;
        return taken;
    }

    /** {@return the array, which holds the piece in its first {@link #length()} bytes} */
    public byte[] array() {
        return bytes;
    }

    /** {@return a copy of the piece} */
    public byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    /** Begins a new piece in the same array. */
    public void reset() {
        length = 0;
    }

    /**
     * Begins a new piece in a new array.
     *
     * @return the old piece, in the old array
     */
    public ByteBuffer release() {
        ByteBuffer piece = ByteBuffer.wrap(bytes, 0, length);
        bytes = new byte[0];
        length = 0;
        return piece;
    }
}
