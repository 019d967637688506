package org.copick.s3;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Optional;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectInfo;
import org.copick.storage.Version;
import org.copick.storage.remote.Bucket;
import org.copick.storage.remote.Download;
import org.copick.storage.remote.GzipObjects;
import org.copick.storage.remote.ObjectSource;
import org.copick.storage.remote.Part;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.RequestPayer;

/**
 * Reads objects and their metadata.
 *
 * <p>Objects stored with {@code Content-Encoding: gzip} have their {@linkplain GzipObjects unpacked content}.
 */
final class S3Objects implements ObjectSource<S3Client> {
    /**
     * The content of an answer.
     *
     * @param part the received bytes, or null if a compressed object must be read completely
     * @param encoding the header {@code Content-Encoding}
     */
    private record Answer(@Nullable Part part, @Nullable String encoding) {}

    private final Bucket<S3Client> bucket;
    private final @Nullable RequestPayer payer;

    S3Objects(Bucket<S3Client> bucket, S3Options options) {
        this.bucket = bucket;
        this.payer = options.payer();
    }

    @Override
    public Part get(S3Client client, String key, @Nullable ByteRange range, @Nullable Version expected)
            throws Exception {
        GetObjectRequest request = GetObjectRequest.builder()
                .bucket(bucket.name())
                .key(bucket.nameOf(key))
                .range(range == null ? null : Download.header(range))
                .ifMatch(expected == null ? null : ETags.quoted(expected))
                .requestPayer(payer)
                .build();
        try {
            ResponseTransformer<GetObjectResponse, Answer> reading =
                    (response, body) -> answer(key, range, response, body);
            Answer answer = client.getObject(request, reading);
            if (answer.part == null) {
                return GzipObjects.cut(get(client, key, null, expected), requireNonNull(range));
            }
            // unpack outside the client, which would take an exception for a connection failure
            return GzipObjects.unpacked(answer.part, answer.encoding, bucket.location(key));
        } catch (AwsServiceException e) {
            if (e.statusCode() == 404) {
                requireBucket("read", key, e);
                return Part.ABSENT;
            }
            if (e.statusCode() == 412) {
                return Part.CHANGED;
            }
            if (e.statusCode() == 416 && range != null) {
                Optional<ObjectInfo> now = info(client, key);
                boolean holdsIt = now.isPresent() && range.lengthIn(now.get().size()) > 0; // compressed or replaced
                return holdsIt
                        ? GzipObjects.cut(get(client, key, null, expected), range)
                        : Part.pastTheEnd(now, range, expected);
            }
            throw e;
        }
    }

    private Answer answer(
            String key, @Nullable ByteRange range, GetObjectResponse response, AbortableInputStream body) {
        Download download = new Download(
                bucket.location(key),
                response.contentLength(),
                response.contentRange(),
                ETags.version(response.eTag()),
                body,
                body::abort);
        String encoding = response.contentEncoding();
        if (range != null && GzipObjects.isPacked(encoding)) {
            body.abort();
            return new Answer(null, encoding);
        }
        try {
            return new Answer(download.part(key, range), encoding);
        } catch (IOException e) {
            throw RetryableException.create("the connection was lost while reading", e);
        }
    }

    @Override
    public Optional<ObjectInfo> info(S3Client client, String key) throws Exception {
        try {
            HeadObjectResponse head = client.headObject(request ->
                    request.bucket(bucket.name()).key(bucket.nameOf(key)).requestPayer(payer));
            if (GzipObjects.isPacked(head.contentEncoding())) {
                Part whole = get(client, key, null, null);
                return whole == Part.ABSENT ? Optional.empty() : Optional.of(whole.info());
            }
            return Optional.of(info(bucket, "look up", key, head.contentLength(), head.eTag()));
        } catch (AwsServiceException e) {
            if (e.statusCode() != 404) {
                throw e;
            }
            requireBucket("look up", key, e);
            return Optional.empty();
        }
    }

    /** Returns the object that an answer describes; throws if the answer has no valid size. */
    static ObjectInfo info(Bucket<?> bucket, String operation, String key, @Nullable Long size, @Nullable String etag) {
        if (size == null || size < 0) {
            throw bucket.strange(operation, key, "it contains no valid size");
        }
        return new ObjectInfo(key, size, ETags.version(etag));
    }

    /** Checks that the bucket exists if the answer does not say what is missing; one request per unknown bucket. */
    private void requireBucket(String operation, String key, AwsServiceException missing) throws Exception {
        if (S3Failures.code(missing).equals("NoSuchBucket")) {
            throw missing;
        }
        if (!S3Failures.code(missing).equals("NoSuchKey") || isBare(missing)) {
            bucket.requireBucket(operation, key, missing, client -> {
                try {
                    client.headBucket(request -> request.bucket(bucket.name()));
                } catch (AwsServiceException e) {
                    return e.statusCode() != 404;
                }
                return true;
            });
        }
    }

    /** Returns whether the answer has no body, as for HEAD; the client then made up its error code. */
    private static boolean isBare(AwsServiceException missing) {
        return missing.awsErrorDetails().rawResponse() == null
                || missing.awsErrorDetails().rawResponse().asByteArrayUnsafe().length == 0;
    }
}
