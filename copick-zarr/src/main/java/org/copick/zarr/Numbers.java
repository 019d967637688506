package org.copick.zarr;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.copick.zarr.codec.Half;

/**
 * A view of the elements in a buffer as numbers, whatever their type. It covers the bytes from the buffer's position on
 * and uses the buffer's byte order.
 */
public final class Numbers {
    private final DataType type;
    private final ByteBuffer bytes;

    /**
     * Creates a view of the elements in a buffer.
     *
     * @param type the type of the elements
     * @param bytes the elements from the buffer's position to its limit, in the buffer's byte order
     */
    public Numbers(DataType type, ByteBuffer bytes) {
        Objects.requireNonNull(type, "type");
        this.type = type;
        this.bytes = bytes.slice().order(bytes.order());
    }

    /** {@return the number of elements} */
    public int size() {
        return bytes.capacity() / type.bytes();
    }

    /**
     * {@return an element as a whole number} uint64 values keep their bits, so values from 2⁶³ on are negative.
     *
     * @param i the index of the element
     * @throws IllegalArgumentException for a floating-point type
     */
    public long whole(int i) {
        return switch (type) {
            case BOOL, UINT8 -> bytes.get(i) & 0xff;
            case INT8 -> bytes.get(i);
            case INT16 -> bytes.getShort(2 * i);
            case UINT16 -> bytes.getShort(2 * i) & 0xffff;
            case INT32 -> bytes.getInt(4 * i);
            case UINT32 -> bytes.getInt(4 * i) & 0xffffffffL;
            case INT64, UINT64 -> bytes.getLong(8 * i);
            case FLOAT16, FLOAT32, FLOAT64 -> throw new IllegalArgumentException(type + " is not an integer type");
        };
    }

    /**
     * {@return whether a value occurs, for each value from 0 to 255}
     *
     * @throws IllegalArgumentException for a type other than uint8
     */
    public boolean[] presentBytes() {
        if (type != DataType.UINT8) {
            throw new IllegalArgumentException(type + " is not uint8");
        }
        boolean[] there = new boolean[1 << Byte.SIZE];
        int last = bytes.capacity();
        for (int i = 0; i < last; i++) {
            there[bytes.get(i) & 0xff] = true;
        }
        return there;
    }

    /**
     * {@return an element of any type as a number} Whole numbers that need more than 53 bits are rounded to the
     * nearest.
     *
     * @param i the index of the element
     */
    public double decimal(int i) {
        return switch (type) {
            case FLOAT16 -> Half.toFloat(bytes.getShort(2 * i));
            case FLOAT32 -> bytes.getFloat(4 * i);
            case FLOAT64 -> bytes.getDouble(8 * i);
            case UINT64 -> Sink.unsignedToDouble(bytes.getLong(8 * i));
            default -> whole(i);
        };
    }

    /**
     * Sets an element to a whole number.
     *
     * @param i the index of the element
     * @param value the number. Integer types keep its low bits, bool is false only for 0, and floating-point types take
     *     the nearest value
     */
    public void put(int i, long value) {
        switch (type) {
            case BOOL -> bytes.put(i, (byte) (value == 0 ? 0 : 1));
            case INT8, UINT8 -> bytes.put(i, (byte) value);
            case INT16, UINT16 -> bytes.putShort(2 * i, (short) value);
            case INT32, UINT32 -> bytes.putInt(4 * i, (int) value);
            case INT64, UINT64 -> bytes.putLong(8 * i, value);
            case FLOAT32 -> bytes.putFloat(4 * i, (float) value);
            case FLOAT64 -> bytes.putDouble(8 * i, (double) value);
            case FLOAT16 -> bytes.putShort(2 * i, Half.fromDouble((double) value));
        }
    }

    /**
     * Sets an element of a floating-point type to the nearest value of a number.
     *
     * @param i the index of the element
     * @param value the number
     * @throws IllegalArgumentException for any other type
     */
    public void put(int i, double value) {
        switch (type) {
            case FLOAT32 -> bytes.putFloat(4 * i, (float) value);
            case FLOAT64 -> bytes.putDouble(8 * i, value);
            case FLOAT16 -> bytes.putShort(2 * i, Half.fromDouble(value));
            default -> throw new IllegalArgumentException("cannot put a decimal number into elements of type " + type);
        }
    }

    @Override
    public String toString() {
        return bytes.capacity() / type.bytes() + " of " + type;
    }
}
