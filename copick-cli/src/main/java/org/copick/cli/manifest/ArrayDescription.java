package org.copick.cli.manifest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.copick.error.UnsupportedFeatureException;
import org.copick.zarr.Region;
import org.copick.zarr.ZarrArray;

/** The description of an array in a manifest: its layout and the digest of its elements. */
final class ArrayDescription {
    private static final long SLAB_BYTES = 32L << 20;
    /** Largest array in bytes, 8 TiB: metadata that claim more are refused. */
    private static final long MOST_BYTES = 1L << 43;

    private ArrayDescription() {}

    /**
     * Writes the fields that levels and plain arrays share.
     *
     * @param sha256 the digest, computed by the caller before anything is written because computing it can fail
     */
    static void write(JsonGenerator json, ZarrArray array, String sha256) throws IOException {
        ManifestJson.write(json, "shape", array.shape());
        json.writeStringField("dtype", array.numpyType());
        ManifestJson.write(json, "chunks", array.chunkShape());
        Optional<long[]> shards = array.shardShape();
        if (shards.isPresent()) {
            ManifestJson.write(json, "shards", shards.get());
        } else {
            json.writeNullField("shards");
        }
        json.writeStringField("sha256", sha256);
    }

    static void writeFillValue(JsonGenerator json, ZarrArray array) throws IOException {
        json.writeFieldName("fill_value");
        Object value = array.fillValue().orElse(null);
        if (value instanceof Double number) {
            ManifestJson.write(json, number);
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof BigInteger integer) {
            json.writeNumber(integer);
        } else if (value instanceof Long integer) {
            json.writeNumber(integer);
        } else {
            json.writeNull();
        }
    }

    static void writeNames(JsonGenerator json, ZarrArray array) throws IOException {
        if (array.dimensionNames().isEmpty()) {
            json.writeNull();
            return;
        }
        json.writeStartArray();
        for (Optional<String> name : array.dimensionNames().get()) {
            json.writeString(name.orElse(null));
        }
        json.writeEndArray();
    }

    /** Returns the SHA-256 of the little-endian elements in C order, read slab by slab in bounded memory. */
    static String sha256(ZarrArray array) {
        long[] shape = array.shape();
        long rowBytes = array.dataType().bytes();
        for (int i = 1; i < shape.length; i++) {
            rowBytes = rowBytes > MOST_BYTES ? rowBytes : Math.multiplyExact(rowBytes, Math.min(shape[i], MOST_BYTES));
        }
        long rows = shape.length == 0 ? 1 : shape[0];
        if (rowBytes != 0 && rows > MOST_BYTES / rowBytes) {
            throw new UnsupportedFeatureException(
                    array.location() + " claims more than 8 TiB of data, too much to read through");
        }
        MessageDigest digest = newDigest();
        update(digest, array, new long[shape.length], shape, 0);
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Adds a box to the digest, and splits a box that is larger than a slab along {@code axis}. */
    private static void update(MessageDigest digest, ZarrArray array, long[] start, long[] shape, int axis) {
        long bytes = array.dataType().bytes();
        for (long length : shape) {
            bytes *= length;
        }
        if (bytes <= SLAB_BYTES || axis == shape.length) {
            if (bytes > 0) {
                byte[] slab = new byte[Math.toIntExact(bytes)];
                array.readBytes(Region.of(start, shape), slab);
                digest.update(slab);
            }
            return;
        }
        long rowBytes = bytes / shape[axis];
        long chunk = array.chunkShape()[axis];
        long step = Math.max(1, SLAB_BYTES / rowBytes);
        step = step > chunk ? step / chunk * chunk : step;
        for (long row = 0; row < shape[axis]; row += step) {
            long[] partStart = start.clone();
            long[] partShape = shape.clone();
            partStart[axis] += row;
            partShape[axis] = Math.min(step, shape[axis] - row);
            update(digest, array, partStart, partShape, axis + 1);
        }
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
