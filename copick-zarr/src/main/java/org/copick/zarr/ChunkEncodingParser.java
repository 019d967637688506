package org.copick.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.copick.error.UnsupportedFeatureException;
import org.copick.zarr.codec.CodecChain;
import org.copick.zarr.codec.Codecs;

/**
 * Finds the chunk encoding described by a list of Zarr v3 codecs. The list holds codecs for arrays, one codec that
 * turns elements into bytes ({@code bytes} or {@code sharding_indexed}), and codecs for bytes.
 */
final class ChunkEncodingParser {
    private static final int MOST_NESTED = 4;
    private static final int MOST_CODECS = 16;
    /** Maximum number of inner chunks of a shard. */
    static final int MOST_INNER_CHUNKS = 1 << 20;

    private final MetadataFields in;
    private final String location;
    private final DataType type;

    ChunkEncodingParser(MetadataFields in, String location, DataType type) {
        this.in = in;
        this.location = location;
        this.type = type;
    }

    ChunkEncoding parse(JsonNode codecs, long[] shape) {
        return parse(codecs, shape, 0);
    }

    private ChunkEncoding parse(JsonNode codecs, long[] shape, int depth) {
        if (!codecs.isArray() || codecs.isEmpty() || codecs.size() > MOST_CODECS) {
            throw in.corrupt("codecs", codecs);
        }
        if (depth > MOST_NESTED) {
            throw new UnsupportedFeatureException("the shards of " + location + " are nested too deep");
        }
        int[] axes = new int[shape.length];
        for (int i = 0; i < axes.length; i++) {
            axes[i] = i;
        }
        List<JsonNode> filters = new ArrayList<>();
        int at = 0;
        for (; at < codecs.size(); at++) {
            JsonNode codec = named(codecs.get(at));
            String name = codec.path("name").textValue();
            if (name.equals("transpose")) {
                if (!filters.isEmpty()) {
                    throw new UnsupportedFeatureException(
                            "unsupported codec \"transpose\" after a filter in " + location);
                }
                axes = transposed(axes, codec.path("configuration").path("order"));
            } else if (Codecs.isFilter(name)) {
                filters.add(codec);
            } else {
                break;
            }
        }
        if (at == codecs.size()) {
            throw in.corrupt("codecs", "contain none that turns elements into bytes");
        }
        JsonNode serializer = named(codecs.get(at));
        List<JsonNode> packing = new ArrayList<>();
        for (int i = at + 1; i < codecs.size(); i++) {
            packing.add(named(codecs.get(i)));
        }
        long[] stored = new long[axes.length];
        for (int i = 0; i < axes.length; i++) {
            stored[i] = shape[axes[i]];
        }
        return switch (serializer.path("name").textValue()) {
            case "bytes" -> {
                ByteOrder order = Version3.byteOrder(serializer, in);
                CodecChain chain = Codecs.version3(filters, order, packing, type.numpy(order), location);
                int[] lengths = depth == 0
                        ? ChunkEncoding.checked(stored, type.bytes(), chain, location)
                        : ChunkEncoding.checked(stored, type.bytes(), location);
                yield new ChunkEncoding.Plain(lengths, axes, chain, order, type.bytes());
            }
            case "sharding_indexed" -> {
                if (!filters.isEmpty()) {
                    throw new UnsupportedFeatureException("unsupported filters before shards in " + location);
                }
                yield shards(serializer.path("configuration"), axes, stored, packing, depth);
            }
            default ->
                throw new UnsupportedFeatureException("unsupported codec \""
                        + MetadataJson.shortened(serializer.path("name").textValue()) + "\" in " + location);
        };
    }

    private ChunkEncoding shards(JsonNode config, int[] axes, long[] stored, List<JsonNode> packing, int depth) {
        long[] innerShape = in.lengths("chunk_shape", config.path("chunk_shape"), 1);
        if (innerShape.length != stored.length) {
            throw in.corrupt("chunk_shape", config.path("chunk_shape"));
        }
        long count = 1;
        for (int i = 0; i < stored.length; i++) {
            if (stored[i] % innerShape[i] != 0) {
                throw in.corrupt(
                        "chunk_shape",
                        Arrays.toString(innerShape) + " does not divide the shard " + Arrays.toString(stored));
            }
            count *= Math.min(MOST_INNER_CHUNKS + 1L, stored[i] / innerShape[i]);
            if (count > MOST_INNER_CHUNKS) {
                throw new UnsupportedFeatureException(
                        "a shard of " + location + " holds more than " + MOST_INNER_CHUNKS + " chunks");
            }
        }
        JsonNode codecs = config.has("codecs") ? config.get("codecs") : names("bytes");
        ChunkEncoding inner = parse(codecs, innerShape, depth + 1);
        CodecChain chain = Codecs.version3(
                List.of(), ByteOrder.LITTLE_ENDIAN, packing, type.numpy(ByteOrder.LITTLE_ENDIAN), location);
        boolean wholeOnly = depth > 0 || !chain.isEmpty();
        int[] lengths = wholeOnly
                ? ChunkEncoding.checked(stored, type.bytes(), location)
                : Arrays.stream(stored).mapToInt(this::length).toArray();
        return new ChunkEncoding.Sharded(
                lengths,
                axes,
                chain,
                inner,
                Arrays.stream(innerShape).mapToInt(Math::toIntExact).toArray(),
                index(config, (int) count));
    }

    private int length(long along) {
        if (along > Integer.MAX_VALUE - 16) {
            throw in.corrupt("chunk_shape", "holds " + along);
        }
        return (int) along;
    }

    private ShardIndex.Format index(JsonNode config, int count) {
        String place = in.text("index_location", config.path("index_location"), "end");
        if (!place.equals("start") && !place.equals("end")) {
            throw in.corrupt("index_location", config.path("index_location"));
        }
        JsonNode codecs = config.has("index_codecs") ? config.get("index_codecs") : names("bytes", "crc32c");
        boolean known = codecs.isArray() && (codecs.size() == 1 || codecs.size() == 2);
        boolean checked = known && codecs.size() == 2;
        if (!known || !isNamed(codecs.get(0), "bytes") || (checked && !isNamed(codecs.get(1), "crc32c"))) {
            throw new UnsupportedFeatureException(
                    "unsupported codecs of the index of shards in " + location + ": " + MetadataJson.shown(codecs));
        }
        return new ShardIndex.Format(count, Version3.byteOrder(codecs.get(0), in), checked, place.equals("end"));
    }

    /** Returns a list of codecs without configurations, the default that zarr-python uses for a missing list. */
    private static JsonNode names(String... names) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (String name : names) {
            list.add(name);
        }
        return list;
    }

    private boolean isNamed(JsonNode codec, String name) {
        return named(codec).path("name").textValue().equals(name);
    }

    /** Returns the axes after one more transposition. */
    private int[] transposed(int[] axes, JsonNode order) {
        if (!order.isArray() || order.size() != axes.length) {
            throw in.corrupt("order", order);
        }
        int[] changed = new int[axes.length];
        boolean[] seen = new boolean[axes.length];
        for (int i = 0; i < axes.length; i++) {
            JsonNode axis = order.get(i);
            if (!axis.isInt() || axis.intValue() < 0 || axis.intValue() >= axes.length || seen[axis.intValue()]) {
                throw in.corrupt("order", order);
            }
            seen[axis.intValue()] = true;
            changed[i] = axes[axis.intValue()];
        }
        return changed;
    }

    /** Returns a codec as an object; metadata may also give it as a plain name. */
    private JsonNode named(JsonNode codec) {
        if (codec.isTextual()) {
            ObjectNode named = MetadataJson.emptyObject();
            named.put("name", codec.textValue());
            return named;
        }
        if (!codec.path("name").isTextual()) {
            throw in.corrupt("codecs", codec);
        }
        return codec;
    }
}
