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
     * @param release returns the client; may be called several times
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
     * @param endpoint the address of a service other than the vendor's own
     * @param withheld the reason for which requests that need this machine's credentials must not get them; if present,
     *     no request is sent
     */
    public record Service(
            String scheme, Optional<String> endpoint, RetryPolicy retryPolicy, Optional<Withheld> withheld) {}

    /** Translates failures of the vendor's client. */
    @FunctionalInterface
    public interface Failures {
        /**
         * Returns the exception to throw: a {@link CopickException}, or the failure itself if it is a bug in copick.
         */
        RuntimeException of(String operation, String where, Exception failure);
    }

    /** A request to the service. */
    @FunctionalInterface
    public interface Call<C, T> {
        /** Sends the request with the given client, in the calling thread. */
        T with(C client) throws Exception;
    }

    /** Returns the bucket's name. */
    public String name() {
        return address.bucket();
    }

    /** Returns the name in the bucket of the object with the given key. */
    public String nameOf(String key) {
        return address.prefix() + key;
    }

    /**
     * Returns the key for a name in the bucket; empty for names that are not valid keys, as other programs may create.
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
     * @throws CopickException if the name is not below the prefix
     */
    public void requireBelow(String prefix, String name) {
        if (!name.startsWith(nameOf(prefix))) {
            throw strange("list", prefix, "it names " + name + ", which is not below the requested prefix");
        }
    }

    /** Returns the folder for the name of an empty object {@code folder/} of another program; empty for other names. */
    public Optional<String> folderOf(String name) {
        return name.length() > address.prefix().length() ? prefixOf(name) : Optional.empty();
    }

    /**
     * Returns the key prefix for a common prefix of names, both ending with {@code /}; empty if it is not a valid one.
     */
    public Optional<String> prefixOf(String common) {
        return common.endsWith("/")
                ? keyOf(common.substring(0, common.length() - 1)).map(key -> key + "/")
                : Optional.empty();
    }

    /** Returns the URL of this part of the bucket. */
    public String location() {
        return location;
    }

    /** Returns the address of the service if it is not the vendor's own. */
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

    /** Returns the URL of a key, or of this part of the bucket if the key is {@code ""}. */
    public String location(String key) {
        return key.isEmpty() ? location : location + "/" + key;
    }

    /**
     * Returns the key; throws {@link InvalidNameException} if it is invalid or, with the prefix, too long for a bucket.
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

    /** Throws {@link org.copick.error.ClosedException} after {@link #close}. */
    public void requireOpen() {
        requests.requireOpen();
    }

    /** Sends one request that transfers few bytes, for a key, or for the whole store if the key is {@code ""}. */
    public <T> T call(String operation, String key, Call<C, T> request) {
        return call(operation, key, 0, request);
    }

    /** Sends one request that transfers this many bytes. */
    public <T> T call(String operation, String key, long bytes, Call<C, T> request) {
        return all(operation, key, bytes, List.of(request)).get(0);
    }

    /**
     * Sends requests in parallel.
     *
     * @param bytes the number of bytes they transfer together, which determines the
     *     {@linkplain RetryPolicy#limit time limit}
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
     * Throws if the whole bucket is missing, for services that do not distinguish this from a missing object. Call it
     * inside a request.
     *
     * @param isThere requests whether the bucket exists; not called if an earlier request has succeeded
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

    /** Returns the exception for an invalid response. */
    public CopickException strange(String operation, String key, String what) {
        return FailureKind.STRANGE.failure(operation, location(key), what, new IllegalStateException(what));
    }

    /** Returns the exception for a write whose condition does not hold. */
    public CopickException conflict(String key, WriteCondition condition, Exception refusal) {
        String what = "cannot write " + location(key) + ": ";
        return condition instanceof WriteCondition.IfVersion
                ? new ConflictException(what + "it was changed by another writer; read it again", refusal)
                : new AlreadyExistsException(what + "it exists already", refusal);
    }

    /** Returns the exception for a copy of an object that no longer has the version to copy. */
    public ConflictException changedBeforeCopy(ObjectInfo object, Exception refusal) {
        return new ConflictException("cannot copy " + location(object.key()) + ": it has changed meanwhile", refusal);
    }

    @Override
    public void close() {
        requests.close();
        release.run();
    }
}
