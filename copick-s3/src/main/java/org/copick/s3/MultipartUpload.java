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

/** An object that is sent in parts, several side by side. It appears when it is completed; aborted, its parts are thrown away. */
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

    /** Begins an upload; costs a request. */
    MultipartUpload(Bucket<S3Client> bucket, S3Options options, String key, WriteCondition condition, String writeId) {
        this.bucket = bucket;
        this.options = options;
        this.refusals = new Refusals(bucket, options);
        this.key = key;
        this.condition = condition;
        this.writeId = writeId;
        this.upload = call(this::begun);
    }

    /** Sends parts side by side; all but the object's last one have to be of 5 MiB at least. */
    void send(List<ByteBuffer> parts) {
        if (sent.size() + parts.size() > MOST_PARTS) {
            throw new UnsupportedFeatureException("cannot write " + bucket.location(key) + ": " + size
                    + " bytes are written, and S3 takes no more than " + MOST_PARTS + " parts");
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

    /** The name under which the service knows this upload. */
    String id() {
        return upload;
    }

    /** Takes parts that came in another way. */
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

    /** Best effort: parts that cannot be deleted now are never seen, and expire by the bucket's rules for unfinished uploads. */
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
                return e; // the failure that led here is the one to tell
            }
        });
    }
}
