package org.copick.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.copick.error.AlreadyExistsException;
import org.copick.error.NotFoundException;
import org.copick.s3.server.S3ProxyServer;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorageProvider;
import org.copick.storage.StoreAddress;
import org.copick.storage.WriteCondition;
import org.copick.tests.network.FaultyProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Tests a client of the application. */
final class S3StoresTest {
    private final S3UnderTest place = S3ProxyUnderTest.place();
    private final FaultyProxy proxy = new FaultyProxy(place.endpoint());
    private final S3Client client = S3Client.builder()
            .httpClient(Apache5HttpClient.create())
            .endpointOverride(proxy.endpoint())
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .credentialsProvider(StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(S3ProxyServer.KEY, S3ProxyServer.SECRET)))
            .build();
    private final StorageProvider provider = S3Stores.of(client);

    private ObjectStore open(Map<String, Object> arguments) {
        return provider.open(new StoreAddress(place.rootUrl(), arguments, null));
    }

    @AfterEach
    void close() {
        client.close();
        proxy.close();
        place.remove();
    }

    @Test
    void everyRequestIsSentByTheClient() {
        try (ObjectStore store = open(Map.of())) {
            ObjectInfo written = store.write("object", new byte[100], WriteCondition.ANY);
            assertEquals(written, store.info("object").orElseThrow());
            assertEquals(100, store.read("object").orElseThrow().bytes().length);
            assertEquals(
                    3,
                    store.readRanges("object", List.of(ByteRange.last(3)), written.version())
                            .orElseThrow()
                            .parts()
                            .get(0)
                            .length);
            assertEquals(List.of(written), store.listFolder("").objects());
            store.delete("object");
        }
        var sent = proxy.exchanges();
        assertEquals(6, sent.size());
        assertTrue(sent.stream()
                .allMatch(done -> done.request().header("authorization").contains(S3ProxyServer.KEY)));
    }

    @Test
    void conditionsOfAnotherServiceAreTried() {
        try (ObjectStore store = open(Map.of())) {
            store.write("object", new byte[1], WriteCondition.IF_ABSENT);
            assertThrows(
                    AlreadyExistsException.class, () -> store.write("object", new byte[1], WriteCondition.IF_ABSENT));
        }
    }

    @Test
    void argumentsChooseNeitherTheHostNorTheCredentials() {
        Map<String, Object> arguments = Map.of(
                "anon",
                true,
                "endpoint_url",
                "http://localhost:1",
                "s3_additional_kwargs",
                Map.of("StorageClass", "STANDARD_IA"));
        try (ObjectStore store = open(arguments)) {
            store.write("object", new byte[1], WriteCondition.ANY);
        }
        var sent = proxy.exchanges().get(0).request();
        assertTrue(sent.header("authorization").contains(S3ProxyServer.KEY));
        assertEquals("STANDARD_IA", sent.header("x-amz-storage-class"));
    }

    @Test
    void theClientStaysOpen() {
        open(Map.of()).close();
        assertFalse(client.listBuckets().buckets().isEmpty());
        try (ObjectStore missing = provider.open(new StoreAddress("s3://no-such-bucket/x", Map.of(), null))) {
            assertThrows(NotFoundException.class, () -> missing.read("object"));
        }
    }
}
