package org.copick.zarr.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Some bytes of an array.
 *
 * @param bytes not to be changed
 * @param from where they begin
 * @param length how many
 */
@SuppressWarnings("ArrayRecordComponent") // a view, never compared
public record Slice(byte[] bytes, int from, int length) {
    public static Slice of(byte[] bytes) {
        return new Slice(bytes, 0, bytes.length);
    }

    /** A part of this, by positions in it. */
    public Slice part(int at, int count) {
        return new Slice(bytes, from + at, count);
    }

    /** A view for absolute reads from 0 on. */
    public ByteBuffer buffer(ByteOrder order) {
        return ByteBuffer.wrap(bytes, from, length).slice().order(order);
    }
}
