package org.copick.zarr.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A type of numbers in one of the spellings that numpy reads: {@code <f4}, {@code =f4}, {@code f4}, {@code f} or
 * {@code float32}.
 *
 * @param kind {@code b} for truth values, {@code i}, {@code u} or {@code f}
 * @param bytes how many an element takes
 * @param order of the bytes; the machine's own, which the spelling may mean, counts as little-endian
 */
public record NumpyType(char kind, int bytes, ByteOrder order) {
    private static final Pattern SIZED = Pattern.compile("([<>=|]?)(b1|[iu][1248]|f[248])");
    private static final Pattern LETTER = Pattern.compile("([<>=|]?)([?bBhHiIlLqQpPnNefd])");

    private static final Map<String, String> LETTERS = Map.ofEntries(
            Map.entry("?", "b1"),
            Map.entry("b", "i1"),
            Map.entry("B", "u1"),
            Map.entry("h", "i2"),
            Map.entry("H", "u2"),
            Map.entry("i", "i4"),
            Map.entry("I", "u4"),
            Map.entry("l", "i8"),
            Map.entry("L", "u8"),
            Map.entry("q", "i8"),
            Map.entry("Q", "u8"),
            Map.entry("p", "i8"),
            Map.entry("P", "u8"),
            Map.entry("n", "i8"),
            Map.entry("N", "u8"),
            Map.entry("e", "f2"),
            Map.entry("f", "f4"),
            Map.entry("d", "f8"));

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("bool", "b1"),
            Map.entry("bool_", "b1"),
            Map.entry("int8", "i1"),
            Map.entry("byte", "i1"),
            Map.entry("uint8", "u1"),
            Map.entry("ubyte", "u1"),
            Map.entry("int16", "i2"),
            Map.entry("short", "i2"),
            Map.entry("uint16", "u2"),
            Map.entry("ushort", "u2"),
            Map.entry("int32", "i4"),
            Map.entry("intc", "i4"),
            Map.entry("uint32", "u4"),
            Map.entry("uintc", "u4"),
            Map.entry("int64", "i8"),
            Map.entry("int", "i8"),
            Map.entry("int_", "i8"),
            Map.entry("intp", "i8"),
            Map.entry("long", "i8"),
            Map.entry("longlong", "i8"),
            Map.entry("uint64", "u8"),
            Map.entry("uint", "u8"),
            Map.entry("uintp", "u8"),
            Map.entry("ulong", "u8"),
            Map.entry("ulonglong", "u8"),
            Map.entry("float16", "f2"),
            Map.entry("half", "f2"),
            Map.entry("float32", "f4"),
            Map.entry("single", "f4"),
            Map.entry("float64", "f8"),
            Map.entry("float", "f8"),
            Map.entry("double", "f8"));

    /** Reads a spelling; empty for one of another type or of none. */
    public static Optional<NumpyType> parse(String text) {
        String name = NAMES.get(text);
        if (name != null) {
            return Optional.of(sized("", name));
        }
        Matcher sized = SIZED.matcher(text);
        if (sized.matches()) {
            return Optional.of(sized(sized.group(1), sized.group(2)));
        }
        Matcher letter = LETTER.matcher(text);
        return letter.matches()
                ? Optional.ofNullable(LETTERS.get(letter.group(2))).map(code -> sized(letter.group(1), code))
                : Optional.empty();
    }

    private static NumpyType sized(String order, String code) {
        ByteOrder bytes = order.equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return new NumpyType(code.charAt(0), code.charAt(1) - '0', bytes);
    }

    /** numpy's code without byte order, such as {@code f4}. */
    public String code() {
        return kind + Integer.toString(bytes);
    }

    NumpyType inOrder(ByteOrder changed) {
        return new NumpyType(kind, bytes, changed);
    }

    boolean isFloat() {
        return kind == 'f';
    }

    /** An element of a type that is no floating-point one, uint64 bit by bit. */
    long integer(ByteBuffer from, int at) {
        return switch (bytes) {
            case 1 -> kind == 'i' ? from.get(at) : from.get(at) & 0xff;
            case 2 -> kind == 'u' ? from.getShort(2 * at) & 0xffff : from.getShort(2 * at);
            case 4 -> kind == 'u' ? from.getInt(4 * at) & 0xffffffffL : from.getInt(4 * at);
            default -> from.getLong(8 * at);
        };
    }

    /** An element as a number, rounded to what 53 bits hold. */
    double decimal(ByteBuffer from, int at) {
        if (kind == 'f') {
            return switch (bytes) {
                case 2 -> Half.toFloat(from.getShort(2 * at));
                case 4 -> from.getFloat(4 * at);
                default -> from.getDouble(8 * at);
            };
        }
        long whole = integer(from, at);
        return kind == 'u' && bytes == Long.BYTES && whole < 0 ? ((whole >>> 1) | (whole & 1)) * 2.0 : whole;
    }

    /** Puts the low bits of a whole number. */
    void putInteger(ByteBuffer into, int at, long value) {
        switch (bytes) {
            case 1 -> into.put(at, (byte) value);
            case 2 -> into.putShort(2 * at, (short) value);
            case 4 -> into.putInt(4 * at, (int) value);
            default -> into.putLong(8 * at, value);
        }
    }

    /** Puts a number, of which types that are no floating-point ones keep the whole part. */
    void putDecimal(ByteBuffer into, int at, double value) {
        if (kind != 'f') {
            boolean beyond = kind == 'u' && bytes == Long.BYTES && value >= 0x1p63;
            putInteger(into, at, beyond ? (long) (value - 0x1p63) ^ Long.MIN_VALUE : (long) value);
            return;
        }
        switch (bytes) {
            case 2 -> into.putShort(2 * at, Half.fromDouble(value));
            case 4 -> into.putFloat(4 * at, (float) value);
            default -> into.putDouble(8 * at, value);
        }
    }

    /** What a number becomes in a floating-point type. */
    double rounded(double value) {
        return switch (bytes) {
            case 2 -> Half.toFloat(Half.fromDouble(value));
            case 4 -> (float) value;
            default -> value;
        };
    }
}
