package org.copick.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The value of elements that are not stored. */
final class FillValue {
    private FillValue() {}

    /** As Boolean, Long, BigInteger (uint64 beyond long) or Double, rounded to what the type can hold. */
    static Object value(JsonNode json, DataType type, MetadataFields in) {
        if (type == DataType.BOOL) {
            if (json.isBoolean()) {
                return json.booleanValue();
            }
            if (json.isNumber()) {
                return json.doubleValue() != 0;
            }
        } else if (type.isFloat()) {
            Double value = decimal(json, type);
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
        throw in.corrupt("fill_value", "is " + MetadataJson.shown(json) + ", which is no " + type.code());
    }

    /** One element, in the array's byte order; zeros where there is no fill value. */
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

    private static @Nullable Double decimal(JsonNode json, DataType type) {
        if (json.isNumber()) {
            return json.doubleValue();
        }
        if (json.asText().startsWith("0x")) {
            return bits(json.asText().substring(2), type);
        }
        return switch (json.asText()) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> null;
        };
    }

    /** The bits of a number, which version 3 writes as hexadecimal digits where no other text gives them. */
    private static @Nullable Double bits(String digits, DataType type) {
        if (digits.length() != 2 * type.bytes() || !digits.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            return null;
        }
        long bits = Long.parseUnsignedLong(digits, 16);
        return switch (type) {
            case FLOAT16 -> (double) Half.toFloat((short) bits);
            case FLOAT32 -> (double) Float.intBitsToFloat((int) bits);
            default -> Double.longBitsToDouble(bits);
        };
    }

    private static @Nullable BigInteger integer(JsonNode json) {
        if (json.isIntegralNumber()) {
            return json.bigIntegerValue();
        }
        double value = json.isNumber() ? json.doubleValue() : Double.NaN;
        return Double.isFinite(value) && value == Math.rint(value) ? new BigDecimal(value).toBigInteger() : null;
    }
}
