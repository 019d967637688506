package org.copick.storage.remote;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ConflictException;
import org.copick.error.CopickException;
import org.copick.error.InvalidNameException;
import org.copick.storage.Keys;
import org.copick.storage.ObjectInfo;
import org.copick.storage.WriteCondition;
import org.copick.storage.remote.Requests.Request;

/**
 * The part of a bucket that belongs to a store. It runs requests in the threads of {@link Requests} and translates
 * failures of the vendor's client into {@link CopickException}s. Safe for use by many threads.
 *
 * @param <C> the vendor's client
 */
public final class Bucket<C> implements AutoCloseable {
    private static final int MOST_KEY_BYTES = 1024;

    private final BucketAddress address;
    private final String location;
    private final Service service;
    private final C client;
    private final Runnable release;
    private final Failures failures;
    private final Requests requests;
    private volatile boolean seen;

    /**
     * Creates the bucket of a store.
     *
     * @param service the service to send requests to
     * @param address the bucket, and the prefix of the store's objects in it
     * @param client the vendor's client for these requests
     * @param release returns the client when the store is closed; may be called several times
     * @param failures translates the client's exceptions
     */
    public Bucket(Service service, BucketAddress address, C client, Runnable release, Failures failures) {
        this.address = address;
        this.location = address.location(service.scheme);
        this.service = service;
        this.client = client;
        this.release = release;
        this.failures = failures;
        this.requests = new Requests(location);
    }

    /**
     * The service that requests are sent to.
     *
     * @param scheme the beginning of bucket URLs, such as {@code s3://}
     * @param endpoint the address of a service other than the vendor's own; empty for the vendor's own
     * @param retryPolicy the timeouts of requests, which determine their time limits
     * @param withheld the reason for which requests that need this machine's credentials must not get them; if present,
     *     no request is sent
     */
    public record Service(
            String scheme, Optional<String> endpoint, RetryPolicy retryPolicy, Optional<Withheld> withheld) {}

    /** Translates failures of the vendor's client. */
    @FunctionalInterface
    public interface Failures {
        /**
         * {@return the exception to throw: a {@link CopickException}, or the failure itself if it is a bug in copick}
         *
         * @param operation the operation for messages, such as {@code read}
         * @param where the URL and, if it is not the vendor's own, the endpoint, for messages
         * @param failure the exception of the vendor's client
         */
        RuntimeException of(String operation, String where, Exception failure);
    }

    /**
     * A request to the service.
     *
     * @param <C> the vendor's client
     * @param <T> the result
     */
    @FunctionalInterface
    public interface Call<C, T> {
        /**
         * Sends the request with the given client, in the calling thread.
         *
         * @param client the client to send the request with
         * @return the result of the request
         * @throws Exception if the request fails; {@link Failures} translates all but {@link CopickException}s
         */
        T with(C client) throws Exception;
    }

    /** {@return the bucket's name} */
    public String name() {
        return address.bucket();
    }

    /**
     * {@return the name in the bucket of an object: the prefix of the store, followed by the key}
     *
     * @param key the object's key or, for a prefix of names, a key prefix
     */
    public String nameOf(String key) {
        return address.prefix() + key;
    }

    /**
     * {@return the key for a name in the bucket; empty for names outside the store and names that are not valid keys}
     *
     * @param name the name of an object in the bucket, possibly one that another program created
     */
    public Optional<String> keyOf(String name) {
        if (!name.startsWith(address.prefix())) {
            return Optional.empty();
        }
        String key = name.substring(address.prefix().length());
        try {
            return Optional.of(Keys.checked(key));
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }

    /**
     * Checks that a listed name is below the requested prefix. If a service ignored the prefix, it would list the whole
     * bucket, and a deletion of the listed objects would delete everything.
     *
     * @param prefix the requested key prefix
     * @param name the listed name in the bucket
     * @throws CopickException if the name is not below the prefix
     */
    public void requireBelow(String prefix, String name) {
        if (!name.startsWith(nameOf(prefix))) {
            throw strange("list", prefix, "it names " + name + ", which is not below the requested prefix");
        }
    }

    /**
     * {@return the folder that an empty object {@code folder/} of another program denotes; empty for other names}
     *
     * @param name the name of an object in the bucket
     */
    public Optional<String> folderOf(String name) {
        return name.length() > address.prefix().length() ? prefixOf(name) : Optional.empty();
    }

    /**
     * {@return the key prefix for a common prefix of names; empty if it is not a valid one}
     *
     * @param common a prefix of names in the bucket, ending with {@code /}
     */
    public Optional<String> prefixOf(String common) {
        return common.endsWith("/")
                ? keyOf(common.substring(0, common.length() - 1)).map(key -> key + "/")
                : Optional.empty();
    }

    /** {@return the URL of this part of the bucket} */
    public String location() {
        return location;
    }

    /** {@return the address of the service; empty if it is the vendor's own} */
    public Optional<String> endpoint() {
        return service.endpoint;
    }

    RetryPolicy retryPolicy() {
        return service.retryPolicy;
    }

    /** Returns a key's URL and the endpoint, for messages about requests. */
    private String where(String key) {
        return service.endpoint.map(at -> location(key) + " at " + at).orElse(location(key));
    }

    /**
     * {@return the URL of a key}
     *
     * @param key the key, or {@code ""} for this part of the bucket
     */
    public String location(String key) {
        return key.isEmpty() ? location : location + "/" + key;
    }

    /**
     * Checks a key.
     *
     * @param key the text to check
     * @return the key, unchanged
     * @throws InvalidNameException if it is invalid or, with the prefix, longer than 1,024 bytes
     */
    public String checked(String key) {
        Keys.checked(key);
        int length = nameOf(key).getBytes(StandardCharsets.UTF_8).length;
        if (length > MOST_KEY_BYTES) {
            throw new InvalidNameException("the key " + key.substring(0, Math.min(40, key.length())) + "… takes "
                    + length + " bytes; keys in a bucket have at most " + MOST_KEY_BYTES);
        }
        return key;
    }

    /**
     * Checks that the bucket is open.
     *
     * @throws org.copick.error.ClosedException after {@link #close}
     */
    public void requireOpen() {
        requests.requireOpen();
    }

    /**
     * Sends one request that transfers few bytes.
     *
     * @param <T> the result
     * @param operation the operation for messages, such as {@code read}
     * @param key the key for messages, or {@code ""} for the whole store
     * @param request sends the request
     * @return the result of the request
     * @throws CopickException if the request fails, takes too long or is interrupted, or if the store is closed
     */
    public <T> T call(String operation, String key, Call<C, T> request) {
        return call(operation, key, 0, request);
    }

    /**
     * Sends one request that transfers many bytes.
     *
     * @param <T> the result
     * @param operation the operation for messages, such as {@code read}
     * @param key the key for messages, or {@code ""} for the whole store
     * @param bytes the number of bytes it transfers, which determines the {@linkplain RetryPolicy#limit time limit}
     * @param request sends the request
     * @return the result of the request
     * @throws CopickException if the request fails, takes too long or is interrupted, or if the store is closed
     */
    public <T> T call(String operation, String key, long bytes, Call<C, T> request) {
        return all(operation, key, bytes, List.of(request)).get(0);
    }

    /**
     * Sends requests in parallel. A failure cancels all of them.
     *
     * @param <T> the result of a request
     * @param operation the operation for messages, such as {@code read}
     * @param key the key for messages, or {@code ""} for the whole store
     * @param bytes the number of bytes they transfer together, which determines the
     *     {@linkplain RetryPolicy#limit time limit}
     * @param calls send the requests
     * @return the results, in the order of the calls
     * @throws CopickException if a request fails, takes too long or is interrupted, or if the store is closed
     */
    public <T> List<T> all(String operation, String key, long bytes, List<Call<C, T>> calls) {
        String where = where(key);
        requireCredentials(operation, where);
        List<Callable<T>> guarded = calls.stream()
                .<Callable<T>>map(call -> () -> guarded(operation, where, call))
                .toList();
        return requests.all(new Request(operation, where, service.retryPolicy.limit(bytes)), guarded);
    }

    private void requireCredentials(String operation, String where) {
        if (service.withheld.isPresent()) {
            throw service.withheld.get().failure(operation, where, "", new IllegalStateException("no credentials"));
        }
    }

    private <T> T guarded(String operation, String where, Call<C, T> call) {
        try {
            T result = call.with(client);
            seen = true;
            return result;
        } catch (CopickException e) {
            throw e;
        } catch (StackOverflowError | OutOfMemoryError e) {
            // the vendor's client assembles and parses responses itself, without our limits
            String what = e instanceof OutOfMemoryError ? "memory of this program" : "stack of a thread";
            throw FailureKind.STRANGE.failure(operation, where, "it does not fit into the " + what, e);
        } catch (Exception e) {
            throw failures.of(operation, where, e);
        }
    }

    /**
     * Checks that the bucket exists, for services that do not distinguish a missing bucket from a missing object. Call
     * it inside a request.
     *
     * @param operation the operation for messages, such as {@code read}
     * @param key the key that was not found, or {@code ""}
     * @param missing the failure that may mean a missing bucket
     * @param isThere requests whether the bucket exists; not called if an earlier request has succeeded
     * @throws org.copick.error.NotFoundException if there is no such bucket
     * @throws Exception if {@code isThere} fails
     */
    public void requireBucket(String operation, String key, Exception missing, Call<C, Boolean> isThere)
            throws Exception {
        if (!seen && !isThere.with(client)) {
            throw FailureKind.NO_BUCKET.failure(operation, location(key), name(), missing);
        }
        seen = true;
    }

    /**
     * Sends a request that cleans up after a failure, even if the thread is interrupted. Its own failure is ignored,
     * because the caller reports the original one.
     *
     * @param operation the operation for messages, such as {@code write}
     * @param key the key for messages, or {@code ""} for the whole store
     * @param request sends the request
     */
    public void tidyUp(String operation, String key, Call<C, ?> request) {
        boolean interrupted = Thread.interrupted();
        try {
            call(operation, key, request);
        } catch (CopickException e) {
            // the original failure is reported
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * {@return the exception for an invalid response}
     *
     * @param operation the operation that got the response, such as {@code list}
     * @param key the key or prefix, or {@code ""} for the whole store
     * @param what the fault of the response, as a clause that begins with "it" or names its part
     */
    public CopickException strange(String operation, String key, String what) {
        return FailureKind.STRANGE.failure(operation, location(key), what, new IllegalStateException(what));
    }

    /**
     * {@return the exception for a write whose condition does not hold}
     *
     * @param key the key that was not written
     * @param condition the condition of the write
     * @param refusal the failure that the service's response led to
     */
    public CopickException conflict(String key, WriteCondition condition, Exception refusal) {
        String what = "cannot write " + location(key) + ": ";
        return condition instanceof WriteCondition.IfVersion
                ? new ConflictException(what + "it was changed by another writer; read it again", refusal)
                : new AlreadyExistsException(what + "it exists already", refusal);
    }

    /**
     * {@return the exception for a copy of an object that no longer has the version to copy}
     *
     * @param object the version that was to copy
     * @param refusal the failure that the service's response led to
     */
    public ConflictException changedBeforeCopy(ObjectInfo object, Exception refusal) {
        return new ConflictException("cannot copy " + location(object.key()) + ": it has changed meanwhile", refusal);
    }

    @Override
    public void close() {
        requests.close();
        release.run();
    }
}
