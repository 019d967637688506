package org.copick.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.copick.error.CorruptDataException;
import org.copick.error.InvalidDataException;

/**
 * Numbers less an offset, times a scale, rounded to whole ones, as numcodecs stores them. Decoding computes in the
 * precision of what is stored, when that is a floating-point type, and otherwise in that of float64, as numpy does.
 *
 * @param decoded the type of elements
 * @param stored the type of what is stored
 * @param location the array, for messages
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
     * {@inheritDoc} Numbers are stored only when the same ones come back, so that a changed region holds what was written.
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
            if (decoded.decimal(again, 0) != element) {
                throw new InvalidDataException("cannot write " + element + " to " + location + ": codec " + NAME
                        + ", with scale " + scale + " and offset " + offset + ", would make it "
                        + decoded.decimal(again, 0));
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
