package org.copick.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.copick.error.CorruptDataException;
import org.copick.error.UnsupportedFeatureException;

/** The steps a chunk went through, in the order in which they were done: filters first, then the compressor. */
public final class CodecChain {
    private static final int MOST_STEPS = 16;

    private final List<Codec> steps;
    private final boolean compressed;
    private final String description;

    private CodecChain(List<Codec> steps, boolean compressed, String description) {
        this.steps = steps;
        this.compressed = compressed;
        this.description = description;
    }

    /**
     * Reads the {@code filters} and the {@code compressor} of Zarr v2 metadata.
     *
     * @param location the array, for messages
     * @throws UnsupportedFeatureException for a codec that is not known, naming it
     * @throws CorruptDataException for a configuration that makes no sense
     */
    public static CodecChain parse(JsonNode filters, JsonNode compressor, String location) {
        if (!filters.isArray() && !filters.isNull() && !filters.isMissingNode()) {
            throw new CorruptDataException(location + ": filters must be a list or null");
        }
        if (filters.size() > MOST_STEPS) {
            throw new CorruptDataException(location + ": " + filters.size() + " filters are absurd");
        }
        List<Codec> steps = new ArrayList<>();
        for (JsonNode filter : filters) {
            steps.add(codec(filter, location));
        }
        boolean compressed = !compressor.isNull() && !compressor.isMissingNode();
        if (compressed) {
            steps.add(codec(compressor, location));
        }
        return new CodecChain(List.copyOf(steps), compressed, filters + " " + compressor);
    }

    /** The configuration as text; equal texts decode equally. */
    public String description() {
        return description;
    }

    /**
     * Undoes all steps.
     *
     * @param packed the stored chunk; not changed, but returned where there are no steps
     * @param length how many bytes a decoded chunk has
     */
    public byte[] decode(byte[] packed, int length) throws CodecException {
        int[] lengths = new int[steps.size() + 1];
        lengths[0] = length;
        int filters = compressed ? steps.size() - 1 : steps.size();
        for (int i = 0; i < filters; i++) {
            lengths[i + 1] = steps.get(i).packedLength(lengths[i]);
        }
        byte[] bytes = packed;
        for (int i = steps.size() - 1; i >= 0; i--) {
            bytes = steps.get(i).decode(bytes, lengths[i]);
            if (bytes.length != lengths[i]) {
                throw new CodecException("it decodes to " + bytes.length + " bytes, not " + lengths[i]);
            }
        }
        if (bytes.length != length) {
            throw new CodecException("it has " + bytes.length + " bytes, not " + length);
        }
        return bytes;
    }

    private static Codec codec(JsonNode config, String location) {
        String id = config.path("id").asText("");
        return switch (id) {
            case "blosc" -> Blosc.INSTANCE;
            case "zstd" -> Compressors.ZSTD;
            case "zlib" -> Compressors.ZLIB;
            case "gzip" -> Compressors.GZIP;
            case "lz4" -> Compressors.LZ4;
            case "shuffle" -> new Shuffle(positive(config, "elementsize", 4, location));
            case "delta" -> Delta.parse(config, location);
            case "" -> throw new CorruptDataException(location + ": a codec has no id");
            default -> throw new UnsupportedFeatureException("unsupported codec \"" + id + "\" in " + location);
        };
    }

    private static int positive(JsonNode config, String field, int byDefault, String location) {
        JsonNode value = config.path(field);
        if (value.isMissingNode()) {
            return byDefault;
        }
        if (!value.isInt() || value.intValue() < 1) {
            throw new CorruptDataException(location + ": " + field + " of codec " + config.path("id") + " is "
                    + (value.toString().length() > 40 ? "absurd" : value));
        }
        return value.intValue();
    }
}
