package org.copick.gcs;

import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.HttpResponseException;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.StorageObject;
import java.util.Map;
import org.copick.storage.ObjectInfo;
import org.copick.storage.WriteCondition;
import org.copick.storage.remote.Bucket;
import org.copick.storage.remote.WriteId;
import org.jspecify.annotations.Nullable;

/** Writes objects. The service compares received bytes with a checksum and keeps the object only if they match. */
final class GcsWriter {
    /** Size in bytes from which an interrupted write can be resumed. */
    static final int LARGE = 16 << 20;

    static final String FIELDS = "size,generation,metadata,crc32c";
    static final String TYPE = "application/octet-stream";

    private final Bucket<GcsClient> bucket;
    private final GcsOptions options;

    GcsWriter(Bucket<GcsClient> bucket, GcsOptions options) {
        this.bucket = bucket;
        this.options = options;
    }

    ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
        StorageObject metadata = metadata(key, condition).setCrc32c(Crc32c.of(bytes));
        if (bytes.length >= LARGE) {
            return new ResumableWrite(() -> session(key, metadata, condition), bytes).run();
        }
        return bucket.call(
                "write",
                key,
                bytes.length,
                client -> GcsFailures.repeated(
                        options, attempt -> put(client, key, bytes, metadata, condition, attempt)));
    }

    /** Returns a session for an object whose checksum is not known yet. */
    UploadSession session(String key, WriteCondition condition) {
        return session(key, metadata(key, condition), condition);
    }

    private UploadSession session(String key, StorageObject metadata, WriteCondition condition) {
        return new UploadSession(bucket, options, this, key, metadata, condition);
    }

    private StorageObject metadata(String key, WriteCondition condition) {
        String id = WriteId.of(condition);
        return new StorageObject()
                .setName(bucket.nameOf(key))
                .setContentType(TYPE)
                .setMetadata(id == null ? null : Map.of(WriteId.KEY, id));
    }

    void requireOpen() {
        bucket.requireOpen();
    }

    private ObjectInfo put(
            GcsClient client, String key, byte[] bytes, StorageObject metadata, WriteCondition condition, int attempt)
            throws Exception {
        Storage.Objects.Insert insert = client.storage()
                .objects()
                .insert(bucket.name(), metadata, new ByteArrayContent(TYPE, bytes))
                .setFields(FIELDS)
                .setUserProject(options.payer())
                .setIfGenerationMatch(generation(condition));
        insert.setDisableGZipContent(true); // chunks are already compressed, and small objects gain nothing
        insert.getMediaHttpUploader().setDirectUploadEnabled(true);
        try {
            return Generations.info(key, insert.execute());
        } catch (HttpResponseException e) {
            return refused(client, key, metadata, condition, attempt, e);
        }
    }

    /** Returns the generation of the condition for the protocol: 0 for absent, null without a condition. */
    static @Nullable Long generation(WriteCondition condition) {
        if (condition.equals(WriteCondition.IF_ABSENT)) {
            return 0L;
        }
        return condition instanceof WriteCondition.IfVersion version
                ? Long.valueOf(Generations.condition(version.expected()))
                : null;
    }

    /** Returns the object if an earlier attempt of this write created it; otherwise throws the refusal's exception. */
    ObjectInfo refused(
            GcsClient client,
            String key,
            StorageObject metadata,
            WriteCondition condition,
            int attempt,
            HttpResponseException refusal)
            throws Exception {
        if (refusal.getStatusCode() != 412 || condition.equals(WriteCondition.ANY)) {
            throw refusal;
        }
        StorageObject there = attempt == 1 ? null : there(client, key);
        if (there != null && metadata.getMetadata().equals(there.getMetadata())) {
            return Generations.info(key, there);
        }
        throw bucket.conflict(key, condition, refusal);
    }

    /**
     * Returns the object that an earlier attempt of this write created, or null. Without a condition equal content
     * suffices.
     */
    @Nullable ObjectInfo own(GcsClient client, String key, StorageObject metadata, long size, String checksum) throws Exception {
        StorageObject there = there(client, key);
        if (there == null || !checksum.equals(there.getCrc32c())) {
            return null;
        }
        ObjectInfo info = Generations.info(key, there);
        boolean ours = metadata.getMetadata() == null || metadata.getMetadata().equals(there.getMetadata());
        return ours && info.size() == size ? info : null;
    }

    private @Nullable StorageObject there(GcsClient client, String key) throws Exception {
        try {
            return client.storage()
                    .objects()
                    .get(bucket.name(), bucket.nameOf(key))
                    .setFields(FIELDS)
                    .setUserProject(options.payer())
                    .execute();
        } catch (HttpResponseException e) {
            if (e.getStatusCode() == 404) {
                return null;
            }
            throw e;
        }
    }
}
