package org.copick.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.copick.error.CorruptDataException;
import org.copick.error.InvalidDataException;

/**
 * The fixedscaleoffset codec: subtracts an offset, multiplies by a scale and rounds to whole numbers, like numcodecs.
 * Like numpy, it decodes in the precision of the stored type if that is a floating-point type, and in float64
 * otherwise.
 *
 * @param decoded the type of elements
 * @param stored the type of stored numbers
 * @param location the location of the array, for messages
 */
record FixedScaleOffset(NumpyType decoded, NumpyType stored, double scale, double offset, String location)
        implements Filter {
    private static final String NAME = "fixedscaleoffset";

    static FixedScaleOffset parse(JsonNode config, Optional<NumpyType> elements, String location) {
        NumpyType decoded = Filter.type(NAME, config, "dtype", elements, location);
        return new FixedScaleOffset(
                decoded,
                Filter.type(NAME, config, "astype", Optional.of(decoded), location),
                number(config, "scale", location),
                number(config, "offset", location),
                location);
    }

    private static double number(JsonNode config, String field, String location) {
        JsonNode value = config.path(field);
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            String text = value.toString();
            throw new CorruptDataException(location + ": the " + field + " of codec " + NAME + " is "
                    + (text.length() > 20 ? "absurd" : text));
        }
        return value.doubleValue();
    }

    @Override
    public FixedScaleOffset inOrder(ByteOrder order) {
        return new FixedScaleOffset(decoded.inOrder(order), stored.inOrder(order), scale, offset, location);
    }

    @Override
    public long packedLength(long length) {
        return length / decoded.bytes() * stored.bytes();
    }

    /**
     * {@inheritDoc} Only numbers that decode to the same value are stored, so that a changed region holds what was
     * written.
     *
     * @throws InvalidDataException for a number that would be rounded or does not fit
     */
    @Override
    public byte[] encode(Slice bytes) {
        int elements = bytes.length() / decoded.bytes();
        byte[] packed = new byte[elements * stored.bytes()];
        ByteBuffer from = bytes.buffer(decoded.order());
        ByteBuffer to = ByteBuffer.wrap(packed).order(stored.order());
        ByteBuffer again = ByteBuffer.allocate(Long.BYTES).order(decoded.order());
        for (int i = 0; i < elements; i++) {
            double element = decoded.decimal(from, i);
            stored.putDecimal(to, i, Math.rint((element - rounded(stored, offset)) * rounded(stored, scale)));
            decoded.putDecimal(again, 0, decoded(stored.decimal(to, i)));
            double restored = decoded.decimal(again, 0);
            if (restored != element && !(Double.isNaN(restored) && Double.isNaN(element))) {
                throw new InvalidDataException("cannot write " + element + " to " + location + ": codec " + NAME
                        + ", with scale " + scale + " and offset " + offset + ", would store it as "
                        + restored);
            }
        }
        return packed;
    }

    @Override
    public int decode(Slice packed, byte[] into, int at, int room) throws CodecException {
        int elements = Filter.elements(NAME, packed, stored, decoded, room);
        ByteBuffer from = packed.buffer(stored.order());
        ByteBuffer to =
                ByteBuffer.wrap(into, at, elements * decoded.bytes()).slice().order(decoded.order());
        for (int i = 0; i < elements; i++) {
            decoded.putDecimal(to, i, decoded(stored.decimal(from, i)));
        }
        return elements * decoded.bytes();
    }

    private double decoded(double value) {
        double over = rounded(stored, value / rounded(stored, scale));
        return rounded(stored, over + rounded(stored, offset));
    }

    private static double rounded(NumpyType type, double value) {
        return type.isFloat() ? type.rounded(value) : value;
    }
}
