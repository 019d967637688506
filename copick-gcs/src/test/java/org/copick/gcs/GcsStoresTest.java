package org.copick.gcs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.copick.CopickContext;
import org.copick.Root;
import org.copick.Run;
import org.copick.error.AccessDeniedException;
import org.copick.error.AlreadyExistsException;
import org.copick.error.NotFoundException;
import org.copick.error.OperationInterruptedException;
import org.copick.gcs.server.GcsAnswers;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorageProvider;
import org.copick.storage.StoreAddress;
import org.copick.storage.WriteCondition;
import org.copick.tests.network.FaultyProxy;
import org.copick.tests.network.FaultyProxy.Reset;
import org.copick.tests.network.FaultyProxy.Stall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests a client of the application: its credentials and retries. */
final class GcsStoresTest {
    private static final String SECRET = "do-not-tell-this";

    private final GcsUnderTest place = GcsServerUnderTest.place();
    private final FaultyProxy proxy = new FaultyProxy(place.endpoint());
    private final Storage client = StorageOptions.http()
            .setHost(proxy.endpoint().toString())
            .setProjectId("tests")
            .setCredentials(GoogleCredentials.create(new AccessToken(SECRET, null)))
            .setRetrySettings(StorageOptions.getDefaultRetrySettings().toBuilder()
                    .setMaxAttempts(3)
                    .setInitialRetryDelayDuration(Duration.ofMillis(1))
                    .build())
            .build()
            .getService();
    private final StorageProvider provider = GcsStores.of(client);
    private final ObjectStore store = open(Map.of());

    private ObjectStore open(Map<String, Object> arguments) {
        return provider.open(new StoreAddress(place.rootUrl(), arguments, null));
    }

    @AfterEach
    void close() {
        store.close();
        proxy.close();
        place.remove();
    }

    @Test
    void everyRequestHasTheCredentialsOfTheClient() {
        ObjectInfo small = store.write("small", new byte[100], WriteCondition.IF_ABSENT);
        store.write("large", new byte[GcsWriter.LARGE], WriteCondition.ANY);
        assertEquals(small, store.info("small").orElseThrow());
        assertEquals(100, store.read("small").orElseThrow().bytes().length);
        assertEquals(
                3,
                store.readRanges("small", List.of(ByteRange.last(3)), small.version())
                        .orElseThrow()
                        .parts()
                        .get(0)
                        .length);
        assertEquals(2, store.listFolder("").objects().size());
        store.copy(small, "copy");
        store.delete("copy");
        List<String> sent = proxy.exchanges().stream()
                .map(done -> done.request().header("authorization"))
                .toList();
        assertEquals(9, sent.size(), "one for each call, and two for the large object");
        assertTrue(sent.stream().allMatch(("Bearer " + SECRET)::equals), sent.toString());
    }

    @Test
    void argumentsChooseNeitherTheHostNorTheCredentials() {
        Map<String, Object> arguments =
                Map.of("token", "anon", "endpoint_url", "http://localhost:1", "requester_pays", "lab");
        try (ObjectStore configured = open(arguments)) {
            configured.listFolder("");
        }
        var sent = proxy.exchanges().get(0).request();
        assertEquals("Bearer " + SECRET, sent.header("authorization"));
        assertTrue(sent.query().contains("userProject=lab"), sent.query());
    }

    @Test
    void theClientStaysOpen() {
        store.close();
        assertFalse(client.list(place.bucket()).getValues() == null);
        try (ObjectStore again = open(Map.of())) {
            again.write("object", new byte[3], WriteCondition.ANY);
        }
    }

    @Test
    void theClientRetriesAsItIsSet() {
        proxy.harm(request -> true, 2, GcsAnswers.error(503, "backendError", "as the test wants it"));
        store.listFolder("");
        assertEquals(3, proxy.exchanges().size());
        proxy.harm(request -> true, 2, GcsAnswers.error(503, "backendError", "as the test wants it"));
        assertTrue(store.read("missing").isEmpty());
        assertEquals(
                3,
                proxy.exchanges().stream()
                        .filter(done -> done.request().path().startsWith("/download"))
                        .count());
    }

    /** A retry of the client finds the object that its first attempt has created. */
    @Test
    void anAnswerThatWasLostIsAskedFor() {
        byte[] content = {1, 2, 3};
        proxy.harm(request -> request.method().equals("POST"), 1, new Reset(true));
        ObjectInfo written = store.write("object", content, WriteCondition.IF_ABSENT);
        assertEquals(written, store.info("object").orElseThrow());
        assertThrows(AlreadyExistsException.class, () -> store.write("object", content, WriteCondition.IF_ABSENT));
        assertArrayEquals(content, store.read("object").orElseThrow().bytes());
    }

    @Test
    void failuresAreToldWithoutCredentials() {
        proxy.harm(request -> true, 1, GcsAnswers.error(403, "forbidden", "no access"));
        AccessDeniedException e = assertThrows(AccessDeniedException.class, () -> store.listFolder(""));
        assertTrue(String.valueOf(e.getMessage()).contains("no access"), e.getMessage());
        assertFalse(String.valueOf(e.getMessage()).contains(SECRET), e.getMessage());
        try (ObjectStore missing = provider.open(new StoreAddress("gs://no-such-bucket", Map.of(), null))) {
            assertThrows(NotFoundException.class, () -> missing.info("object"));
            assertThrows(NotFoundException.class, () -> missing.delete("object"));
            assertThrows(NotFoundException.class, () -> missing.deleteAll(List.of("object")));
        }
    }

    @Test
    void aContextOpensProjectsWithIt(@TempDir Path folder) throws Exception {
        Path config = Files.writeString(
                folder.resolve("config.json"),
                "{\"config_type\": \"filesystem\", \"pickable_objects\": [], \"overlay_root\": \"" + place.rootUrl()
                        + "\"}");
        try (CopickContext context = CopickContext.builder().storage(provider).build();
                Root root = context.open(config.toString())) {
            assertTrue(context.storageProviders().contains(provider));
            root.newRun("TS_001");
            assertEquals(List.of("TS_001"), root.runs().stream().map(Run::name).toList());
        }
        assertTrue(proxy.exchanges().stream()
                .allMatch(done -> done.request().header("authorization").equals("Bearer " + SECRET)));
    }

    @Test
    void theGuideShowsIt() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "gcs.md"));
        assertTrue(page.contains(
                "CopickContext context = CopickContext.builder().storage(GcsStores.of(storage)).build();"));
    }

    @Test
    void anInterruptEndsACallAtOnce() throws Exception {
        proxy.harm(request -> true, 1, new Stall(Duration.ofSeconds(60)));
        Thread reading = new Thread(() -> {
            try {
                store.listFolder("");
            } catch (OperationInterruptedException e) {
                // as the test wants it
            }
        });
        reading.start();
        proxy.awaitRequest(request -> true);
        reading.interrupt();
        reading.join(TimeUnit.SECONDS.toMillis(30));
        assertFalse(reading.isAlive());
    }
}
