package org.copick.zarr.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A numpy type of numbers or booleans. Spellings are {@code <f4}, {@code =f4}, {@code f4}, {@code f} or
 * {@code float32}.
 *
 * @param kind {@code b} for booleans, {@code i}, {@code u} or {@code f}
 * @param bytes the number of bytes of an element
 * @param order the byte order; the machine's own order, which a spelling may mean, is read as little-endian
 */
public record NumpyType(char kind, int bytes, ByteOrder order) {
    private static final Pattern SIZED = Pattern.compile("([<>=|]?)(b1|[iu][1248]|f[248])");
    private static final Pattern LETTER = Pattern.compile("([<>=|]?)([?bBhHiIlLqQpPnNefd])");

    private static final Map<String, String> LETTERS = byName(
            "b1 ?", "i1 b", "u1 B", "i2 h", "u2 H", "i4 i", "u4 I", "i8 l q p n", "u8 L Q P N", "f2 e", "f4 f", "f8 d");

    private static final Map<String, String> NAMES = byName(
            "b1 bool bool_",
            "i1 int8 byte",
            "u1 uint8 ubyte",
            "i2 int16 short",
            "u2 uint16 ushort",
            "i4 int32 intc",
            "u4 uint32 uintc",
            "i8 int64 int int_ intp long longlong",
            "u8 uint64 uint uintp ulong ulonglong",
            "f2 float16 half",
            "f4 float32 single",
            "f8 float64 float double");

    /** Returns a map from names to codes. Each line is a code followed by its names. */
    private static Map<String, String> byName(String... lines) {
        Map<String, String> codes = new HashMap<>();
        for (String line : lines) {
            List<String> words = List.of(line.split(" ", -1));
            words.subList(1, words.size()).forEach(name -> codes.put(name, words.get(0)));
        }
        return Map.copyOf(codes);
    }

    /**
     * {@return the type that a spelling denotes; empty if it is invalid or denotes another kind of type}
     *
     * @param text a spelling, such as {@code <f4} or {@code float32}
     */
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

    /** {@return numpy's code without byte order, such as {@code f4}} */
    public String code() {
        return kind + Integer.toString(bytes);
    }

    NumpyType inOrder(ByteOrder changed) {
        return new NumpyType(kind, bytes, changed);
    }

    boolean isFloat() {
        return kind == 'f';
    }

    /** Returns an element of an integer or boolean type; uint64 values keep their bits. */
    long integer(ByteBuffer from, int at) {
        return switch (bytes) {
            case 1 -> kind == 'i' ? from.get(at) : from.get(at) & 0xff;
            case 2 -> kind == 'u' ? from.getShort(2 * at) & 0xffff : from.getShort(2 * at);
            case 4 -> kind == 'u' ? from.getInt(4 * at) & 0xffffffffL : from.getInt(4 * at);
            default -> from.getLong(8 * at);
        };
    }

    /** Returns an element as a number, rounded to 53 bits. */
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

    /** Sets an element to the low bits of a whole number. */
    void putInteger(ByteBuffer into, int at, long value) {
        switch (bytes) {
            case 1 -> into.put(at, (byte) value);
            case 2 -> into.putShort(2 * at, (short) value);
            case 4 -> into.putInt(4 * at, (int) value);
            default -> into.putLong(8 * at, value);
        }
    }

    /** Sets an element to a number; integer and boolean types keep its whole part. */
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

    /** Returns a number rounded to this floating-point type. */
    double rounded(double value) {
        return switch (bytes) {
            case 2 -> Half.toFloat(Half.fromDouble(value));
            case 4 -> (float) value;
            default -> value;
        };
    }
}
