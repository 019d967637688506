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
 */
record FixedScaleOffset(NumpyType decoded, NumpyType stored, double scale, double offset) implements Filter {
    private static final String NAME = "fixedscaleoffset";

    static FixedScaleOffset parse(JsonNode config, Optional<NumpyType> elements, String location) {
        NumpyType decoded = Filter.type(NAME, config, "dtype", elements, location);
        return new FixedScaleOffset(
                decoded,
                Filter.type(NAME, config, "astype", Optional.of(decoded), location),
                number(config, "scale", location),
                number(config, "offset", location));
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
        return new FixedScaleOffset(decoded.inOrder(order), stored.inOrder(order), scale, offset);
    }

    @Override
    public long packedLength(long length) {
        return length / decoded.bytes() * stored.bytes();
    }

    /** {@inheritDoc} Numbers are rounded to the step of the scale; those that would be more than that are refused. */
    @Override
    public byte[] encode(Slice bytes) {
        int elements = bytes.length() / decoded.bytes();
        byte[] packed = new byte[elements * stored.bytes()];
        ByteBuffer from = bytes.buffer(decoded.order());
        ByteBuffer to = ByteBuffer.wrap(packed).order(stored.order());
        ByteBuffer again = ByteBuffer.allocate(Long.BYTES).order(decoded.order());
        for (int i = 0; i < elements; i++) {
            double element = decoded.decimal(from, i);
            double value = Math.rint((element - rounded(stored, offset)) * rounded(stored, scale));
            stored.putDecimal(to, i, value);
            decoded.putDecimal(again, 0, decoded(stored.decimal(to, i)));
            double lost = Math.abs(decoded.decimal(again, 0) - element);
            if (!(lost <= allowed(element)) || (!stored.isFloat() && stored.decimal(to, i) != value)) {
                throw new InvalidDataException("the number " + element + " cannot be stored by codec " + NAME + " as "
                        + stored.code() + " with scale " + scale + " and offset " + offset);
            }
        }
        return packed;
    }

    /** How far a number may move when it is stored: not at all for whole ones, half a step for others. */
    private double allowed(double element) {
        if (!decoded.isFloat()) {
            return 0;
        }
        double precision = decoded.bytes() == 2 ? 0x1p-10 : decoded.bytes() == 4 ? 0x1p-23 : 0x1p-52;
        return 0.5 / Math.abs(scale) + 4 * precision * Math.max(Math.abs(element), Math.abs(offset));
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
