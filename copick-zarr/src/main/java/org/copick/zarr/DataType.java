package org.copick.zarr;

import java.nio.ByteOrder;
import java.util.Locale;
import org.copick.zarr.codec.NumpyType;

/** The types of elements. */
public enum DataType {
    BOOL('b', 1),
    INT8('i', 1),
    INT16('i', 2),
    INT32('i', 4),
    INT64('i', 8),
    UINT8('u', 1),
    UINT16('u', 2),
    UINT32('u', 4),
    UINT64('u', 8),
    FLOAT16('f', 2),
    FLOAT32('f', 4),
    FLOAT64('f', 8);

    private final char kind;
    private final int bytes;

    DataType(char kind, int bytes) {
        this.kind = kind;
        this.bytes = bytes;
    }

    /** Returns the number of bytes of an element. */
    public int bytes() {
        return bytes;
    }

    /** Returns whether elements are floating-point numbers. */
    public boolean isFloat() {
        return kind == 'f';
    }

    /**
     * Returns a whole number of this type in decimal; {@code bits} are unsigned for uint64 and signed for all other
     * types.
     */
    public String text(long bits) {
        return this == UINT64 ? Long.toUnsignedString(bits) : Long.toString(bits);
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
