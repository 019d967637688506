package org.copick.s3;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.copick.error.CopickException;
import org.copick.error.StorageException;
import org.copick.storage.ObjectInfo;
import org.copick.storage.WriteCondition;
import org.copick.storage.remote.Bucket;
import org.copick.storage.remote.Bucket.Call;
import org.copick.storage.remote.WriteId;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Error;

/** Writes and deletes objects. */
final class S3Writer {
    /** Size in bytes from which an unconditional write is a multipart upload. */
    static final int LARGE = 64 << 20;
    /** Maximum number of keys in one request for deletion. */
    private static final int BATCH = 1000;

    private final Bucket<S3Client> bucket;
    private final S3Options options;

    S3Writer(Bucket<S3Client> bucket, S3Options options) {
        this.bucket = bucket;
        this.options = options;
    }

    ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
        if (bytes.length >= LARGE && condition.equals(WriteCondition.ANY)) {
            return sendInParts(key, bytes, condition);
        }
        String id = WriteId.of(condition);
        return bucket.call("write", key, bytes.length, client -> put(client, key, bytes, condition, id));
    }

    /** Writes an object as a multipart upload, regardless of its size. */
    ObjectInfo sendInParts(String key, byte[] bytes, WriteCondition condition) {
        MultipartUpload upload = begin(key, condition);
        try {
            List<ByteBuffer> parts = new ArrayList<>();
            for (int from = 0; from < bytes.length; from += PartsWriter.PART) {
                parts.add(ByteBuffer.wrap(bytes, from, Math.min(PartsWriter.PART, bytes.length - from)));
            }
            upload.send(parts);
            return upload.complete();
        } finally {
            upload.abort();
        }
    }

    /** Begins a multipart upload. */
    MultipartUpload begin(String key, WriteCondition condition) {
        return new MultipartUpload(
                bucket, options, key, condition, UUID.randomUUID().toString());
    }

    void requireOpen() {
        bucket.requireOpen();
    }

    private ObjectInfo put(S3Client client, String key, byte[] bytes, WriteCondition condition, @Nullable String id) {
        try {
            PutObjectResponse put = client.putObject(request(key, condition, id), body(ByteBuffer.wrap(bytes)));
            return new ObjectInfo(key, bytes.length, ETags.version(put.eTag()));
        } catch (AwsServiceException e) {
            return new Refusals(bucket, options).ownOrThrow(client, key, bytes.length, condition, id, e);
        }
    }

    /** Returns a request body that reads the content in place; the content must not change until the request ends. */
    static RequestBody body(ByteBuffer content) {
        int from = content.arrayOffset() + content.position();
        return RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(content.array(), from, content.remaining()),
                content.remaining(),
                "application/octet-stream");
    }

    private PutObjectRequest request(String key, WriteCondition condition, @Nullable String id) {
        S3Options.Writing writing = options.writing();
        return PutObjectRequest.builder()
                .bucket(bucket.name())
                .key(bucket.nameOf(key))
                .ifNoneMatch(Refusals.ifNoneMatch(condition))
                .ifMatch(Refusals.ifMatch(condition))
                .metadata(id == null ? null : Map.of(WriteId.KEY, id))
                .serverSideEncryption(writing.encryption())
                .ssekmsKeyId(writing.encryptionKey())
                .storageClass(writing.storageClass())
                .acl(writing.acl())
                .requestPayer(options.payer())
                .build();
    }

    void delete(String key) {
        bucket.call(
                "delete",
                key,
                client -> client.deleteObject(request ->
                        request.bucket(bucket.name()).key(bucket.nameOf(key)).requestPayer(options.payer())));
    }

    /** Deletes objects by their full keys. Throws the first failure after all deletions were tried. */
    void deleteAll(Collection<String> wholeKeys) {
        List<String> keys = List.copyOf(wholeKeys);
        List<Call<S3Client, List<S3Error>>> calls = new ArrayList<>();
        for (int i = 0; i < keys.size(); i += BATCH) {
            List<String> batch = keys.subList(i, Math.min(keys.size(), i + BATCH));
            calls.add(client -> deleted(client, batch));
        }
        List<S3Error> errors = new ArrayList<>();
        CopickException failure = null;
        for (Call<S3Client, List<S3Error>> call : calls) {
            try {
                errors.addAll(bucket.call("delete from", "", call));
            } catch (StorageException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
        if (!errors.isEmpty()) {
            throw notDeleted(errors);
        }
    }

    private List<S3Error> deleted(S3Client client, List<String> keys) {
        Delete delete = Delete.builder()
                .quiet(true)
                .objects(keys.stream()
                        .map(key -> ObjectIdentifier.builder().key(key).build())
                        .toList())
                .build();
        DeleteObjectsResponse response = client.deleteObjects(
                request -> request.bucket(bucket.name()).delete(delete).requestPayer(options.payer()));
        return response.errors().stream()
                .filter(error -> !"NoSuchKey".equals(error.code()))
                .toList();
    }

    private RuntimeException notDeleted(List<S3Error> errors) {
        S3Error first = errors.get(0);
        AwsServiceException cause = AwsServiceException.builder()
                .statusCode("AccessDenied".equals(first.code()) ? 403 : 500)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(first.code())
                        .errorMessage(
                                errors.size() == 1
                                        ? first.message()
                                        : first.message() + "; " + errors.size() + " objects were not deleted")
                        .build())
                .build();
        String name = String.valueOf(first.key());
        return S3Failures.of("delete", bucket.location(bucket.keyOf(name).orElse(name)), cause);
    }
}
