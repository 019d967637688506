package org.copick.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.copick.error.InvalidDataException;
import org.copick.error.UnsupportedFeatureException;

/**
 * The delta codec: stores each element as the difference from the previous one, possibly in a narrower type.
 *
 * @param decoded the type of elements
 * @param stored the type of differences
 * @param location the location of the array, for messages
 */
record Delta(NumpyType decoded, NumpyType stored, String location) implements Filter {
    static Delta parse(JsonNode config, Optional<NumpyType> elements, String location) {
        NumpyType decoded = Filter.type("delta", config, "dtype", elements, location);
        NumpyType stored = Filter.type("delta", config, "astype", Optional.of(decoded), location);
        if (!decoded.isFloat() && stored.isFloat()) {
            throw new UnsupportedFeatureException(
                    "unsupported codec \"delta\" from " + decoded.code() + " to " + stored.code() + " in " + location);
        }
        return new Delta(decoded, stored, location);
    }

    @Override
    public Delta inOrder(ByteOrder order) {
        return new Delta(decoded.inOrder(order), stored.inOrder(order), location);
    }

    @Override
    public long packedLength(long length) {
        return length / decoded.bytes() * stored.bytes();
    }

    /**
     * {@inheritDoc} Floating-point types are not encoded, because rounded differences would not restore the numbers.
     */
    @Override
    public byte[] encode(Slice bytes) {
        if (decoded.isFloat()) {
            throw new UnsupportedFeatureException("unsupported codec \"delta\" of floating-point numbers for writing");
        }
        int elements = bytes.length() / decoded.bytes();
        byte[] packed = new byte[elements * stored.bytes()];
        ByteBuffer from = bytes.buffer(decoded.order());
        ByteBuffer to = ByteBuffer.wrap(packed).order(stored.order());
        long unused = Long.SIZE - 8L * decoded.bytes();
        long before = 0;
        for (int i = 0; i < elements; i++) {
            long element = decoded.integer(from, i);
            stored.putInteger(to, i, element - before);
            // the sum, reduced to the element type, must equal the element
            if ((before + stored.integer(to, i) - element) << unused != 0) {
                throw new InvalidDataException("cannot write " + element + " after " + before + " to " + location
                        + ": codec delta stores the difference as " + stored.code() + ", which is too narrow for it");
            }
            before = element;
        }
        return packed;
    }

    @Override
    public int decode(Slice packed, byte[] into, int at, int room) throws CodecException {
        int elements = Filter.elements("delta", packed, stored, decoded, room);
        ByteBuffer from = packed.buffer(stored.order());
        ByteBuffer to =
                ByteBuffer.wrap(into, at, elements * decoded.bytes()).slice().order(decoded.order());
        if (decoded.isFloat()) {
            NumpyType summed = summed();
            double sum = 0;
            for (int i = 0; i < elements; i++) {
                double difference = summed.rounded(stored.decimal(from, i));
                sum = i == 0 ? difference : summed.rounded(sum + difference);
                decoded.putDecimal(to, i, sum);
            }
        } else {
            long sum = 0;
            for (int i = 0; i < elements; i++) {
                sum += stored.integer(from, i);
                decoded.putInteger(to, i, sum);
            }
        }
        return elements * decoded.bytes();
    }

    /** Returns the floating-point type in which numpy computes the sums: one that holds elements and differences. */
    private NumpyType summed() {
        int needed =
                stored.isFloat() || stored.bytes() == 1 ? stored.bytes() : Math.min(Double.BYTES, 2 * stored.bytes());
        return new NumpyType('f', Math.max(decoded.bytes(), needed), decoded.order());
    }
}
