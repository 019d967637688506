package org.copick.gcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.copick.error.InvalidConfigException;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the arguments of gcsfs. */
final class GcsOptionsTest {
    private static GcsOptions options(Map<String, Object> values) {
        return GcsOptions.of(new StoreAddress("gs://bucket/folder", values, null));
    }

    private static String refusal(Map<String, Object> values) {
        return String.valueOf(assertThrows(InvalidConfigException.class, () -> options(values))
                .getMessage());
    }

    @Test
    void nothingGivenMeansGoogleAsEveryToolFindsIt() {
        GcsOptions options = options(Map.of());
        assertEquals(new GcsAccess.Found(), options.access());
        assertNull(options.endpoint());
        assertEquals("https://storage.googleapis.com", options.host());
        assertTrue(options.scope().endsWith("devstorage.full_control"));
        assertNull(options.payer());
    }

    @Test
    void argumentsOfPythonMeanWhatTheyMeanThere() {
        GcsOptions options = options(Map.of(
                "project", "lab",
                "token", "ya29.some-token",
                "access", "read_only",
                "endpoint_url", "http://127.0.0.1:4443/",
                "requester_pays", true,
                "requests_timeout", 2.5,
                "consistency", "md5",
                "block_size", 5,
                "session_kwargs", Map.of("trust_env", true)));
        assertEquals(new GcsAccess.Token("ya29.some-token"), options.access());
        assertEquals(URI.create("http://127.0.0.1:4443"), options.endpoint());
        assertTrue(options.scope().endsWith("devstorage.read_only"));
        assertEquals("lab", options.payer());
        assertEquals(Duration.ofMillis(2500), options.retryPolicy().read());
        assertEquals(
                "other",
                options(Map.of("requester_pays", "other", "project", "lab")).payer());
        assertNull(options(Map.of("requester_pays", false, "project", "lab")).payer());
    }

    @Test
    void wordsForTokens() {
        assertEquals(new GcsAccess.Anonymous(), options(Map.of("token", "anon")).access());
        assertEquals(
                new GcsAccess.Default(),
                options(Map.of("token", "google_default")).access());
        assertEquals(new GcsAccess.Machine(), options(Map.of("token", "cloud")).access());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.org", "https://example.org", "https://storage.googleapis.com.example.org"})
    void anEndpointThatOnlyTheOptionsNameGetsNoCredentialsOfThisMachine(String endpoint, @TempDir Path folder)
            throws Exception {
        Path file = Files.writeString(folder.resolve("key.json"), "{}");
        for (String token : List.of("", "google_default", "cloud", file.toString())) {
            Map<String, Object> values = token.isEmpty()
                    ? Map.of("endpoint_url", endpoint)
                    : Map.of("endpoint_url", endpoint, "token", token);
            GcsAccess.NotThere access =
                    assertInstanceOf(GcsAccess.NotThere.class, options(values).access(), token);
            assertEquals(!token.isEmpty(), access.isNeeded(), "without a token anonymous access may be enough");
            boolean isSent = endpoint.startsWith("https") || access.isNeeded();
            assertEquals(isSent, access.reason().remedy().contains("STORAGE_EMULATOR_HOST=" + endpoint), token);
        }
        for (Object token : List.of("ya29.some-token", Map.of("refresh_token", "r"), "anon")) {
            assertEquals(
                    options(Map.of("token", token)).access(),
                    options(Map.of("endpoint_url", endpoint, "token", token)).access());
        }
    }

    @Test
    void googlesOwnHostsGetTheCredentialsOfThisMachine() {
        for (String host : List.of("storage.googleapis.com", "storage-lab.p.googleapis.com", "www.googleapis.com")) {
            assertEquals(
                    new GcsAccess.Found(),
                    options(Map.of("endpoint_url", "https://" + host)).access());
        }
        assertInstanceOf(
                GcsAccess.NotThere.class,
                options(Map.of("endpoint_url", "http://www.googleapis.com")).access());
    }

    @Test
    void googlesOwnEndpointIsNoCustomOne() {
        assertNull(options(Map.of("endpoint_url", "https://storage.googleapis.com"))
                .endpoint());
    }

    @Test
    void filesAreReadBesideTheConfiguration(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("key.json"), "{\"type\": \"x\"}");
        GcsOptions options = GcsOptions.of(new StoreAddress("gs://bucket", Map.of("token", "key.json"), folder));
        assertEquals(new GcsAccess.Key("{\"type\": \"x\"}", true), options.access());
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-key.json", "/no/such/key", "~/key", "./key"})
    void filesThatAreNotThereAreNotTakenForTokens(String name) {
        String told = refusal(Map.of("token", name));
        assertTrue(told.contains("\"token\" must be an existing file"), told);
    }

    @Test
    void contentOfAFileIsTakenAsOne() {
        GcsAccess access = options(Map.of(
                        "token", Map.of("client_id", "i", "client_secret", "s", "refresh_token", "do-not-tell-this")))
                .access();
        String json = assertInstanceOf(GcsAccess.Key.class, access).json();
        assertTrue(json.contains("\"type\":\"authorized_user\""), json);
        assertFalse(access.toString().contains("do-not-tell-this"));
    }

    @ParameterizedTest
    @CsvSource({
        "consistancy, none, has no option \"consistancy\"",
        "access, everything, \"access\" must be one of full_control, read_only, read_write",
        "consistency, sha, \"consistency\" must be one of",
        "token, cache, only Python can use",
        "token, browser, only Python can use",
        "endpoint_url, ftp://x, endpoint_url must be like",
        "endpoint_url, http://user:secret@x, endpoint_url must be like",
        "project, '', ''"
    })
    void whatIsNotUnderstoodIsRefusedByName(String name, String value, String expected) {
        if (expected.isEmpty()) {
            assertNull(options(Map.of(name, value)).payer());
            return;
        }
        String told = refusal(Map.of(name, value));
        assertTrue(told.contains(expected), told);
        assertFalse(told.contains("secret"), told);
    }

    @Test
    void whoPaysMustBeKnown() {
        assertTrue(refusal(Map.of("requester_pays", true)).contains("project"));
        assertTrue(refusal(Map.of("version_aware", true)).contains("version_aware"));
        assertTrue(refusal(Map.of("session_kwargs", Map.of("proxy", "x"))).contains("session_kwargs.proxy"));
    }

    @Test
    void whatIsNoKeyIsRefusedWithoutBeingTold() {
        for (Object token : new Object[] {
            Map.of("type", "service_account", "private_key", "do-not-tell-this"),
            Map.of("type", "do-not-tell-this"),
            Map.of("type", "external_account", "audience", "a", "token_url", "https://do-not-tell-this.example.org"),
            Map.of()
        }) {
            InvalidConfigException e = assertThrows(
                    InvalidConfigException.class,
                    () -> new GcsStorageProvider().open(new StoreAddress("gs://bucket", Map.of("token", token), null)));
            assertTrue(String.valueOf(e.getMessage()).contains("neither a key of a service account"), e.getMessage());
            assertFalse(String.valueOf(e.getMessage()).contains("do-not-tell-this"), e.getMessage());
        }
    }

    @Test
    void addressesAreTakenApart() {
        try (ObjectStore store =
                new GcsStorageProvider().open(new StoreAddress("gcs://bucket/a/b/", Map.of("token", "anon"), null))) {
            assertEquals("gs://bucket/a/b", store.location());
        }
        for (String url : new String[] {"gs://", "gs:///x", "gs://bucket/../x", "gs://b//x"}) {
            assertThrows(
                    InvalidConfigException.class,
                    () -> new GcsStorageProvider().open(new StoreAddress(url, Map.of(), null)),
                    url);
        }
    }
}
