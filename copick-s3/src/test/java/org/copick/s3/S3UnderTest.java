package org.copick.s3;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.copick.s3.S3ClientFactory.Client;
import org.copick.s3.server.S3Answers;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreAddress;
import org.copick.storage.StoreCapability;
import org.copick.storage.WriteCondition;
import org.copick.storage.remote.BucketAddress;
import org.copick.storage.remote.SharedClients.Share;
import org.copick.tests.network.FaultyProxy.Answer;
import org.copick.tests.network.Message;
import org.copick.tests.network.NetworkUnderTest;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/**
 * A place for the kit: a new prefix in a bucket of a server.
 *
 * @param options the options of a configuration
 * @param conditions the conditional writes that the server supports, or null to probe it
 * @param quirks other differences from Amazon S3
 */
record S3UnderTest(
        String bucket,
        String prefix,
        Map<String, Object> options,
        @Nullable Set<StoreCapability> conditions,
        Set<Quirk> quirks)
        implements NetworkUnderTest {

    private static final Map<URI, Share<S3Options, Client>> PREPARING = new ConcurrentHashMap<>();

    /** A difference of a server from Amazon S3. */
    enum Quirk {
        /** Lists keys in the order of UTF-16 units, which differs from code-point order above U+D7FF. */
        UTF_16_ORDER,
        /** Cannot hold both {@code a} and {@code a/b}. */
        NOTHING_BELOW_OBJECTS,
        /** Serves only one request per connection. */
        CLOSES_CONNECTIONS
    }

    /** Returns a new place in this bucket, creating the bucket if it does not exist. */
    static S3UnderTest at(
            URI endpoint,
            String key,
            String secret,
            String bucket,
            @Nullable Set<StoreCapability> conditions,
            Quirk... quirks) {
        Map<String, Object> options = new HashMap<>();
        options.put("endpoint_url", endpoint.toString());
        options.put("key", key);
        options.put("secret", secret);
        options.put("client_kwargs", Map.of("region_name", "us-east-1"));
        S3UnderTest place = new S3UnderTest(bucket, "kit-" + UUID.randomUUID(), options, conditions, Set.of(quirks));
        S3Client client = place.client();
        if (client.listBuckets().buckets().stream()
                .noneMatch(known -> known.name().equals(bucket))) {
            client.createBucket(request -> request.bucket(bucket));
        }
        return place;
    }

    @Override
    public URI endpoint() {
        return URI.create(String.valueOf(options.get("endpoint_url")));
    }

    @Override
    public Map<String, Object> arguments(URI endpoint) {
        Map<String, Object> arguments = new HashMap<>(options);
        arguments.put("endpoint_url", endpoint.toString());
        return arguments;
    }

    @Override
    public ObjectStore open(URI endpoint, Duration patience) {
        Map<String, Object> impatient = arguments(endpoint);
        impatient.put(
                "config_kwargs",
                Map.of(
                        "read_timeout",
                        patience.toMillis() / 1000.0,
                        "connect_timeout",
                        1,
                        "retries",
                        Map.of("max_attempts", ATTEMPTS - 1)));
        return new S3StorageProvider().open(new StoreAddress(rootUrl(), impatient, null));
    }

    @Override
    public ObjectStore openMissingBucket() {
        return new S3StorageProvider().open(new StoreAddress("s3://no-such-bucket/folder", options, null));
    }

    @Override
    public ObjectStore openWith(URI endpoint, String secret) {
        Map<String, Object> arguments = arguments(endpoint);
        arguments.putAll(Map.of("key", secret, "secret", secret, "token", secret));
        return new S3StorageProvider().open(new StoreAddress(rootUrl(), arguments, null));
    }

    @Override
    public Answer throttling() {
        return S3Answers.error(503, "SlowDown", "");
    }

    @Override
    public Answer refusal() {
        return S3Answers.error(403, "AccessDenied", "");
    }

    @Override
    public Answer listing(String name) {
        return new Answer(
                200,
                "Content-Type: application/xml\r\n",
                "<ListBucketResult><Name>any</Name><KeyCount>1</KeyCount><IsTruncated>false</IsTruncated><Contents><Key>"
                        + name + "</Key><Size>1</Size><ETag>\"e\"</ETag></Contents></ListBucketResult>");
    }

    @Override
    public String kind(Message request) {
        return S3Answers.isList(request) ? "LIST" : request.method();
    }

    @Override
    public String rootUrl() {
        return "s3://" + bucket + "/" + prefix;
    }

    private S3Options s3Options() {
        return S3Options.of(new StoreAddress(rootUrl(), options, null));
    }

    /**
     * Returns the client that prepares and removes places on this server, one for all tests of this process.
     *
     * <p>Stores under test never share it, because its options differ from theirs.
     */
    private S3Client client() {
        return PREPARING
                .computeIfAbsent(endpoint(), server -> {
                    Map<String, Object> others = new HashMap<>(options);
                    others.put("config_kwargs", Map.of("read_timeout", 50));
                    return S3ClientFactory.SHARED.open(S3Options.of(new StoreAddress(rootUrl(), others, null)));
                })
                .client()
                .s3();
    }

    /** Puts an object under any name below the place, with the vendor's client. */
    void put(String name, byte[] content, String encoding) {
        client().putObject(
                        request -> request.bucket(bucket)
                                .key(prefix + "/" + name)
                                .contentEncoding(encoding.isEmpty() ? null : encoding),
                        RequestBody.fromBytes(content));
    }

    @Override
    public ObjectStore open() {
        return S3Store.open(new BucketAddress(bucket, prefix + "/"), s3Options(), conditions);
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
        return quirks.contains(Quirk.UTF_16_ORDER) ? key.chars().noneMatch(c -> c >= 0xd800) : true;
    }

    @Override
    public boolean keepsConnections() {
        return !quirks.contains(Quirk.CLOSES_CONNECTIONS);
    }

    @Override
    public boolean canHoldBelowObjects() {
        return !quirks.contains(Quirk.NOTHING_BELOW_OBJECTS);
    }

    @Override
    public Optional<String> url() {
        return Optional.empty();
    }

    @Override
    public void remove() {
        S3Client client = client();
        while (true) {
            ListObjectsV2Response page =
                    client.listObjectsV2(request -> request.bucket(bucket).prefix(prefix + "/"));
            List<ObjectIdentifier> found = page.contents().stream()
                    .map(object -> ObjectIdentifier.builder().key(object.key()).build())
                    .toList();
            if (found.isEmpty()) {
                return;
            }
            client.deleteObjects(request -> request.bucket(bucket).delete(all -> all.objects(found)));
        }
    }
}
