package org.copick.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.copick.error.CorruptDataException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.zarr.codec.CodecChain;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code .zarray} says, checked.
 *
 * @param location where the array is, for messages
 * @param shape elements along each axis
 * @param chunks elements of a chunk along each axis
 * @param type the type of elements
 * @param order the byte order they are stored in
 * @param fortran whether chunks are stored with the first axis varying fastest
 * @param fill the bytes of an element of chunks that are not stored, in {@code order}
 * @param fillValue the same as a value, null when the metadata give none
 * @param separator what stands between the indices in a chunk's key
 * @param codecs how chunks are decoded
 * @param chunkBytes the length of a decoded chunk
 */
@SuppressWarnings("ArrayRecordComponent") // package-private, never compared
record ArrayMetadata(
        String location,
        long[] shape,
        int[] chunks,
        DataType type,
        ByteOrder order,
        boolean fortran,
        byte[] fill,
        @Nullable Object fillValue,
        char separator,
        CodecChain codecs,
        int chunkBytes) {
    private static final int MOST_DIMENSIONS = 32;
    /** One chunk may take this part of the heap at most; a decoded one is needed whole. */
    private static final int HEAP_SHARE = 2;

    static ArrayMetadata parse(ObjectNode json, String location) {
        Reader in = new Reader(json, location);
        MetadataJson.format(json, location + "/" + Zarr.V2_ARRAY);
        long[] shape = in.lengths("shape", 0);
        long[] chunkLengths = in.lengths("chunks", 1);
        if (shape.length != chunkLengths.length || shape.length > MOST_DIMENSIONS) {
            throw in.corrupt("shape", "has " + shape.length + " dimensions and chunks have " + chunkLengths.length);
        }
        DataType type = in.type();
        ByteOrder order = in.byteOrder();
        in.requireSize(shape, type);
        long chunkBytes = in.chunkBytes(chunkLengths, type);
        String memory = in.text("order", "C");
        if (!memory.equals("C") && !memory.equals("F")) {
            throw in.corrupt("order", "is \"" + memory + "\"");
        }
        String separator = in.text("dimension_separator", ".");
        if (!separator.equals(".") && !separator.equals("/")) {
            throw in.corrupt("dimension_separator", "is \"" + separator + "\"");
        }
        JsonNode fill = json.path("fill_value");
        Object value = fill.isNull() || fill.isMissingNode() ? null : FillValue.value(fill, type, in);
        CodecChain codecs = CodecChain.parse(json.path("filters"), json.path("compressor"), location);
        return new ArrayMetadata(
                location,
                shape,
                Arrays.stream(chunkLengths).mapToInt(Math::toIntExact).toArray(),
                type,
                order,
                memory.equals("F"),
                FillValue.bytes(value, type, order),
                value,
                separator.charAt(0),
                codecs,
                Math.toIntExact(chunkBytes));
    }

    /** numpy's code with byte order, such as {@code <f4}. */
    String numpyType() {
        return (type.bytes() == 1 ? "|" : order == ByteOrder.BIG_ENDIAN ? ">" : "<") + type.code();
    }

    /** What the decoding of a chunk depends on, comparable. */
    Object decodingKey() {
        return List.of(codecs.description(), chunkBytes, type, fortran ? Arrays.toString(chunks) : "");
    }

    /** The fields of the document, with errors that name them. */
    static final class Reader {
        private static final List<DataType> TYPES = List.of(DataType.values());

        private final ObjectNode json;
        private final String location;

        Reader(ObjectNode json, String location) {
            this.json = json;
            this.location = location;
        }

        CorruptDataException corrupt(String field, String problem) {
            return new CorruptDataException(location + "/" + Zarr.V2_ARRAY + ": " + field + " " + problem);
        }

        long[] lengths(String field, long least) {
            JsonNode values = json.path(field);
            if (!values.isArray()) {
                throw corrupt(field, "must be a list of lengths, it is " + MetadataJson.shown(values));
            }
            long[] lengths = new long[values.size()];
            for (int i = 0; i < lengths.length; i++) {
                JsonNode value = values.get(i);
                if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < least) {
                    throw corrupt(field, "holds " + MetadataJson.shown(value));
                }
                lengths[i] = value.longValue();
            }
            return lengths;
        }

        String text(String field, String byDefault) {
            JsonNode value = json.path(field);
            if (value.isMissingNode() || value.isNull()) {
                return byDefault;
            }
            if (!value.isTextual()) {
                throw corrupt(field, "must be text, it is " + MetadataJson.shown(value));
            }
            return value.textValue();
        }

        private String numpyCode() {
            JsonNode code = json.path("dtype");
            if (code.isArray()) {
                throw new UnsupportedFeatureException("unsupported structured dtype in " + location);
            }
            if (!code.isTextual() || code.textValue().length() < 3) {
                throw corrupt("dtype", "is " + MetadataJson.shown(code));
            }
            return code.textValue();
        }

        DataType type() {
            String code = numpyCode();
            for (DataType type : TYPES) {
                if (code.substring(1).equals(type.code())) {
                    return type;
                }
            }
            throw new UnsupportedFeatureException("unsupported dtype \"" + code + "\" in " + location);
        }

        ByteOrder byteOrder() {
            String code = numpyCode();
            return switch (code.charAt(0)) {
                case '<', '|' -> ByteOrder.LITTLE_ENDIAN;
                case '>' -> ByteOrder.BIG_ENDIAN;
                default -> throw corrupt("dtype", "is \"" + code + "\"");
            };
        }

        void requireSize(long[] shape, DataType type) {
            BigInteger size = BigInteger.valueOf(type.bytes());
            for (long length : shape) {
                size = size.multiply(BigInteger.valueOf(length));
            }
            if (size.bitLength() > 62) {
                throw corrupt("shape", Arrays.toString(shape) + " is absurd");
            }
        }

        long chunkBytes(long[] chunks, DataType type) {
            BigInteger size = BigInteger.valueOf(type.bytes());
            for (long length : chunks) {
                size = size.multiply(BigInteger.valueOf(length));
            }
            if (size.bitLength() > 31 || size.longValue() > Integer.MAX_VALUE - 16) {
                throw new UnsupportedFeatureException("the chunks of " + location + ", " + Arrays.toString(chunks)
                        + " of " + type.code() + ", take more than 2 GiB each");
            }
            long heap = Runtime.getRuntime().maxMemory();
            if (size.longValue() > heap / HEAP_SHARE) {
                throw new UnsupportedFeatureException("a chunk of " + location + " takes " + size
                        + " bytes, more than half of the heap; give the program a larger one with -Xmx");
            }
            return size.longValue();
        }
    }
}
