package org.copick.s3;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreAddress;
import org.copick.storage.StoreCapability;
import org.copick.storage.WriteCondition;
import org.copick.tests.StoreUnderTest;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/**
 * A prefix of its own in a bucket of a server.
 *
 * @param options as in a configuration
 * @param conditions the conditions on writes that the server keeps, or null where the store is to find out
 * @param quirks what else is to be known of the server
 */
record S3UnderTest(
        String bucket,
        String prefix,
        Map<String, Object> options,
        @Nullable Set<StoreCapability> conditions,
        Set<Quirk> quirks)
        implements StoreUnderTest {

    /** What a server does otherwise than Amazon's. */
    enum Quirk {
        /** Keys are listed in the order of UTF-16 units, which differs from that of code points where these lie above U+D7FF. */
        UTF_16_ORDER,
        /** Of {@code a} and {@code a/b} only one can be. */
        NOTHING_BELOW_OBJECTS
    }

    /** A new place in this bucket, which is created where it is not there. */
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
        try (S3Connection connection = place.connection()) {
            S3Client client = connection.client();
            if (client.listBuckets().buckets().stream()
                    .noneMatch(known -> known.name().equals(bucket))) {
                client.createBucket(request -> request.bucket(bucket));
            }
        }
        return place;
    }

    String rootUrl() {
        return "s3://" + bucket + "/" + prefix;
    }

    private S3Connection connection() {
        return S3Clients.open(S3Options.of(new StoreAddress(rootUrl(), options, null)));
    }

    @Override
    public ObjectStore open() {
        return new S3Store(connection(), bucket, prefix + "/", conditions);
    }

    /** Many at once, because each takes a round trip. */
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
    public boolean canHoldBelowObjects() {
        return !quirks.contains(Quirk.NOTHING_BELOW_OBJECTS);
    }

    @Override
    public Optional<String> url() {
        return Optional.empty();
    }

    @Override
    public void remove() {
        try (S3Connection connection = connection()) {
            S3Client client = connection.client();
            while (true) {
                ListObjectsV2Response page =
                        client.listObjectsV2(request -> request.bucket(bucket).prefix(prefix + "/"));
                List<String> keys =
                        page.contents().stream().map(object -> object.key()).toList();
                if (keys.isEmpty()) {
                    return;
                }
                keys.forEach(key ->
                        client.deleteObject(request -> request.bucket(bucket).key(key)));
            }
        }
    }
}
