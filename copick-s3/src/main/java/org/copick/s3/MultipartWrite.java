package org.copick.s3;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.copick.storage.ObjectInfo;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Writes a large object in parts that are sent side by side. It appears when all are there; when anything fails, also an
 * interrupt, the parts are thrown away.
 */
final class MultipartWrite {
    private static final int PART = 16 << 20;

    private final S3Bucket bucket;
    private final String key;
    private final byte[] bytes;

    MultipartWrite(S3Bucket bucket, String key, byte[] bytes) {
        this.bucket = bucket;
        this.key = key;
        this.bytes = bytes;
    }

    ObjectInfo run() {
        String upload = call(this::begun);
        boolean complete = false;
        try {
            List<Function<S3Client, CompletedPart>> parts = new ArrayList<>();
            for (int from = 0; from < bytes.length; from += PART) {
                int start = from;
                int number = parts.size() + 1;
                parts.add(client -> part(client, upload, number, start));
            }
            List<CompletedPart> sent = bucket.all("write", key, S3Bucket.limit(bytes.length), parts);
            ObjectInfo info = call(client -> completed(client, upload, sent));
            complete = true;
            return info;
        } finally {
            if (!complete) {
                abort(upload);
            }
        }
    }

    private <T> T call(Function<S3Client, T> request) {
        return bucket.call("write", key, S3Bucket.LIMIT, request);
    }

    private String begun(S3Client client) {
        S3Options.Writing writing = bucket.options().writing();
        return client.createMultipartUpload(request -> request.bucket(bucket.name())
                        .key(bucket.prefix() + key)
                        .serverSideEncryption(writing.encryption())
                        .ssekmsKeyId(writing.encryptionKey())
                        .storageClass(writing.storageClass())
                        .requestPayer(bucket.payer()))
                .uploadId();
    }

    private CompletedPart part(S3Client client, String upload, int number, int start) {
        ByteBuffer content = ByteBuffer.wrap(bytes, start, Math.min(PART, bytes.length - start));
        String etag = client.uploadPart(
                        request -> request.bucket(bucket.name())
                                .key(bucket.prefix() + key)
                                .uploadId(upload)
                                .partNumber(number)
                                .requestPayer(bucket.payer()),
                        RequestBody.fromRemainingByteBuffer(content))
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(etag).build();
    }

    private ObjectInfo completed(S3Client client, String upload, List<CompletedPart> parts) {
        CompleteMultipartUploadResponse response =
                client.completeMultipartUpload(request -> request.bucket(bucket.name())
                        .key(bucket.prefix() + key)
                        .uploadId(upload)
                        .multipartUpload(all -> all.parts(parts))
                        .requestPayer(bucket.payer()));
        return new ObjectInfo(key, bytes.length, ETags.version(response.eTag()));
    }

    /** Best effort: what cannot be thrown away now is never seen, and goes by the bucket's rules for unfinished uploads. */
    private void abort(String upload) {
        boolean interrupted = Thread.interrupted();
        try {
            bucket.call("write", key, S3Bucket.LIMIT, client -> {
                try {
                    return client.abortMultipartUpload(request -> request.bucket(bucket.name())
                            .key(bucket.prefix() + key)
                            .uploadId(upload)
                            .requestPayer(bucket.payer()));
                } catch (AwsServiceException e) {
                    return e; // the failure that led here is the one to tell
                }
            });
        } catch (org.copick.error.CopickException e) {
            // likewise
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
