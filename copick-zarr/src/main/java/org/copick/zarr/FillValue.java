package org.copick.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.regex.Pattern;
import org.copick.zarr.codec.Half;
import org.jspecify.annotations.Nullable;

/** Parses and encodes fill values, the values of elements that are not stored. */
final class FillValue {
    /** Numbers as text, as written by n5-zarr. The lengths are limited to what numbers of any type need. */
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,40}");

    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?([0-9]{1,400}(\\.[0-9]{0,400})?|\\.[0-9]{1,400})([eE][+-]?[0-9]{1,6})?");

    private FillValue() {}

    /** Returns a fill value as Boolean, Long, BigInteger (uint64 too large for long) or Double, rounded to the type. */
    static Object value(JsonNode json, DataType type, MetadataFields in) {
        if (type == DataType.BOOL) {
            if (json.isBoolean()) {
                return json.booleanValue();
            }
            if (json.isNumber()) {
                return json.doubleValue() != 0;
            }
        } else if (type.isFloat()) {
            Double value = decimal(json);
            if (value != null) {
                return switch (type) {
                    case FLOAT16 -> (double) Half.toFloat(Half.fromDouble(value));
                    case FLOAT32 -> (double) value.floatValue();
                    default -> value;
                };
            }
        } else {
            BigInteger value = integer(json);
            int bits = type.bytes() * 8;
            boolean unsigned = type.name().startsWith("U");
            BigInteger least = unsigned
                    ? BigInteger.ZERO
                    : BigInteger.ONE.shiftLeft(bits - 1).negate();
            BigInteger most =
                    BigInteger.ONE.shiftLeft(unsigned ? bits : bits - 1).subtract(BigInteger.ONE);
            if (value != null && value.compareTo(least) >= 0 && value.compareTo(most) <= 0) {
                if (value.bitLength() < 64) {
                    return value.longValue();
                }
                return value;
            }
        }
        throw in.corrupt("fill_value", "is " + MetadataJson.shown(json) + ", which is not a valid " + type.code());
    }

    /** Returns one element in the array's byte order; zeros if there is no fill value. */
    static byte[] bytes(@Nullable Object value, DataType type, ByteOrder order) {
        ByteBuffer element = ByteBuffer.allocate(8).order(order);
        if (value instanceof Boolean flag) {
            element.put((byte) (flag ? 1 : 0));
        } else if (value instanceof Double number) {
            switch (type) {
                case FLOAT16 -> element.putShort(Half.fromDouble(number));
                case FLOAT32 -> element.putFloat(number.floatValue());
                default -> element.putDouble(number);
            }
        } else if (value instanceof Number number) {
            switch (type.bytes()) {
                case 1 -> element.put(number.byteValue());
                case 2 -> element.putShort(number.shortValue());
                case 4 -> element.putInt(number.intValue());
                default -> element.putLong(number.longValue());
            }
        }
        byte[] bytes = new byte[type.bytes()];
        element.get(0, bytes);
        return bytes;
    }

    private static @Nullable Double decimal(JsonNode json) {
        if (json.isNumber()) {
            return json.doubleValue();
        }
        if (json.isBoolean()) {
            return json.booleanValue() ? 1.0 : 0.0;
        }
        String text = json.asText().strip();
        if (text.startsWith("0x")) {
            return bits(text.substring(2));
        }
        if (json.isTextual() && DECIMAL.matcher(text).matches()) {
            return Double.valueOf(text);
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan", "+nan", "-nan" -> Double.NaN;
            case "infinity", "+infinity", "inf", "+inf" -> Double.POSITIVE_INFINITY;
            case "-infinity", "-inf" -> Double.NEGATIVE_INFINITY;
            default -> null;
        };
    }

    /** Parses the bits of a floating-point number of any size, which version 3 writes as hexadecimal digits. */
    private static @Nullable Double bits(String digits) {
        if (!digits.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            return null;
        }
        return switch (digits.length()) {
            case 4 -> (double) Half.toFloat((short) Integer.parseInt(digits, 16));
            case 8 -> (double) Float.intBitsToFloat(Integer.parseUnsignedInt(digits, 16));
            case 16 -> Double.longBitsToDouble(Long.parseUnsignedLong(digits, 16));
            default -> null;
        };
    }

    private static @Nullable BigInteger integer(JsonNode json) {
        if (json.isIntegralNumber()) {
            return json.bigIntegerValue();
        }
        if (json.isBoolean()) {
            return json.booleanValue() ? BigInteger.ONE : BigInteger.ZERO;
        }
        String text = json.asText().strip();
        if (json.isTextual()) {
            return INTEGER.matcher(text).matches() ? new BigInteger(text) : null;
        }
        double value = json.isNumber() ? json.doubleValue() : Double.NaN;
        return Double.isFinite(value) && value == Math.rint(value) ? new BigDecimal(value).toBigInteger() : null;
    }
}
