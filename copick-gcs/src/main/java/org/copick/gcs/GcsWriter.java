package org.copick.gcs;

import com.google.api.client.http.HttpResponseException;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.StorageException;
import java.util.ArrayList;
import java.util.List;
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

    private static final String TYPE = "application/octet-stream";

    private final Bucket<GcsClient> bucket;
    private final GcsOptions options;
    private final GcsObjects objects;

    GcsWriter(Bucket<GcsClient> bucket, GcsOptions options, GcsObjects objects) {
        this.bucket = bucket;
        this.options = options;
        this.objects = objects;
    }

    ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
        BlobInfo metadata = metadata(key, condition);
        if (bytes.length >= LARGE) {
            BlobInfo checked = metadata.toBuilder().setCrc32c(Crc32c.of(bytes)).build();
            return new ResumableWrite(() -> session(key, checked, condition), bytes).run();
        }
        return bucket.call(
                "write",
                key,
                bytes.length,
                client ->
                        GcsFailures.repeated(client, attempt -> put(client, key, bytes, metadata, condition, attempt)));
    }

    /** Returns a session for an object whose checksum is not known yet. */
    UploadSession session(String key, WriteCondition condition) {
        return session(key, metadata(key, condition), condition);
    }

    private UploadSession session(String key, BlobInfo metadata, WriteCondition condition) {
        return new UploadSession(bucket, options, this, key, metadata, condition);
    }

    private BlobInfo metadata(String key, WriteCondition condition) {
        String id = WriteId.of(condition);
        return BlobInfo.newBuilder(bucket.name(), bucket.nameOf(key))
                .setContentType(TYPE)
                .setMetadata(id == null ? Map.of() : Map.of(WriteId.KEY, id))
                .build();
    }

    void requireOpen() {
        bucket.requireOpen();
    }

    private ObjectInfo put(
            GcsClient client, String key, byte[] bytes, BlobInfo metadata, WriteCondition condition, int attempt)
            throws Exception {
        List<BlobTargetOption> asked = new ArrayList<>();
        asked.add(BlobTargetOption.disableGzipContent()); // chunks are already compressed; small objects gain nothing
        Long generation = generation(condition);
        if (generation != null) {
            asked.add(BlobTargetOption.generationMatch(generation));
        }
        BlobTargetOption[] create =
                options.paid(asked, BlobTargetOption::userProject).toArray(BlobTargetOption[]::new);
        try {
            return Generations.info(key, client.storage().create(metadata, bytes, create));
        } catch (StorageException e) {
            HttpResponseException refusal = GcsFailures.refusal(e);
            if (refusal == null) {
                throw e;
            }
            if (refusal.getStatusCode() == 401 && client.isRenewed()) {
                return Generations.info(key, client.storage().create(metadata, bytes, create));
            }
            return refused(client, key, metadata, condition, attempt, refusal);
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
            BlobInfo metadata,
            WriteCondition condition,
            int attempt,
            HttpResponseException refusal)
            throws Exception {
        if (refusal.getStatusCode() != 412 || condition.equals(WriteCondition.ANY)) {
            throw refusal;
        }
        Blob there = attempt == 1 && !client.retries() ? null : there(client, key);
        if (there != null && metadata.getMetadata().equals(there.getMetadata())) {
            return Generations.info(key, there);
        }
        throw bucket.conflict(key, condition, refusal);
    }

    /**
     * Returns the object that an earlier attempt of this write created, or null. Without a condition equal content
     * suffices.
     */
    @Nullable ObjectInfo own(GcsClient client, String key, BlobInfo metadata, long size, String checksum) throws Exception {
        Blob there = there(client, key);
        if (there == null || !checksum.equals(there.getCrc32c())) {
            return null;
        }
        ObjectInfo info = Generations.info(key, there);
        boolean ours =
                metadata.getMetadata().isEmpty() || metadata.getMetadata().equals(there.getMetadata());
        return ours && info.size() == size ? info : null;
    }

    private @Nullable Blob there(GcsClient client, String key) throws Exception {
        return objects.found(
                client, key, "write", BlobField.SIZE, BlobField.GENERATION, BlobField.METADATA, BlobField.CRC32C);
    }
}
