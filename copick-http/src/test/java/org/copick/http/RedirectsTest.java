package org.copick.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.copick.error.StorageException;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectStore;
import org.copick.storage.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests which redirects are followed. */
final class RedirectsTest {
    @ParameterizedTest
    @CsvSource({
        "https://a.org/x, https://b.org/y, https://b.org/y",
        "https://a.org/x, https://b.org/y?signature=z, https://b.org/y?signature=z",
        "https://a.org/x/z, /y, https://a.org/y",
        "https://a.org/x/z, y, https://a.org/x/y",
        "https://a.org/x, //b.org/y, https://b.org/y",
        "http://a.org/x, https://a.org/x, https://a.org/x",
        "http://127.0.0.1:1/x, http://localhost:2/y, http://localhost:2/y",
        "http://127.0.0.1:1/x, HTTPS://a.org/y, HTTPS://a.org/y"
    })
    void encryptedTargetsAreFollowed(String from, String location, String to) {
        assertEquals(URI.create(to), Redirects.next("where", URI.create(from), 302, location));
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.org/x, http://a.org/x, ' to http://a.org, which is not encrypted'",
        "https://a.org/x, http://b.org:81/secret?token=secret, ' to http://b.org:81, which is not encrypted'",
        "http://a.org/x, http://b.org/y, ' to http://b.org, which is not encrypted'",
        "https://a.org/x, http://127.0.0.1/y, ' to http://127.0.0.1, which is not encrypted'",
        "http://a.org/x, http://localhost/y, ' to http://localhost, which is not encrypted'",
        "http://localhost/x, http://a.org/y, ' to http://a.org, which is not encrypted'",
        "https://localhost/x, http://localhost/y, ' to http://localhost, which is not encrypted'",
        "https://a.org/x, https://user:secret@b.org/y, ' to an address with a login'",
        "https://a.org/x, ftp://b.org/secret, ' to an invalid address'",
        "https://a.org/x, file:///secret, ' to an invalid address'",
        "https://a.org/x, '', ' to an invalid address'",
        "https://a.org/x, 'https://b.org/sec ret', ' to an invalid address'"
    })
    void otherTargetsAreRefused(String from, String location, String why) {
        StorageException e = assertThrows(
                StorageException.class, () -> Redirects.next("https://a.org/x", URI.create(from), 302, location));
        assertEquals(
                "cannot read https://a.org/x: the server redirects" + why
                        + "; use the address that it finally leads to",
                e.getMessage());
        assertFalse(e.mayBeTransient());
    }

    @Test
    void redirectsAreFollowedWithRangesAndConditions() {
        try (WebServer server = new WebServer();
                ObjectStore store = HttpUnderTest.open(server.url().replace("/data", "/old"), Map.of())) {
            server.put("object", "0123456789");
            server.redirect("/old/object", "/data/object");
            assertEquals(10, store.info("object").orElseThrow().size());
            server.seen();
            Version version = store.info("object").orElseThrow().version();
            byte[] part = store.readRanges("object", List.of(ByteRange.of(2, 3)), version)
                    .orElseThrow()
                    .parts()
                    .get(0);
            assertEquals("234", new String(part, StandardCharsets.UTF_8));
            assertEquals(
                    List.of(
                            "HEAD /old/object",
                            "HEAD /data/object",
                            "GET /old/object Range: bytes=2-4 If-Match: \"v1\"",
                            "GET /data/object Range: bytes=2-4 If-Match: \"v1\""),
                    server.seen());
        }
    }

    @Test
    void circlesEnd() {
        try (WebServer server = new WebServer();
                ObjectStore store = HttpUnderTest.open(server.url(), Map.of())) {
            server.redirect("/data/object", "/data/object");
            StorageException e = assertThrows(StorageException.class, () -> store.read("object"));
            assertTrue(
                    String.valueOf(e.getMessage()).contains("the server redirects more than 5 times"), e.getMessage());
            assertEquals(6, server.seen().size());
        }
    }
}
