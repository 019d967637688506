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
 * The part of a bucket that a store is about, and how requests to it are made: in the threads of {@link Requests}, with the
 * failures of the vendor's client told in our words. Safe for use by many threads.
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

    /** @param release gives the client back; called once, or more often */
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
     * Where requests go.
     *
     * @param scheme what URLs of buckets begin with: {@code s3://}
     * @param endpoint the address of a service that is not the vendor's own
     * @param withheld why requests cannot have the credentials of this machine that they need; none is made then
     */
    public record Service(
            String scheme, Optional<String> endpoint, RetryPolicy retryPolicy, Optional<Withheld> withheld) {}

    /** Translates failures of the vendor's client. */
    @FunctionalInterface
    public interface Failures {
        /** The exception to throw: a {@link CopickException}, or the failure itself where it is a mistake of our own. */
        RuntimeException of(String operation, String where, Exception failure);
    }

    /** A request. */
    @FunctionalInterface
    public interface Call<C, T> {
        /** Makes it with this client, in the calling thread. */
        T with(C client) throws Exception;
    }

    /** The bucket's name. */
    public String name() {
        return address.bucket();
    }

    /** An object's name in the bucket. */
    public String nameOf(String key) {
        return address.prefix() + key;
    }

    /** The key of an object by its name in the bucket; empty for those that other programs can make and that are none here. */
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
     * Requires that a name in the answer to a listing lies below the prefix that was asked for. A service that lost the prefix
     * lists the whole bucket, and whatever deletes what is listed would delete all of it.
     *
     * @throws CopickException when it does not
     */
    public void requireBelow(String prefix, String name) {
        if (!name.startsWith(nameOf(prefix))) {
            throw strange("list", prefix, "it names " + name + ", which lies elsewhere");
        }
    }

    /** The folder that a name stands for which other programs made as its mark; empty for other names. */
    public Optional<String> folderOf(String name) {
        return name.length() > address.prefix().length() ? prefixOf(name) : Optional.empty();
    }

    /** The prefix here of a common prefix of names, both ending with {@code /}; empty for what is none here. */
    public Optional<String> prefixOf(String common) {
        return common.endsWith("/")
                ? keyOf(common.substring(0, common.length() - 1)).map(key -> key + "/")
                : Optional.empty();
    }

    /** Where key {@code ""} is. */
    public String location() {
        return location;
    }

    /** The address of a service that is not the vendor's own. */
    public Optional<String> endpoint() {
        return service.endpoint;
    }

    RetryPolicy retryPolicy() {
        return service.retryPolicy;
    }

    /** Where a key is, and at which service, for messages about requests. */
    private String where(String key) {
        return service.endpoint.map(at -> location(key) + " at " + at).orElse(location(key));
    }

    /** Where a key is; the location itself for {@code ""}. */
    public String location(String key) {
        return key.isEmpty() ? location : location + "/" + key;
    }

    /** Returns the key, or throws {@link InvalidNameException}, also if key and prefix are too long for a bucket. */
    public String checked(String key) {
        Keys.checked(key);
        int length = nameOf(key).getBytes(StandardCharsets.UTF_8).length;
        if (length > MOST_KEY_BYTES) {
            throw new InvalidNameException("the key " + key.substring(0, Math.min(40, key.length())) + "… takes "
                    + length + " bytes; a bucket has room for " + MOST_KEY_BYTES);
        }
        return key;
    }

    /** Throws {@link org.copick.error.ClosedException} after {@link #close}. */
    public void requireOpen() {
        requests.requireOpen();
    }

    /** Makes one request that moves few bytes, about a key, or about all for {@code ""}. */
    public <T> T call(String operation, String key, Call<C, T> request) {
        return call(operation, key, 0, request);
    }

    /** Makes one request that moves this many bytes. */
    public <T> T call(String operation, String key, long bytes, Call<C, T> request) {
        return all(operation, key, bytes, List.of(request)).get(0);
    }

    /**
     * Makes requests side by side.
     *
     * @param bytes what they move together, on which {@linkplain RetryPolicy#limit their time} depends
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
            // the vendor's client puts answers together in its own ways
            String what = e instanceof OutOfMemoryError ? "memory of this program" : "stack of a thread";
            throw FailureKind.STRANGE.failure(operation, where, "it does not fit into the " + what, e);
        } catch (Exception e) {
            throw failures.of(operation, where, e);
        }
    }

    /**
     * Makes sure that it is an object that is missing and not the whole bucket, where the service did not tell. To be called
     * in a request.
     *
     * @param isThere asks for the bucket; not called for one that was seen before
     */
    public void requireBucket(String operation, String key, Exception missing, Call<C, Boolean> isThere)
            throws Exception {
        if (!seen && !isThere.with(client)) {
            throw FailureKind.NO_BUCKET.failure(operation, location(key), name(), missing);
        }
        seen = true;
    }

    /**
     * Makes a request that tidies up after a failure, also in a thread that is interrupted. Ignores what it throws: the failure
     * that led here is the one to report.
     */
    public void tidyUp(String operation, String key, Call<C, ?> request) {
        boolean interrupted = Thread.interrupted();
        try {
            call(operation, key, request);
        } catch (CopickException e) {
            // as above
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Returns the exception for an answer that makes no sense. */
    public CopickException strange(String operation, String key, String what) {
        return FailureKind.STRANGE.failure(operation, location(key), what, new IllegalStateException(what));
    }

    /** Returns the exception for a write whose condition does not hold. */
    public CopickException conflict(String key, WriteCondition condition, Exception refusal) {
        String what = "cannot write " + location(key) + ": ";
        return condition instanceof WriteCondition.IfVersion
                ? new ConflictException(what + "it was changed by somebody else; read it anew", refusal)
                : new AlreadyExistsException(what + "it exists already", refusal);
    }

    /** Returns the exception for a copy of an object that is no longer of the version to copy. */
    public ConflictException changedBeforeCopy(ObjectInfo object, Exception refusal) {
        return new ConflictException("cannot copy " + location(object.key()) + ": it has changed meanwhile", refusal);
    }

    @Override
    public void close() {
        requests.close();
        release.run();
    }
}
