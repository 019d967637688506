package org.copick.s3;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.ObjectInfo;
import org.copick.storage.WriteCondition;
import org.copick.storage.remote.Bucket;
import org.copick.storage.remote.Bucket.Call;
import org.copick.storage.remote.WriteId;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * A multipart upload, which sends several parts in parallel.
 *
 * <p>The object becomes visible when the upload is completed. Aborting it discards the parts.
 */
final class MultipartUpload {
    static final int MOST_PARTS = 10_000;

    private final Bucket<S3Client> bucket;
    private final S3Options options;
    private final Refusals refusals;
    private final String key;
    private final WriteCondition condition;
    private final @Nullable String writeId;
    private final String upload;
    private final List<CompletedPart> sent = new ArrayList<>();
    private long size;
    private boolean complete;

    /** Begins an upload, which costs one request. */
    MultipartUpload(Bucket<S3Client> bucket, S3Options options, String key, WriteCondition condition, String writeId) {
        this.bucket = bucket;
        this.options = options;
        this.refusals = new Refusals(bucket, options);
        this.key = key;
        this.condition = condition;
        this.writeId = writeId;
        this.upload = call(this::begun);
    }

    /** Sends parts in parallel. All parts except the object's last one must have at least 5 MiB. */
    void send(List<ByteBuffer> parts) {
        if (sent.size() + parts.size() > MOST_PARTS) {
            throw new UnsupportedFeatureException("cannot write " + bucket.location(key) + ": " + size
                    + " bytes are written, and S3 allows at most " + MOST_PARTS + " parts");
        }
        List<Call<S3Client, CompletedPart>> calls = new ArrayList<>();
        long bytes = 0;
        for (ByteBuffer part : parts) {
            int number = sent.size() + calls.size() + 1;
            calls.add(client -> part(client, number, part));
            bytes += part.remaining();
        }
        sent.addAll(bucket.all("write", key, bytes, calls));
        size += bytes;
    }

    /** Returns the service's id of this upload. */
    String id() {
        return upload;
    }

    /** Adds parts that were uploaded in another way, such as server-side copies. */
    void add(List<CompletedPart> parts) {
        sent.addAll(parts);
    }

    ObjectInfo complete() {
        ObjectInfo info = call(this::completed);
        complete = true;
        return info;
    }

    private <T> T call(Call<S3Client, T> request) {
        return bucket.call("write", key, request);
    }

    private String begun(S3Client client) {
        S3Options.Writing writing = options.writing();
        return client.createMultipartUpload(request -> request.bucket(bucket.name())
                        .key(bucket.nameOf(key))
                        .metadata(writeId == null ? null : Map.of(WriteId.KEY, writeId))
                        .serverSideEncryption(writing.encryption())
                        .ssekmsKeyId(writing.encryptionKey())
                        .storageClass(writing.storageClass())
                        .acl(writing.acl())
                        .requestPayer(options.payer()))
                .uploadId();
    }

    private CompletedPart part(S3Client client, int number, ByteBuffer content) {
        String etag = client.uploadPart(
                        request -> request.bucket(bucket.name())
                                .key(bucket.nameOf(key))
                                .uploadId(upload)
                                .partNumber(number)
                                .requestPayer(options.payer()),
                        S3Writer.body(content))
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(etag).build();
    }

    private ObjectInfo completed(S3Client client) {
        try {
            CompleteMultipartUploadResponse response =
                    client.completeMultipartUpload(request -> request.bucket(bucket.name())
                            .key(bucket.nameOf(key))
                            .uploadId(upload)
                            .multipartUpload(all -> all.parts(sent))
                            .ifNoneMatch(Refusals.ifNoneMatch(condition))
                            .ifMatch(Refusals.ifMatch(condition))
                            .requestPayer(options.payer()));
            return new ObjectInfo(key, size, ETags.version(response.eTag()));
        } catch (AwsServiceException e) {
            return refusals.ownOrThrow(client, key, size, condition, writeId, e);
        }
    }

    /**
     * Aborts the upload, on a best-effort basis. Parts that remain are invisible, and expire by the bucket's rules for
     * incomplete uploads.
     */
    void abort() {
        if (complete) {
            return;
        }
        bucket.tidyUp("write", key, client -> {
            try {
                return client.abortMultipartUpload(request -> request.bucket(bucket.name())
                        .key(bucket.nameOf(key))
                        .uploadId(upload)
                        .requestPayer(options.payer()));
            } catch (AwsServiceException e) {
                return e; // report the failure that caused the abort
            }
        });
    }
}
