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
    static Object value(JsonNode json, DataType type, ArrayMetadata.Reader in) {
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
        throw in.corrupt("fill_value", MetadataJson.shown(json) + " is no " + type.code());
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

    private static @Nullable Double decimal(JsonNode json) {
        if (json.isNumber()) {
            return json.doubleValue();
        }
        return switch (json.asText()) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> null;
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
