package org.copick.s3;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.copick.storage.remote.Requests;
import org.copick.storage.remote.Requests.Request;
import org.copick.storage.remote.Trouble;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.RequestPayer;

/** The part of a bucket that a store is about, and how requests to it are made. */
final class S3Bucket implements AutoCloseable {
    /** For what moves few bytes. */
    static final Duration LIMIT = Duration.ofMinutes(2);
    /** What a connection is expected to move at least, in bytes a second. */
    private static final long SLOWEST = 256 << 10;

    private final S3Connection connection;
    private final Requests requests;
    private final String bucket;
    private final String prefix;
    private final String location;
    private volatile boolean exists;

    S3Bucket(S3Connection connection, String bucket, String prefix) {
        this.connection = connection;
        this.bucket = bucket;
        this.prefix = prefix;
        String base = connection.options().endpoint() == null
                ? "s3://" + bucket
                : connection.options().endpoint() + "/" + bucket;
        this.location = prefix.isEmpty() ? base : base + "/" + prefix.substring(0, prefix.length() - 1);
        this.requests = new Requests(location);
    }

    String name() {
        return bucket;
    }

    /** What all keys begin with: empty, or ending with {@code /}. */
    String prefix() {
        return prefix;
    }

    String location() {
        return location;
    }

    S3Options options() {
        return connection.options();
    }

    ConditionalWrites conditionalWrites() {
        return connection.conditionalWrites();
    }

    @Nullable RequestPayer payer() {
        return options().requesterPays() ? RequestPayer.REQUESTER : null;
    }

    /** How long a request may take that moves this many bytes. */
    static Duration limit(long bytes) {
        return LIMIT.plusSeconds(bytes / SLOWEST);
    }

    void requireOpen() {
        requests.requireOpen();
    }

    <T> T call(String operation, String key, Duration limit, Function<S3Client, T> request) {
        return all(operation, key, limit, List.of(request)).get(0);
    }

    /** Requests side by side. */
    <T> List<T> all(String operation, String key, Duration limit, List<Function<S3Client, T>> calls) {
        String where = key.isEmpty() ? location : location + "/" + key;
        List<Callable<T>> guarded = calls.stream()
                .<Callable<T>>map(call -> () -> guarded(operation, where, call))
                .toList();
        return requests.all(new Request(operation, where, limit), guarded);
    }

    private <T> T guarded(String operation, String where, Function<S3Client, T> call) {
        try {
            T result = call.apply(connection.client());
            exists = true;
            return result;
        } catch (SdkException e) {
            throw S3Failures.of(operation, where, e);
        }
    }

    /**
     * Makes sure that it is the object that is missing and not the whole bucket, where the answer did not tell. One request
     * for a bucket that was never seen.
     */
    void requireBucket(S3Client client, String operation, String key, AwsServiceException missing) {
        if (S3Failures.code(missing).equals("NoSuchBucket")) {
            throw missing;
        }
        if (exists || (S3Failures.code(missing).equals("NoSuchKey") && !isBare(missing))) {
            return;
        }
        try {
            client.headBucket(request -> request.bucket(bucket));
        } catch (AwsServiceException e) {
            if (e.statusCode() == 404) {
                throw Trouble.NO_BUCKET.failure(operation, location + "/" + key, bucket, e);
            }
        }
        exists = true;
    }

    /** The answer to HEAD has no body, so that the client made up its code. */
    private static boolean isBare(AwsServiceException missing) {
        return missing.awsErrorDetails().rawResponse() == null
                || missing.awsErrorDetails().rawResponse().asByteArrayUnsafe().length == 0;
    }

    @Override
    public void close() {
        requests.close();
        connection.close();
    }
}
