package org.copick.s3;

import org.copick.storage.ObjectInfo;
import org.copick.storage.WriteCondition;
import org.copick.storage.remote.Bucket;
import org.copick.storage.remote.WriteId;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Translates conditions of writes to HTTP headers, and refusals of writes to exceptions. */
final class Refusals {
    private final Bucket<S3Client> bucket;
    private final S3Options options;

    Refusals(Bucket<S3Client> bucket, S3Options options) {
        this.bucket = bucket;
        this.options = options;
    }

    static @Nullable String ifNoneMatch(WriteCondition condition) {
        return condition.equals(WriteCondition.IF_ABSENT) ? "*" : null;
    }

    static @Nullable String ifMatch(WriteCondition condition) {
        return condition instanceof WriteCondition.IfVersion version ? ETags.quoted(version.expected()) : null;
    }

    /**
     * Returns the object if an earlier attempt of the same write created it; otherwise throws the refusal's exception.
     */
    ObjectInfo ownOrThrow(
            S3Client client,
            String key,
            long size,
            WriteCondition condition,
            @Nullable String writeId,
            AwsServiceException refusal) {
        boolean conditional = !condition.equals(WriteCondition.ANY);
        String code = S3Failures.code(refusal);
        boolean lost = code.equals("NoSuchUpload");
        boolean failed = refusal.statusCode() == 412
                || (refusal.statusCode() == 409 && conditional)
                || (refusal.statusCode() == 404
                        && condition instanceof WriteCondition.IfVersion
                        && !lost
                        && !code.equals("NoSuchBucket"));
        if (!failed && !lost) {
            throw refusal;
        }
        ObjectInfo own = writeId == null || attempts(refusal) == 1 ? null : own(client, key, size, writeId);
        if (own != null) {
            return own;
        }
        if (lost) {
            throw refusal;
        }
        throw bucket.conflict(key, condition, refusal);
    }

    private static int attempts(AwsServiceException failure) {
        return failure.numAttempts() == null ? 2 : failure.numAttempts();
    }

    private @Nullable ObjectInfo own(S3Client client, String key, long size, String writeId) {
        try {
            HeadObjectResponse head = client.headObject(request ->
                    request.bucket(bucket.name()).key(bucket.nameOf(key)).requestPayer(options.payer()));
            return writeId.equals(head.metadata().get(WriteId.KEY))
                    ? new ObjectInfo(key, size, ETags.version(head.eTag()))
                    : null;
        } catch (AwsServiceException e) {
            if (e.statusCode() == 404) {
                return null;
            }
            throw e;
        }
    }
}
