package org.copick.gcs.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;

/** One generation of an object. */
final class Stored {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final AtomicLong GENERATIONS = new AtomicLong(1_700_000_000_000_000L);

    private final String bucket;
    private final String name;
    private final JsonNode metadata;
    private final byte[] content;
    private final long generation = GENERATIONS.addAndGet(7919);

    /**
     * Stores a generation.
     *
     * @param metadata the metadata as the client sent them; checksums in them must match the content
     */
    Stored(String bucket, String name, JsonNode metadata, byte[] content) {
        this.bucket = bucket;
        this.name = name;
        this.metadata = metadata;
        this.content = content;
        for (String checksum : new String[] {"crc32c", "md5Hash"}) {
            String said = metadata.path(checksum).asText("");
            String right = checksum.equals("crc32c") ? crc32c() : md5();
            if (!said.isEmpty() && !said.equals(right)) {
                throw Refusal.bad("Provided " + checksum + " hash \"" + said + "\" doesn't match calculated hash \""
                        + right + "\".");
            }
        }
    }

    String name() {
        return name;
    }

    byte[] content() {
        return content;
    }

    JsonNode metadata() {
        return metadata;
    }

    long generation() {
        return generation;
    }

    /** Returns {@code gzip} or an empty string. */
    String encoding() {
        return metadata.path("contentEncoding").asText("");
    }

    String crc32c() {
        CRC32C crc = new CRC32C();
        crc.update(content);
        return Base64.getEncoder()
                .encodeToString(
                        ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    String md5() {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    ObjectNode resource() {
        ObjectNode resource = JSON.createObjectNode();
        resource.put("kind", "storage#object").put("bucket", bucket).put("name", name);
        resource.put("generation", Long.toString(generation)).put("metageneration", "1");
        resource.put("size", Integer.toString(content.length)).put("crc32c", crc32c());
        for (String field : new String[] {"contentType", "contentEncoding", "metadata"}) {
            if (metadata.hasNonNull(field)) {
                resource.set(field, metadata.get(field));
            }
        }
        return resource;
    }
}
