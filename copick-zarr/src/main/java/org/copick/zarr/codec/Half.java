package org.copick.zarr.codec;

/** Conversions of half-precision floating-point numbers, which Java 17 does not have. */
public final class Half {
    private static final int INFINITY = 0x7c00;

    private Half() {}

    /**
     * Converts a half-precision number to a float exactly.
     *
     * @param half the bits of the half-precision number
     * @return the equal float
     */
    public static float toFloat(short half) {
        int magnitude = half & 0x7fff;
        // the exponent of floats has another offset; a multiplication corrects it, for subnormal numbers, too
        int bits = magnitude < INFINITY
                ? Float.floatToRawIntBits(Float.intBitsToFloat(magnitude << 13) * 0x1p112f)
                : magnitude << 13 | 0x7f800000;
        return Float.intBitsToFloat(bits | (half & 0x8000) << 16);
    }

    /**
     * Converts a number to half precision. Rounds to the nearest, ties to even; numbers that are too large become
     * infinite.
     *
     * @param value the number to convert
     * @return the bits of the half-precision number
     */
    public static short fromDouble(double value) {
        int sign = Math.copySign(1, value) < 0 ? 0x8000 : 0;
        double magnitude = Math.abs(value);
        if (Double.isNaN(value)) {
            return (short) (sign | 0x7e00);
        }
        if (magnitude >= 65520) {
            return (short) (sign | 0x7c00);
        }
        int exponent = Math.max(-14, Math.getExponent(magnitude));
        double unit = Math.scalb(1.0, exponent - 10);
        int steps = (int) Math.rint(magnitude / unit);
        // steps beyond one binade carry into the exponent by themselves
        return (short) (sign | ((exponent + 14) << 10) + steps);
    }
}
