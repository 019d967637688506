package org.copick.fuzz;

import java.util.List;

/** Reads a shard; the first byte selects its format. */
public final class ShardsTarget {
    private static final String BYTES = "{\"name\":\"bytes\",\"configuration\":{\"endian\":\"little\"}}";
    private static final String ZSTD =
            BYTES + ",{\"name\":\"zstd\",\"configuration\":{\"level\":0,\"checksum\":false}}";
    private static final String BLOSC =
            BYTES + ",{\"name\":\"blosc\",\"configuration\":{\"cname\":\"lz4\",\"clevel\":5,"
                    + "\"shuffle\":\"shuffle\",\"typesize\":4,\"blocksize\":256}}";
    private static final String CRC = BYTES + ",{\"name\":\"crc32c\"}";

    private static final List<StoredArray> ARRAYS = List.of(
            shard("float32", "[8,8,8]", ZSTD, BYTES, "end"),
            shard("uint8", "[4,4,4]", BYTES, BYTES, "start"),
            shard("float32", "[8,4,8]", BLOSC, CRC, "end"),
            shard("int16", "[16,8,4]", CRC, CRC, "start"));

    private ShardsTarget() {}

    /** Runs one input; called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        StoredArray.decode(ARRAYS, input);
    }

    private static StoredArray shard(String type, String chunk, String codecs, String indexCodecs, String location) {
        return StoredArray.v3(
                type,
                "{\"name\":\"sharding_indexed\",\"configuration\":{\"chunk_shape\":" + chunk + ",\"codecs\":[" + codecs
                        + "],\"index_codecs\":[" + indexCodecs + "],\"index_location\":\"" + location + "\"}}");
    }
}
