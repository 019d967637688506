package org.copick.gcs;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.copick.gcs.server.GcsAnswers;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreAddress;
import org.copick.storage.WriteCondition;
import org.copick.storage.remote.BucketAddress;
import org.copick.storage.remote.RetryPolicy;
import org.copick.tests.network.FaultyProxy.Answer;
import org.copick.tests.network.Message;
import org.copick.tests.network.NetworkUnderTest;

/**
 * A place for the kit: a new prefix in a bucket of a server.
 *
 * @param canHoldAll whether the server accepts names with any character
 * @param timeout the time-out of an answer, in seconds
 */
record GcsUnderTest(URI endpoint, String bucket, String prefix, boolean canHoldAll, int timeout)
        implements NetworkUnderTest {
    private static final int USUAL_TIMEOUT = 30;

    static GcsUnderTest at(URI endpoint, String bucket, boolean canHoldAll) {
        return new GcsUnderTest(endpoint, bucket, "kit-" + UUID.randomUUID(), canHoldAll, USUAL_TIMEOUT);
    }

    /** Returns this place with a longer time-out. */
    GcsUnderTest withTimeout(int seconds) {
        return new GcsUnderTest(endpoint, bucket, prefix, canHoldAll, seconds);
    }

    @Override
    public String rootUrl() {
        return "gs://" + bucket + "/" + prefix;
    }

    @Override
    public Map<String, Object> arguments(URI at) {
        return Map.of("token", "anon", "project", "tests", "endpoint_url", at.toString(), "requests_timeout", timeout);
    }

    private static ObjectStore open(String url, Map<String, Object> arguments) {
        return new GcsStorageProvider().open(new StoreAddress(url, arguments, null));
    }

    @Override
    public ObjectStore open() {
        return open(rootUrl(), arguments(endpoint));
    }

    @Override
    public ObjectStore open(URI at, Duration patience) {
        GcsOptions options = GcsOptions.of(new StoreAddress(rootUrl(), arguments(at), null));
        return GcsStore.open(
                new BucketAddress(bucket, prefix + "/"),
                new GcsOptions(
                        options.access(),
                        options.scope(),
                        options.endpoint(),
                        options.payer(),
                        new RetryPolicy(Duration.ofSeconds(1), patience, ATTEMPTS)));
    }

    @Override
    public ObjectStore openMissingBucket() {
        return open("gs://no-such-bucket/folder", arguments(endpoint));
    }

    @Override
    public ObjectStore openWith(URI at, String secret) {
        Map<String, Object> arguments = new HashMap<>(arguments(at));
        arguments.put("token", secret);
        return open(rootUrl(), arguments);
    }

    /** Writes many objects in parallel, because each takes a round trip. */
    @Override
    public void fill(Map<String, byte[]> objects) {
        try (ObjectStore store = open()) {
            objects.entrySet().parallelStream()
                    .forEach(object -> store.write(object.getKey(), object.getValue(), WriteCondition.ANY));
        }
    }

    @Override
    public boolean canHold(String key) {
        return canHoldAll || key.chars().noneMatch(Character::isISOControl);
    }

    @Override
    public void remove() {
        try (ObjectStore store = open("gs://" + bucket, arguments(endpoint))) {
            store.deletePrefix(prefix + "/");
        }
    }

    @Override
    public Answer throttling() {
        return GcsAnswers.error(
                429, "rateLimitExceeded", "The rate of change requests to the object exceeds the limit.");
    }

    @Override
    public Answer refusal() {
        return GcsAnswers.error(403, "forbidden", "Anonymous caller does not have storage.objects.get access.");
    }

    @Override
    public Answer listing(String name) {
        return new Answer(
                200,
                "Content-Type: application/json\r\n",
                "{\"kind\": \"storage#objects\", \"items\": [{\"bucket\": \"" + bucket + "\", \"name\": \"" + name
                        + "\", \"size\": \"1\", \"generation\": \"7\"}]}");
    }

    @Override
    public String kind(Message request) {
        boolean isList = request.method().equals("GET")
                && List.of(request.path().split("/", -1)).size() <= 6;
        return isList
                ? "LIST"
                : request.method().equals("POST") && request.query().contains("uploadType") ? "PUT" : request.method();
    }
}
