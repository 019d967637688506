package org.copick.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.copick.error.AccessDeniedException;
import org.copick.error.InvalidConfigException;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which credentials are sent to which origin. */
final class HttpAccessTest {
    private static final String SECRET = "do-not-tell-this";
    /** The user {@code alice} with the secret as password. */
    private static final String BASIC = "Basic YWxpY2U6ZG8tbm90LXRlbGwtdGhpcw==";

    private final WebServer server = new WebServer();

    @TempDir
    private Path home;

    @AfterEach
    void close() {
        server.close();
    }

    private Environment environment(String... pairs) {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            variables.put(pairs[i], pairs[i + 1]);
        }
        return new Environment(variables, home);
    }

    private static HttpOptions options(String url, Map<String, Object> options, Environment environment) {
        StoreAddress address = new StoreAddress(url, options, null);
        return HttpOptions.of(address, HttpRoot.of(address), environment);
    }

    private static ObjectStore open(String url, Map<String, Object> options, Environment environment) {
        return HttpStore.open(HttpRoot.of(new StoreAddress(url, options, null)), options(url, options, environment));
    }

    private static Map<String, String> sent(String url, Environment environment) {
        return options(url, Map.of(), environment).access().headersFor(URI.create(url + "/a"));
    }

    private void writeNetrc(String text) throws IOException {
        Path file = home.resolve(".netrc");
        Files.writeString(file, text);
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://data.example.org/p, data.example.org, true",
        "https://DATA.example.org:443/p, data.example.org, true",
        "https://data.example.org/p, Data.Example.Org, true",
        "https://data.example.org:8443/p, data.example.org:8443, true",
        "https://data.example.org:8443/p, data.example.org, false",
        "https://data.example.org/p, example.org, false",
        "https://example.org/p, data.example.org, false",
        "https://data.example.org.evil.org/p, data.example.org, false",
        "http://data.example.org/p, data.example.org, false",
        "http://localhost:8080/p, localhost:8080, true",
        "http://127.0.0.1:8080/p, 127.0.0.1:8080, true",
        "http://[::1]:8080/p, [::1]:8080, true",
        "http://127.0.0.1.evil.org/p, 127.0.0.1.evil.org, false",
        "https://data.example.org/p, '', false"
    })
    void aTokenIsForTheNamedHost(String url, String host, boolean isSent) {
        Environment environment = environment("COPICK_HTTP_TOKEN", SECRET, "COPICK_HTTP_HOST", host);
        assertEquals(isSent ? Map.of("authorization", "Bearer " + SECRET) : Map.of(), sent(url, environment));
    }

    @Test
    void aLoginIsSentAsBasicCredentials() {
        assertEquals(
                Map.of("authorization", BASIC),
                sent(
                        "https://data.example.org/p",
                        environment(
                                "COPICK_HTTP_USER",
                                "alice",
                                "COPICK_HTTP_PASSWORD",
                                SECRET,
                                "COPICK_HTTP_HOST",
                                "data.example.org")));
    }

    @Test
    void theFileNetrcIsForItsHosts() throws IOException {
        writeNetrc("machine data.example.org login alice password " + SECRET);
        assertEquals(Map.of("authorization", BASIC), sent("https://data.example.org/p", environment()));
        assertEquals(Map.of(), sent("https://other.example.org/p", environment()));
        assertEquals(Map.of(), sent("http://data.example.org/p", environment()), "not unencrypted");
        Files.move(home.resolve(".netrc"), home.resolve("elsewhere"));
        assertEquals(
                Map.of("authorization", BASIC),
                sent(
                        "https://data.example.org/p",
                        environment("NETRC", home.resolve("elsewhere").toString())));
    }

    @Test
    void theConfigurationComesBeforeTheEnvironmentAndThatBeforeNetrc() throws IOException {
        writeNetrc("machine data.example.org login alice password " + SECRET);
        Environment environment = environment("COPICK_HTTP_TOKEN", "t", "COPICK_HTTP_HOST", "data.example.org");
        String url = "https://data.example.org/p";
        assertEquals(Map.of("authorization", "Bearer t"), sent(url, environment));
        Map<String, Object> configured = Map.of("headers", Map.of("Authorization", "Bearer mine", "X-Key", "k"));
        assertEquals(
                Map.of("authorization", "Bearer mine", "x-key", "k"),
                options(url, configured, environment).access().headersFor(URI.create(url)));
        Map<String, Object> nested =
                Map.of("client_kwargs", Map.of("headers", Map.of("X-Key", "k"), "trust_env", true));
        assertEquals(
                Map.of("authorization", "Bearer t", "x-key", "k"),
                options(url, nested, environment).access().headersFor(URI.create(url)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://data.example.org/p/a",
                "https://other.example.org/p/a",
                "https://data.example.org:8443/p/a",
                "https://data.example.org.evil.org/p/a"
            })
    void noOtherOriginGetsHeaders(String elsewhere) {
        HttpAccess access = options(
                        "https://data.example.org/p",
                        Map.of("headers", Map.of("Authorization", SECRET, "X-Key", SECRET)),
                        environment())
                .access();
        assertEquals(Map.of(), access.headersFor(URI.create(elsewhere)));
    }

    @Test
    void headersAreRefusedOverAnUnencryptedConnection() {
        InvalidConfigException e = assertThrows(
                InvalidConfigException.class,
                () -> options("http://data.example.org/p", Map.of("headers", Map.of("X-Key", SECRET)), environment()));
        assertEquals(
                "cannot open http://data.example.org/p: configured headers are not sent unencrypted; use an https://"
                        + " address",
                e.getMessage());
    }

    @Test
    void redirectsElsewhereGetNoCredentials() throws IOException {
        try (WebServer other = new WebServer()) {
            other.put("object", "content");
            server.redirect("/data/object", other.url() + "/object?signature=" + SECRET);
            Map<String, Object> options =
                    Map.of("headers", Map.of("Authorization", "Bearer " + SECRET, "X-Key", SECRET));
            try (ObjectStore store = open(server.url(), options, environment())) {
                assertTrue(store.read("object").isPresent());
                assertEquals(
                        List.of("GET /data/object Authorization: Bearer " + SECRET + " X-Key: " + SECRET),
                        server.seen());
                assertEquals(List.of("GET /data/object?signature=" + SECRET), other.seen(), "another port");

                other.demand("Bearer " + SECRET);
                AccessDeniedException e = assertThrows(AccessDeniedException.class, () -> store.read("object"));
                assertTells(e, "(HTTP 401 from " + other.endpoint() + "); credentials are never sent after a redirect");
                assertSilent(e, store);
            }
        }
    }

    @Test
    void theServersRefusalIsToldWithTheWayToProvideCredentials() {
        server.demand("Bearer right");
        String authority = server.endpoint().getAuthority();
        try (ObjectStore store = open(server.url(), Map.of(), environment())) {
            AccessDeniedException e = assertThrows(AccessDeniedException.class, () -> store.read("a"));
            assertEquals(
                    "cannot read " + server.url() + "/a: no credentials were found (HTTP 401); set COPICK_HTTP_HOST="
                            + authority
                            + " with COPICK_HTTP_TOKEN or with COPICK_HTTP_USER and COPICK_HTTP_PASSWORD, or"
                            + " add the host to .netrc",
                    e.getMessage());
        }
        try (ObjectStore store = open(server.url(), Map.of(), environment("COPICK_HTTP_TOKEN", SECRET))) {
            AccessDeniedException e = assertThrows(AccessDeniedException.class, () -> store.read("a"));
            assertTells(e, "set COPICK_HTTP_HOST=" + authority + " to send yours there");
            assertSilent(e, store);
        }
        Environment wrong = environment("COPICK_HTTP_TOKEN", SECRET, "COPICK_HTTP_HOST", authority);
        try (ObjectStore store = open(server.url(), Map.of(), wrong)) {
            AccessDeniedException e = assertThrows(AccessDeniedException.class, () -> store.read("a"));
            assertTells(e, "the credentials are unknown or invalid (HTTP 401); check COPICK_HTTP_TOKEN");
            assertSilent(e, store);
        }
        Environment right = environment("COPICK_HTTP_TOKEN", "right", "COPICK_HTTP_HOST", authority);
        server.put("a", "content");
        try (ObjectStore store = open(server.url(), Map.of(), right)) {
            assertTrue(store.read("a").isPresent());
        }
    }

    @Test
    void wrongVariablesAreRefusedWithoutQuotingThem() {
        for (Environment environment : List.of(
                environment("COPICK_HTTP_HOST", "h", "COPICK_HTTP_TOKEN", SECRET, "COPICK_HTTP_USER", "u"),
                environment("COPICK_HTTP_HOST", "h", "COPICK_HTTP_USER", SECRET),
                environment("COPICK_HTTP_HOST", "h", "COPICK_HTTP_PASSWORD", SECRET),
                environment("COPICK_HTTP_HOST", "h", "COPICK_HTTP_TOKEN", SECRET + "\r\nX-Evil: 1"),
                environment("COPICK_HTTP_HOST", "h", "COPICK_HTTP_USER", "a:b", "COPICK_HTTP_PASSWORD", SECRET))) {
            InvalidConfigException e =
                    assertThrows(InvalidConfigException.class, () -> sent("https://h/p", environment));
            assertFalse(String.valueOf(e.getMessage()).contains(SECRET), e.getMessage());
            assertTells(e, "COPICK_HTTP_");
        }
    }

    @Test
    void wrongOptionsAreRefusedByName() {
        Map<String, Map<String, Object>> wrong = new HashMap<>();
        wrong.put(
                "\"headers.X-Key\" must be text that a header can hold", Map.of("headers", Map.of("X-Key", "a\r\nb")));
        wrong.put("\"headers\" must be an object whose names", Map.of("headers", Map.of("X Key", SECRET)));
        wrong.put("\"headers\" must be an object", Map.of("headers", SECRET));
        wrong.put("\"headers.Range\" must be omitted", Map.of("headers", Map.of("Range", SECRET)));
        wrong.put("\"headers.Host\" must be omitted", Map.of("headers", Map.of("Host", SECRET)));
        wrong.put("\"headers.If-Match\" must be omitted", Map.of("headers", Map.of("If-Match", SECRET)));
        wrong.put(
                "\"client_kwargs.auth\" must be omitted",
                Map.of("client_kwargs", Map.of("auth", List.of("alice", SECRET))));
        wrong.put("\"ssl\" must be omitted: certificates are always checked", Map.of("ssl", false));
        wrong.put("\"encoded\" must be false", Map.of("encoded", true));
        wrong.put("\"timeout\" must be a positive number", Map.of("timeout", SECRET));
        wrong.put("no option \"tokn\"", Map.of("tokn", SECRET));
        wrong.put("no option \"client_kwargs.coookies\"", Map.of("client_kwargs", Map.of("coookies", SECRET)));
        wrong.forEach((message, options) -> {
            InvalidConfigException e = assertThrows(
                    InvalidConfigException.class, () -> options("https://h/p", options, environment()), message);
            assertTells(e, message);
            assertFalse(String.valueOf(e.getMessage()).contains(SECRET), e.getMessage());
        });
    }

    @Test
    void optionsThatTunePythonAreIgnored() {
        HttpOptions options = options(
                "https://h/p",
                Map.of(
                        "block_size",
                        1,
                        "simple_links",
                        true,
                        "headers",
                        Map.of("Accept-Encoding", "identity"),
                        "timeout",
                        2.5),
                environment());
        assertEquals(Map.of(), options.access().headers());
        assertEquals(2500, options.retryPolicy().read().toMillis());
    }

    @Test
    void nothingShowsACredential() {
        Map<String, Object> configured = Map.of("headers", Map.of("Authorization", "Bearer " + SECRET));
        Environment environment = environment("COPICK_HTTP_TOKEN", SECRET);
        HttpOptions options = options("https://h/p", configured, environment);
        String shown = options + " " + options.access() + " " + environment + " "
                + new HttpFailures(options.access()).access();
        assertFalse(shown.contains(SECRET), shown);
        try (ObjectStore store = open(server.url(), configured, environment)) {
            server.demand("Bearer another");
            assertSilent(assertThrows(AccessDeniedException.class, () -> store.read("a")), store);
        }
    }

    private static void assertSilent(Throwable e, ObjectStore store) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        text.append(store.toString()).append(store.location()).append(store.identity());
        assertFalse(text.toString().contains(SECRET), text.toString());
    }

    private static void assertTells(Throwable e, String expected) {
        assertTrue(String.valueOf(e.getMessage()).contains(expected), () -> expected + " in: " + e.getMessage());
    }
}
