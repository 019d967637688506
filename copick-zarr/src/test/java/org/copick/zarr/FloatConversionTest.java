package org.copick.zarr;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Floats of every type equal the values by Java's own conversions, in pieces of any length and both byte orders. */
class FloatConversionTest {
    private static final long SEED = 12;
    private static final int ELEMENTS = 2100;
    private static final int[] LENGTHS = {0, 1, 2, 7, 1023, 1024, 1025, 2049};

    @ParameterizedTest
    @EnumSource(DataType.class)
    void everyLengthAndPlaceIsConverted(DataType type) {
        byte[] bytes = new byte[ELEMENTS * type.bytes()];
        new Random(SEED).nextBytes(bytes);
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            ByteBuffer elements =
                    ByteBuffer.wrap(bytes).order(order).asReadOnlyBuffer().order(order);
            for (int n : LENGTHS) {
                float[] into = new float[n + 3];
                new FloatConversion(type).convert(elements, 5, into, 2, n);
                assertEquals(0, into[0]);
                assertEquals(0, into[1]);
                for (int i = 0; i < n; i++) {
                    assertSame(value(type, elements, 5 + i), into[2 + i], type + " " + order + " " + i + " of " + n);
                }
                assertEquals(0, into[n + 2]);
                FloatBuffer buffer = FloatBuffer.allocate(n + 3);
                Sink.of(type, buffer).copy(elements, 5, 2, n);
                assertEquals(-1, Arrays.mismatch(bits(into), bits(buffer.array())), "into a buffer");
            }
        }
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
        return bits;
    }

    private static void assertSame(float expected, float found, String what) {
        assertEquals(Float.floatToRawIntBits(expected), Float.floatToRawIntBits(found), what);
    }

    private static float value(DataType type, ByteBuffer from, int i) {
        return switch (type) {
            case BOOL, UINT8 -> Byte.toUnsignedInt(from.get(i));
            case INT8 -> from.get(i);
            case INT16 -> from.getShort(2 * i);
            case UINT16 -> Short.toUnsignedInt(from.getShort(2 * i));
            case INT32 -> from.getInt(4 * i);
            case UINT32 -> Integer.toUnsignedLong(from.getInt(4 * i));
            case INT64 -> from.getLong(8 * i);
            case UINT64 -> new BigInteger(Long.toUnsignedString(from.getLong(8 * i))).floatValue();
            case FLOAT16 -> half(from.getShort(2 * i));
            case FLOAT32 -> from.getFloat(4 * i);
            case FLOAT64 -> (float) from.getDouble(8 * i);
        };
    }

    /** Returns a half-precision number by its definition. */
    private static float half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        if (exponent == 0x1f) {
            return Float.intBitsToFloat((bits & 0x8000) << 16 | 0x7f800000 | fraction << 13);
        }
        double magnitude = exponent == 0 ? fraction * 0x1p-24 : Math.scalb(1024.0 + fraction, exponent - 25);
        return (float) (bits < 0 ? -magnitude : magnitude);
    }
}
