package org.copick.zarr.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A range of an array's bytes.
 *
 * @param bytes the array, which must not be changed
 * @param from the index of the first byte
 * @param length the number of bytes
 */
@SuppressWarnings("ArrayRecordComponent") // a view, never compared
public record Slice(byte[] bytes, int from, int length) {
    /** Returns a slice of all bytes of an array. */
    public static Slice of(byte[] bytes) {
        return new Slice(bytes, 0, bytes.length);
    }

    /** Returns {@code count} bytes of this slice, from position {@code at} of the slice on. */
    public Slice part(int at, int count) {
        return new Slice(bytes, from + at, count);
    }

    /** Returns a view for absolute reads from 0 on. */
    public ByteBuffer buffer(ByteOrder order) {
        return ByteBuffer.wrap(bytes, from, length).slice().order(order);
    }
}
