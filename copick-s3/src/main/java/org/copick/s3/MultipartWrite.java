package org.copick.s3;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.copick.storage.ObjectInfo;
import org.copick.storage.remote.Bucket;
import org.copick.storage.remote.Bucket.Call;
import org.copick.storage.remote.Patience;
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

    private final Bucket<S3Client> bucket;
    private final S3Options options;
    private final String key;
    private final byte[] bytes;

    MultipartWrite(Bucket<S3Client> bucket, S3Options options, String key, byte[] bytes) {
        this.bucket = bucket;
        this.options = options;
        this.key = key;
        this.bytes = bytes;
    }

    ObjectInfo run() {
        String upload = call(this::begun);
        boolean complete = false;
        try {
            List<Call<S3Client, CompletedPart>> parts = new ArrayList<>();
            for (int from = 0; from < bytes.length; from += PART) {
                int start = from;
                int number = parts.size() + 1;
                parts.add(client -> part(client, upload, number, start));
            }
            List<CompletedPart> sent = bucket.all("write", key, Patience.limit(bytes.length), parts);
            ObjectInfo info = call(client -> completed(client, upload, sent));
            complete = true;
            return info;
        } finally {
            if (!complete) {
                abort(upload);
            }
        }
    }

    private <T> T call(Call<S3Client, T> request) {
        return bucket.call("write", key, Bucket.LIMIT, request);
    }

    private String begun(S3Client client) {
        S3Options.Writing writing = options.writing();
        return client.createMultipartUpload(request -> request.bucket(bucket.name())
                        .key(bucket.nameOf(key))
                        .serverSideEncryption(writing.encryption())
                        .ssekmsKeyId(writing.encryptionKey())
                        .storageClass(writing.storageClass())
                        .requestPayer(options.payer()))
                .uploadId();
    }

    private CompletedPart part(S3Client client, String upload, int number, int start) {
        ByteBuffer content = ByteBuffer.wrap(bytes, start, Math.min(PART, bytes.length - start));
        String etag = client.uploadPart(
                        request -> request.bucket(bucket.name())
                                .key(bucket.nameOf(key))
                                .uploadId(upload)
                                .partNumber(number)
                                .requestPayer(options.payer()),
                        RequestBody.fromRemainingByteBuffer(content))
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(etag).build();
    }

    private ObjectInfo completed(S3Client client, String upload, List<CompletedPart> parts) {
        CompleteMultipartUploadResponse response =
                client.completeMultipartUpload(request -> request.bucket(bucket.name())
                        .key(bucket.nameOf(key))
                        .uploadId(upload)
                        .multipartUpload(all -> all.parts(parts))
                        .requestPayer(options.payer()));
        return new ObjectInfo(key, bytes.length, ETags.version(response.eTag()));
    }

    /** Best effort: what cannot be thrown away now is never seen, and goes by the bucket's rules for unfinished uploads. */
    private void abort(String upload) {
        boolean interrupted = Thread.interrupted();
        try {
            bucket.call("write", key, Bucket.LIMIT, client -> {
                try {
                    return client.abortMultipartUpload(request -> request.bucket(bucket.name())
                            .key(bucket.nameOf(key))
                            .uploadId(upload)
                            .requestPayer(options.payer()));
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
