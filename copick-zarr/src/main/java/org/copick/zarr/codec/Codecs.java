package org.copick.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.copick.error.CorruptDataException;
import org.copick.error.UnsupportedFeatureException;

/** Finds the codecs named in metadata. */
public final class Codecs {
    private static final int MOST_STEPS = 16;
    private static final String NUMCODECS = "numcodecs.";
    private static final Set<String> FILTERS =
            Set.of("numcodecs.delta", "numcodecs.quantize", "numcodecs.bitround", "numcodecs.fixedscaleoffset");

    private Codecs() {}

    /**
     * {@return the codecs in the metadata of a Zarr v2 array}
     *
     * @param filters the {@code filters} of the metadata; null, missing or empty for none
     * @param compressor the {@code compressor} of the metadata; null or missing for none
     * @param elementBytes the number of bytes of an element
     * @param location the location of the array, for messages
     * @throws UnsupportedFeatureException for an unknown codec, naming it
     * @throws CorruptDataException for an invalid configuration
     */
    public static CodecChain version2(JsonNode filters, JsonNode compressor, int elementBytes, String location) {
        boolean none = filters.isNull() || filters.isMissingNode() || (filters.isObject() && filters.isEmpty());
        if (!filters.isArray() && !none) {
            throw new CorruptDataException(location + ": filters must be a list or null");
        }
        requireFew(filters.size(), location);
        List<Codec> steps = new ArrayList<>();
        for (JsonNode filter : filters) {
            steps.add(codec(filter.path("id").asText(""), filter, elementBytes, Optional.empty(), location));
        }
        if (!compressor.isNull() && !compressor.isMissingNode()) {
            steps.add(codec(compressor.path("id").asText(""), compressor, elementBytes, Optional.empty(), location));
        }
        return new CodecChain(steps, filters + " " + compressor);
    }

    /**
     * {@return the codecs of Zarr v3 before and after the one that turns elements into bytes}
     *
     * @param filters the codecs before it, which change values
     * @param order the byte order in which it writes elements
     * @param packing the codecs after it
     * @param type the type of elements
     * @param location the location of the array, for messages
     * @throws UnsupportedFeatureException for an unknown codec, naming it
     * @throws CorruptDataException for an invalid configuration
     */
    public static CodecChain version3(
            List<JsonNode> filters, ByteOrder order, List<JsonNode> packing, NumpyType type, String location) {
        requireFew(filters.size() + packing.size(), location);
        List<Codec> steps = new ArrayList<>();
        for (JsonNode filter : filters) {
            Codec codec = named(filter, type, location);
            steps.add(codec instanceof Filter changing ? inOrder(changing, order, location) : codec);
        }
        for (JsonNode step : packing) {
            steps.add(named(step, type, location));
        }
        return new CodecChain(steps, filters + " " + order + " " + packing);
    }

    private static Filter inOrder(Filter filter, ByteOrder order, String location) {
        if (filter.stored().order() == ByteOrder.BIG_ENDIAN && filter.stored().bytes() > 1) {
            // zarr-python reads these numbers as little-endian, so it gets other values than were written
            throw new UnsupportedFeatureException("unsupported big-endian type of a filter in " + location);
        }
        return filter.inOrder(order);
    }

    /**
     * {@return whether a codec of Zarr v3 changes values rather than bytes}
     *
     * @param name the codec's name in the metadata, such as {@code numcodecs.delta}
     */
    public static boolean isFilter(String name) {
        return FILTERS.contains(name);
    }

    /**
     * Verifies the CRC32C in the last four bytes.
     *
     * @param checked the bytes, with their CRC32C at the end
     * @throws CodecException if the CRC32C is wrong, or there are fewer than four bytes
     */
    public static void checkCrc32c(Slice checked) throws CodecException {
        Checksum.CRC32C_BEHIND.checked(checked);
    }

    /**
     * {@return bytes with their CRC32C appended}
     *
     * @param bytes the bytes without it
     */
    public static byte[] withCrc32c(byte[] bytes) {
        return Checksum.CRC32C_BEHIND.encode(Slice.of(bytes));
    }

    private static Codec named(JsonNode step, NumpyType type, String location) {
        String name = step.path("name").asText("");
        JsonNode config = step.path("configuration");
        return switch (name) {
            case "crc32c" -> Checksum.CRC32C_BEHIND;
            case "blosc", "zstd", "gzip" -> codec(name, config, type.bytes(), Optional.of(type), location);
            default -> {
                if (!name.startsWith(NUMCODECS)) {
                    throw unsupported(name, location);
                }
                yield codec(name.substring(NUMCODECS.length()), config, type.bytes(), Optional.of(type), location);
            }
        };
    }

    private static Codec codec(
            String id, JsonNode config, int elementBytes, Optional<NumpyType> elements, String location) {
        return switch (id) {
            case "blosc" -> new Blosc(elementBytes);
            case "zstd" -> Compressors.ZSTD;
            case "zlib" -> Compressors.ZLIB;
            case "gzip" -> Compressors.GZIP;
            case "bz2" -> Compressors.BZ2;
            case "lz4" -> Compressors.LZ4;
            case "shuffle" -> new Shuffle(positive(config, "elementsize", 4, location));
            case "delta" -> Delta.parse(config, elements, location);
            case "fixedscaleoffset" -> FixedScaleOffset.parse(config, elements, location);
            case "fletcher32" -> Checksum.FLETCHER32_BEHIND;
            case "crc32" -> isBehind(config, false, id, location) ? Checksum.CRC32_BEHIND : Checksum.CRC32_BEFORE;
            case "adler32" -> isBehind(config, false, id, location) ? Checksum.ADLER32_BEHIND : Checksum.ADLER32_BEFORE;
            case "crc32c" -> isBehind(config, true, id, location) ? Checksum.CRC32C_BEHIND : Checksum.CRC32C_BEFORE;
            case "bitround" -> Unchanged.INSTANCE;
            case "quantize" -> {
                JsonNode narrowed = config.path("astype");
                Optional<NumpyType> stored = NumpyType.parse(narrowed.asText());
                Optional<NumpyType> decoded =
                        NumpyType.parse(config.path("dtype").asText()).or(() -> elements);
                boolean same = narrowed.equals(config.path("dtype")) || (stored.isPresent() && stored.equals(decoded));
                if (!narrowed.isMissingNode() && !narrowed.isNull() && !same) {
                    throw new UnsupportedFeatureException(
                            "unsupported codec \"quantize\" with another astype in " + location);
                }
                yield Unchanged.INSTANCE;
            }
            case "" -> throw new CorruptDataException(location + ": a codec has no name");
            default -> throw unsupported(id, location);
        };
    }

    private static boolean isBehind(JsonNode config, boolean byDefault, String id, String location) {
        return switch (config.path("location").asText(byDefault ? "end" : "start")) {
            case "end" -> true;
            case "start" -> false;
            default -> throw new CorruptDataException(location + ": codec " + id + " has an invalid location");
        };
    }

    private static void requireFew(int steps, String location) {
        if (steps > MOST_STEPS) {
            throw new CorruptDataException(location + ": it has " + steps + " codecs, more than " + MOST_STEPS);
        }
    }

    private static int positive(JsonNode config, String field, int byDefault, String location) {
        JsonNode value = config.path(field);
        if (value.isMissingNode()) {
            return byDefault;
        }
        if (!value.isInt() || value.intValue() < 1) {
            throw new CorruptDataException(location + ": " + field
                    + " of a codec must be a positive whole number, but is " + shown(value.toString()));
        }
        return value.intValue();
    }

    private static UnsupportedFeatureException unsupported(String name, String location) {
        return new UnsupportedFeatureException("unsupported codec \"" + shown(name) + "\" in " + location);
    }

    private static String shown(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    /** A filter that rounds when it encodes, and changes nothing when it decodes. */
    private enum Unchanged implements Codec {
        INSTANCE;

        @Override
        public byte[] encode(Slice bytes) {
            throw new UnsupportedFeatureException("unsupported rounding filter for writing");
        }

        @Override
        public int decode(Slice packed, byte[] into, int at, int room) throws CodecException {
            if (packed.length() > room) {
                throw new CodecException("it has " + packed.length() + " bytes, more than " + room);
            }
            System.arraycopy(packed.bytes(), packed.from(), into, at, packed.length());
            return packed.length();
        }

        @Override
        public long packedLength(long length) {
            return length;
        }
    }
}
