package org.copick.zarr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import org.copick.zarr.codec.NumpyType;

/** The types of elements. */
public enum DataType {
    /** A boolean in one byte: 0 for false, 1 for true. */
    BOOL('b', 1),
    /** A signed integer of 8 bits. */
    INT8('i', 1),
    /** A signed integer of 16 bits. */
    INT16('i', 2),
    /** A signed integer of 32 bits. */
    INT32('i', 4),
    /** A signed integer of 64 bits. */
    INT64('i', 8),
    /** An unsigned integer of 8 bits. */
    UINT8('u', 1),
    /** An unsigned integer of 16 bits. */
    UINT16('u', 2),
    /** An unsigned integer of 32 bits. */
    UINT32('u', 4),
    /** An unsigned integer of 64 bits. In a {@code long}, values from 2⁶³ on are negative. */
    UINT64('u', 8),
    /** A half-precision floating-point number, which Java has no type for. */
    FLOAT16('f', 2),
    /** A single-precision floating-point number, Java's {@code float}. */
    FLOAT32('f', 4),
    /** A double-precision floating-point number, Java's {@code double}. */
    FLOAT64('f', 8);

    private final char kind;
    private final int bytes;

    DataType(char kind, int bytes) {
        this.kind = kind;
        this.bytes = bytes;
    }

    /** {@return the number of bytes of an element} */
    public int bytes() {
        return bytes;
    }

    /** {@return whether elements are floating-point numbers} */
    public boolean isFloat() {
        return kind == 'f';
    }

    /**
     * {@return a whole number of this type in decimal}
     *
     * @param bits the number, unsigned for uint64 and signed for all other types
     */
    public String text(long bits) {
        return this == UINT64 ? Long.toUnsignedString(bits) : Long.toString(bits);
    }

    /**
     * Converts elements of this type to floats. Values that floats cannot hold exactly are rounded to the nearest.
     *
     * @param elements a heap or direct buffer in the byte order of the elements; read by index, so its position does not
     *     matter
     * @param first the index of the first element to convert, counted in elements
     * @param into receives the floats from index 0 on
     * @param n the number of elements to convert
     */
    public void toFloats(ByteBuffer elements, int first, float[] into, int n) {
        new FloatConversion(this).convert(elements, first, into, 0, n);
    }

    /** Returns numpy's name, such as {@code float32}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns numpy's code without byte order, such as {@code f4}. */
    String code() {
        return kind + Integer.toString(bytes);
    }

    /** Returns the numpy type with this byte order. */
    NumpyType numpy(ByteOrder order) {
        return new NumpyType(kind, bytes, order);
    }
}
