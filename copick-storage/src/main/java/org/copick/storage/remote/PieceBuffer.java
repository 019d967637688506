package org.copick.storage.remote;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Collects the bytes of one piece of an object in a growing array. For use by one thread. */
public final class PieceBuffer {
    private byte[] bytes = {};
    private int length;

    /** Creates an empty buffer. */
    public PieceBuffer() {}

    /** Returns the number of collected bytes. */
    public int length() {
        return length;
    }

    /** Appends bytes until the piece has {@code most} bytes, and returns the number of appended bytes. */
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

    /** Returns the array, which holds the piece in its first {@link #length()} bytes. */
    public byte[] array() {
        return bytes;
    }

    /** Returns a copy of the piece. */
    public byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    /** Begins a new piece in the same array. */
    public void reset() {
        length = 0;
    }

    /** Begins a new piece in a new array, and returns the old one without copying it. */
    public ByteBuffer release() {
        ByteBuffer piece = ByteBuffer.wrap(bytes, 0, length);
        bytes = new byte[0];
        length = 0;
        return piece;
    }
}
