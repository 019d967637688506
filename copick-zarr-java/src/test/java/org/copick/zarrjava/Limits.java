package org.copick.zarrjava;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Optional;
import java.util.Set;
import org.copick.zarr.Region;

/** Arrays and regions that zarr-java 0.0.9 cannot read, by what they have that it lacks. */
final class Limits {
    /** Ignored instead of refused, so that elements are wrong. */
    static final String ORDER_F = "order F";

    /** The only chunk of a scalar has another key, so zarr-java finds none. */
    static final String NO_AXES = "no axes";

    static final String ZSTD_IN_SHARDS = "zstd in shards read as a whole";

    private static final String SHARDS = "sharding_indexed";
    private static final Set<String> CODECS_OF_VERSION_3 =
            Set.of("blosc", "bytes", "crc32c", "gzip", SHARDS, "transpose", "zstd");

    private Limits() {}

    /** Returns why an array cannot be read at all; empty if it can. */
    static Optional<String> of(JsonNode metadata) {
        if (metadata.path("fill_value").asText().equals("Infinity")) {
            return Optional.of("fill value Infinity");
        }
        return metadata.has("node_type") ? ofVersion3(metadata) : ofVersion2(metadata);
    }

    private static Optional<String> ofVersion2(JsonNode metadata) {
        if (metadata.path("shape").isEmpty()) {
            return Optional.of(NO_AXES);
        }
        String type = metadata.path("dtype").asText();
        if (type.endsWith("f2")) {
            return Optional.of("float16");
        }
        if (type.startsWith(">")) {
            return Optional.of("big-endian");
        }
        for (JsonNode filter : metadata.path("filters")) {
            // it also takes compressors for filters, but Python writes none there
            return Optional.of(filter.path("id").asText());
        }
        JsonNode compressor = metadata.path("compressor");
        String codec = compressor.path("id").asText();
        if (!compressor.isNull() && !codec.equals("blosc") && !codec.equals("zlib")) {
            return Optional.of(codec);
        }
        if (compressor.path("shuffle").asInt() < 0) {
            return Optional.of("automatic shuffle of Blosc");
        }
        return metadata.path("order").asText().equals("F") ? Optional.of(ORDER_F) : Optional.empty();
    }

    private static Optional<String> ofVersion3(JsonNode metadata) {
        if (metadata.path("shape").isEmpty()
                && metadata.path("chunk_key_encoding").path("name").asText().equals("v2")) {
            return Optional.of(NO_AXES);
        }
        if (metadata.path("data_type").asText().equals("float16")) {
            return Optional.of("float16");
        }
        JsonNode codecs = metadata.path("codecs");
        Optional<String> unknown = unknown(codecs);
        if (unknown.isEmpty() && hasChecksumAfterZstd(codecs)) {
            return Optional.of("crc32c after zstd");
        }
        boolean wholeShards = codecs.size() > 1 || has(inside(codecs), SHARDS);
        return unknown.isEmpty() && wholeShards && hasZstdInShards(codecs) ? Optional.of(ZSTD_IN_SHARDS) : unknown;
    }

    private static Optional<String> unknown(JsonNode codecs) {
        for (JsonNode codec : codecs) {
            if (!CODECS_OF_VERSION_3.contains(codec.path("name").asText())) {
                return Optional.of(codec.path("name").asText());
            }
        }
        JsonNode inside = inside(codecs);
        return inside.isMissingNode() ? Optional.empty() : unknown(inside);
    }

    /** Returns the codecs of the chunks in a shard; a missing node if there are no shards. */
    private static JsonNode inside(JsonNode codecs) {
        for (JsonNode codec : codecs) {
            if (codec.path("name").asText().equals(SHARDS)) {
                return codec.path("configuration").path("codecs");
            }
        }
        return MissingNode.getInstance();
    }

    private static boolean hasChecksumAfterZstd(JsonNode codecs) {
        return (has(codecs, "zstd") && has(codecs, "crc32c"))
                || (has(codecs, SHARDS) && hasChecksumAfterZstd(inside(codecs)));
    }

    private static boolean hasZstdInShards(JsonNode codecs) {
        JsonNode inside = inside(codecs);
        return has(inside, "zstd") || (has(inside, SHARDS) && hasZstdInShards(inside));
    }

    private static boolean has(JsonNode codecs, String name) {
        for (JsonNode codec : codecs) {
            if (codec.path("name").asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a read fails because it covers a whole shard, whose chunks zarr-java passes to zstd wrongly. */
    static boolean coversShard(GoldenArray golden, Region region) {
        Optional<long[]> shard = golden.array().shardShape();
        if (shard.isEmpty() || !hasZstdInShards(golden.metadata().path("codecs"))) {
            return false;
        }
        for (int i = 0; i < region.rank(); i++) {
            long edge = shard.get()[i];
            long first = (region.start(i) + edge - 1) / edge * edge;
            if (first + edge > region.start(i) + region.length(i)) {
                return false;
            }
        }
        return true;
    }
}
