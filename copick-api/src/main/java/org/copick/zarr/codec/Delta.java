package org.copick.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.copick.error.CorruptDataException;
import org.copick.error.UnsupportedFeatureException;

/**
 * Each element stored as the difference from the one before, possibly in a narrower type.
 *
 * @param decoded the type of elements
 * @param stored the type of differences
 */
record Delta(Numbers decoded, Numbers stored) implements Codec {
    /** A number type: kind {@code i}, {@code u} or {@code f}, bytes, byte order. */
    record Numbers(char kind, int bytes, ByteOrder order) {
        static Numbers parse(JsonNode code, String location) {
            String text = code.asText();
            String shown = text.length() > 20 ? "absurd" : text;
            if (!text.matches("[<>|][iuf][1248]") || text.equals("|f1") || text.endsWith("f1")) {
                if (text.matches("[<>|]?[a-zA-Z?][0-9]*")) {
                    throw new UnsupportedFeatureException(
                            "unsupported codec \"delta\" of dtype \"" + shown + "\" in " + location);
                }
                throw new CorruptDataException(location + ": the dtype of codec delta is " + shown);
            }
            ByteOrder order = text.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            Numbers numbers = new Numbers(text.charAt(1), text.charAt(2) - '0', order);
            if (numbers.kind == 'f' && numbers.bytes < 4) {
                throw new UnsupportedFeatureException(
                        "unsupported codec \"delta\" of dtype \"" + shown + "\" in " + location);
            }
            return numbers;
        }

        long integer(ByteBuffer from, int at) {
            return switch (bytes) {
                case 1 -> kind == 'u' ? from.get(at) & 0xff : from.get(at);
                case 2 -> kind == 'u' ? from.getShort(2 * at) & 0xffff : from.getShort(2 * at);
                case 4 -> kind == 'u' ? from.getInt(4 * at) & 0xffffffffL : from.getInt(4 * at);
                default -> from.getLong(8 * at);
            };
        }

        double decimal(ByteBuffer from, int at) {
            if (kind != 'f') {
                return integer(from, at);
            }
            return bytes == 4 ? from.getFloat(4 * at) : from.getDouble(8 * at);
        }
    }

    /** Version 3 says the byte order once for the whole array. */
    Delta inOrder(ByteOrder order) {
        return new Delta(
                new Numbers(decoded.kind, decoded.bytes, order), new Numbers(stored.kind, stored.bytes, order));
    }

    static Delta parse(JsonNode config, String location) {
        Numbers decoded = Numbers.parse(config.path("dtype"), location);
        JsonNode narrowed = config.path("astype");
        Numbers stored = narrowed.isMissingNode() || narrowed.isNull() ? decoded : Numbers.parse(narrowed, location);
        if (decoded.kind != 'f' && stored.kind == 'f') {
            throw new UnsupportedFeatureException(
                    "unsupported codec \"delta\" from " + config.path("dtype") + " to " + narrowed + " in " + location);
        }
        return new Delta(decoded, stored);
    }

    @Override
    public long packedLength(long length) {
        return length / decoded.bytes * stored.bytes;
    }

    @Override
    public byte[] encode(Slice bytes) {
        throw new UnsupportedFeatureException("unsupported codec \"delta\" for writing");
    }

    @Override
    public int decode(Slice packed, byte[] into, int at, int room) throws CodecException {
        int elements = packed.length() / stored.bytes;
        if (packed.length() % stored.bytes != 0 || (long) elements * decoded.bytes > room) {
            throw new CodecException("delta: " + packed.length() + " bytes do not hold the differences");
        }
        ByteBuffer from = packed.buffer(stored.order);
        ByteBuffer to = ByteBuffer.wrap(into, at, elements * decoded.bytes).order(decoded.order);
        if (decoded.kind != 'f') {
            long sum = 0;
            for (int i = 0; i < elements; i++) {
                sum += stored.integer(from, i);
                switch (decoded.bytes) {
                    case 1 -> to.put((byte) sum);
                    case 2 -> to.putShort((short) sum);
                    case 4 -> to.putInt((int) sum);
                    default -> to.putLong(sum);
                }
            }
        } else if (decoded.bytes == 4) {
            float sum = 0;
            for (int i = 0; i < elements; i++) {
                float difference = (float) stored.decimal(from, i);
                sum = i == 0 ? difference : sum + difference;
                to.putFloat(sum);
            }
        } else {
            double sum = 0;
            for (int i = 0; i < elements; i++) {
                sum = i == 0 ? stored.decimal(from, 0) : sum + stored.decimal(from, i);
                to.putDouble(sum);
            }
        }
        return elements * decoded.bytes;
    }
}
