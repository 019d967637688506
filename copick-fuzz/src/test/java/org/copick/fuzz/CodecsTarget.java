package org.copick.fuzz;

import java.util.List;

/** Decodes a chunk; the first byte selects the codecs. */
public final class CodecsTarget {
    private static final List<StoredArray> ARRAYS = List.of(
            v2("<f4", "null", "{\"id\":\"blosc\",\"cname\":\"lz4\",\"clevel\":5,\"shuffle\":1,\"blocksize\":1024}"),
            v2("|u1", "null", "{\"id\":\"blosc\",\"cname\":\"zstd\",\"clevel\":1,\"shuffle\":2,\"blocksize\":0}"),
            v2("<i2", "null", "{\"id\":\"zstd\",\"level\":1}"),
            v2("<f8", "null", "{\"id\":\"zlib\",\"level\":1}"),
            v2("<f4", "null", "{\"id\":\"gzip\",\"level\":1}"),
            v2("<i4", "null", "{\"id\":\"bz2\",\"level\":1}"),
            v2(">u2", "null", "{\"id\":\"lz4\",\"acceleration\":1}"),
            v2("<f4", "[{\"id\":\"shuffle\",\"elementsize\":4}]", "{\"id\":\"zlib\",\"level\":1}"),
            v2("<i2", "[{\"id\":\"delta\",\"dtype\":\"<i2\"},{\"id\":\"fletcher32\"}]", "null"),
            v2(
                    "<f4",
                    "[{\"id\":\"fixedscaleoffset\",\"offset\":1,\"scale\":10,\"dtype\":\"<f4\",\"astype\":\"<i2\"}]",
                    "null"),
            v2("|u1", "[{\"id\":\"crc32\"},{\"id\":\"adler32\"}]", "{\"id\":\"lz4\",\"acceleration\":1}"),
            StoredArray.v3(
                    "float32",
                    "{\"name\":\"bytes\",\"configuration\":{\"endian\":\"little\"}},{\"name\":\"blosc\",\"configuration\":"
                            + "{\"cname\":\"blosclz\",\"clevel\":1,\"shuffle\":\"bitshuffle\",\"typesize\":4,\"blocksize\":0}}"),
            StoredArray.v3(
                    "int16",
                    "{\"name\":\"bytes\",\"configuration\":{\"endian\":\"big\"}},{\"name\":\"zstd\",\"configuration\":"
                            + "{\"level\":0,\"checksum\":true}},{\"name\":\"crc32c\"}"),
            StoredArray.v3(
                    "uint8",
                    "{\"name\":\"transpose\",\"configuration\":{\"order\":[2,0,1]}},{\"name\":\"bytes\"},"
                            + "{\"name\":\"gzip\",\"configuration\":{\"level\":1}}"));

    private CodecsTarget() {}

    /** Runs one input; called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        StoredArray.decode(ARRAYS, input);
    }

    private static StoredArray v2(String type, String filters, String compressor) {
        return StoredArray.v2("{\"zarr_format\":2,\"shape\":[16,8,8],\"chunks\":[16,8,8],\"dtype\":\"" + type
                + "\",\"filters\":" + filters + ",\"compressor\":" + compressor + ",\"order\":\"C\",\"fill_value\":0}");
    }
}
