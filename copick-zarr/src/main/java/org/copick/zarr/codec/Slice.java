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
    /**
     * {@return a slice of all bytes of an array}
     *
     * @param bytes the array, which must not be changed
     */
    public static Slice of(byte[] bytes) {
        return new Slice(bytes, 0, bytes.length);
    }

    /**
     * {@return a part of this slice, as a view of its array}
     *
     * @param at the position of the part's first byte in this slice
     * @param count the number of bytes of the part
     */
    public Slice part(int at, int count) {
        return new Slice(bytes, from + at, count);
    }

    /**
     * {@return a view for absolute reads from 0 on}
     *
     * @param order the byte order of the view
     */
    public ByteBuffer buffer(ByteOrder order) {
        return ByteBuffer.wrap(bytes, from, length).slice().order(order);
    }
}
