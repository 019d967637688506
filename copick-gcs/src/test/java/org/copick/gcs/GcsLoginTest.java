package org.copick.gcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.copick.error.AccessDeniedException;
import org.copick.error.CopickException;
import org.copick.error.StorageException;
import org.copick.gcs.server.GcsAnswers;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreAddress;
import org.copick.storage.WriteCondition;
import org.copick.storage.remote.AnswerBody;
import org.copick.storage.remote.BucketAddress;
import org.copick.storage.remote.RetryPolicy;
import org.copick.tests.network.FaultyProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests where credentials come from, and the messages for invalid ones. */
final class GcsLoginTest {
    private static final String SECRET = "do-not-tell-this";

    private final GcsUnderTest place = GcsServerUnderTest.place();
    private final FaultyProxy proxy = new FaultyProxy(place.endpoint());
    private final AtomicInteger tokensGiven = new AtomicInteger();
    private final Queue<String> refusals = new ArrayDeque<>();
    private final HttpServer tokens = tokens();

    private HttpServer tokens() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
            server.createContext("/token", exchange -> {
                exchange.getRequestBody().readAllBytes();
                String refusal = refusals.poll();
                String answer = refusal == null
                        ? "{\"access_token\": \"" + SECRET + tokensGiven.incrementAndGet()
                                + "\", \"expires_in\": 3600, \"token_type\": \"Bearer\"}"
                        : refusal.substring(4);
                byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(
                        refusal == null ? 200 : Integer.parseInt(refusal.substring(0, 3)), bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void fill() {
        place.fill(Map.of("object", new byte[7]));
    }

    @AfterEach
    void close() {
        tokens.stop(0);
        proxy.close();
        place.remove();
    }

    private ObjectStore open(Object token) {
        return new GcsStorageProvider()
                .open(new StoreAddress(
                        place.rootUrl(), Map.of("endpoint_url", proxy.endpoint().toString(), "token", token), null));
    }

    private Map<String, Object> serviceAccount() throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        String key = Base64.getMimeEncoder()
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        return Map.of(
                "type", "service_account",
                "project_id", "lab",
                "private_key_id", "1",
                "private_key", "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n",
                "client_email", "reader@lab.example.org",
                "client_id", "2",
                "token_uri", "http://127.0.0.1:" + tokens.getAddress().getPort() + "/token");
    }

    private String lastAuthorization() {
        var all = proxy.exchanges();
        return all.get(all.size() - 1).request().header("authorization");
    }

    @Test
    void aServiceAccountAsksForATokenOnce() throws Exception {
        try (ObjectStore store = open(serviceAccount())) {
            assertEquals(7, store.read("object").orElseThrow().bytes().length);
            assertEquals("Bearer " + SECRET + "1", lastAuthorization());
            store.write("other", new byte[1], WriteCondition.ANY);
            store.listFolder("");
            assertEquals("Bearer " + SECRET + "1", lastAuthorization());
        }
        assertEquals(1, tokensGiven.get());
    }

    @Test
    void aTokenThatIsRefusedIsAskedForAnewOnce() throws Exception {
        proxy.harm(
                request -> request.header("authorization").endsWith("1"),
                100,
                GcsAnswers.error(401, "authError", "Invalid Credentials"));
        try (ObjectStore store = open(serviceAccount())) {
            assertEquals(7, store.read("object").orElseThrow().bytes().length);
            assertEquals("Bearer " + SECRET + "2", lastAuthorization());
        }
    }

    /** The client renews the login, but does not send content again by itself. */
    @Test
    void aTokenThatIsRefusedIsAskedForAnewForAWriteToo() throws Exception {
        proxy.harm(
                request -> request.header("authorization").endsWith("1"),
                100,
                GcsAnswers.error(401, "authError", "Invalid Credentials"));
        try (ObjectStore store = open(serviceAccount())) {
            store.write("other", new byte[3], WriteCondition.IF_ABSENT);
            assertEquals(
                    List.of("Bearer " + SECRET + "1", "Bearer " + SECRET + "2"),
                    proxy.exchanges().stream()
                            .map(done -> done.request().header("authorization"))
                            .toList());
        }
        assertEquals(2, tokensGiven.get());
    }

    @Test
    void anAccessTokenThatIsRefusedIsSentOnce() {
        proxy.harm(request -> true, 100, GcsAnswers.error(401, "authError", "Invalid Credentials"));
        try (ObjectStore store = open(SECRET)) {
            assertThrows(AccessDeniedException.class, () -> store.read("object"));
            assertThrows(AccessDeniedException.class, () -> store.write("other", new byte[3], WriteCondition.ANY));
            assertThrows(AccessDeniedException.class, () -> store.listFolder(""));
            assertThrows(AccessDeniedException.class, () -> store.delete("object"));
        }
        assertEquals(4, proxy.exchanges().size());
    }

    @Test
    void anAccessTokenIsSentAsItIs() {
        try (ObjectStore store = open(SECRET)) {
            store.read("object");
            assertEquals("Bearer " + SECRET, lastAuthorization());
        }
    }

    /** Checks that the loggers of HTTP show no token, even for the parts of a batch. */
    @Test
    void logsShowNoToken() {
        Queue<String> logged = new ConcurrentLinkedQueue<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord message) {
                logged.add(message.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger http = Logger.getLogger("com.google.api.client.http");
        http.addHandler(handler);
        http.setLevel(Level.ALL);
        try (ObjectStore store = open(SECRET)) {
            ObjectInfo written = store.write("other", new byte[1], WriteCondition.ANY);
            store.copy(written, "copy");
            store.write("large", new byte[GcsWriter.LARGE], WriteCondition.ANY);
            store.listFolder("");
            store.deleteAll(List.of("other", "copy", "large"));
        } finally {
            http.setLevel(null);
            http.removeHandler(handler);
        }
        assertFalse(logged.toString().contains(SECRET), logged.toString());
    }

    @Test
    void nobodySendsNothing() {
        try (ObjectStore store = open("anon")) {
            store.read("object");
            assertEquals("", lastAuthorization());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "invalid_grant | Token has been expired or revoked. | the credentials have expired",
                "invalid_grant | Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. | clock",
                "invalid_grant | Invalid JWT Signature. | the credentials are unknown",
                "invalid_client | The OAuth client was not found. | the credentials are unknown",
            })
    void refusalsOfTokensSayWhatToDo(String error, String description, String expected) throws Exception {
        refusals.add("400{\"error\": \"" + error + "\", \"error_description\": \"" + description + "\"}");
        try (ObjectStore store = open(serviceAccount())) {
            assertTold(assertThrows(AccessDeniedException.class, () -> store.read("object")), expected, description);
        }
    }

    @Test
    void aTokenServiceThatFailsForAMomentIsAskedAgain() throws Exception {
        refusals.add("503{}");
        try (ObjectStore store = open(serviceAccount())) {
            assertEquals(7, store.read("object").orElseThrow().bytes().length);
        }
    }

    @Test
    void aTokenServiceThatSaysTooMuchIsTold() throws Exception {
        refusals.add("200 {\"access_token\": \"" + "a".repeat(AnswerBody.MOST) + "\"}");
        try (ObjectStore store = open(serviceAccount())) {
            assertTold(assertThrows(StorageException.class, () -> store.read("object")), "longer than 8 MiB");
        }
    }

    @Test
    void aTokenServiceThatIsNotThereIsTold() throws Exception {
        Map<String, Object> account = serviceAccount();
        tokens.stop(0);
        try (ObjectStore store = open(account)) {
            assertTold(
                    assertThrows(StorageException.class, () -> store.read("object")), "access token", "answers there");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "do-not-tell-this | the credentials have expired",
                "anon | access is denied",
            })
    void whoIsNotKnown(String token, String expected) {
        proxy.harm(request -> true, 100, GcsAnswers.error(401, "authError", "Invalid Credentials"));
        try (ObjectStore store = open(token)) {
            assertTold(assertThrows(AccessDeniedException.class, () -> store.read("object")), expected, "HTTP 401");
        }
    }

    private ObjectStore open(GcsAccess access) {
        return GcsStore.open(
                new BucketAddress(place.bucket(), place.prefix() + "/"),
                new GcsOptions(
                        access,
                        "scope",
                        proxy.endpoint(),
                        null,
                        new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(5), 2)));
    }

    @Test
    void withoutCredentialsAccessIsAnonymousUntilItIsRefused() {
        try (ObjectStore store = open(new GcsAccess.Found())) {
            assertEquals(7, store.read("object").orElseThrow().bytes().length);
            assertEquals("", lastAuthorization());
            for (int status : new int[] {401, 403}) {
                proxy.harm(request -> true, 1, GcsAnswers.error(status, "required", "Anonymous caller does not."));
                assertTold(
                        assertThrows(AccessDeniedException.class, () -> store.read("object")),
                        "no credentials were found",
                        "Anonymous caller");
            }
        }
    }

    @Test
    void credentialsThatAreWantedAndNotFoundAreMissed() {
        try (ObjectStore store = open(new GcsAccess.Default())) {
            assertTold(
                    assertThrows(AccessDeniedException.class, () -> store.read("object")),
                    "no credentials were found",
                    "gcloud auth application-default login");
        }
        assertTrue(proxy.exchanges().isEmpty(), "no request was sent");
    }

    private static void assertTold(CopickException e, String... expected) {
        for (String text : expected) {
            assertTrue(String.valueOf(e.getMessage()).contains(text), () -> text + " in: " + e.getMessage());
        }
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        assertFalse(trace.toString().contains(SECRET), trace.toString());
        assertFalse(trace.toString().contains("PRIVATE KEY"), trace.toString());
    }
}
