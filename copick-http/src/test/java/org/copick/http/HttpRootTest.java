package org.copick.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.copick.error.InvalidConfigException;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorageProviders;
import org.copick.storage.StoreAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses of folders. */
final class HttpRootTest {
    private static HttpRoot root(String url) {
        return HttpRoot.of(new StoreAddress(url, Map.of(), null));
    }

    @ParameterizedTest
    @CsvSource({
        "https://host, https://host, https://host/a/b",
        "https://host/, https://host, https://host/a/b",
        "HTTPS://Host.Example.ORG:443/Path/, https://host.example.org/Path, https://host.example.org/Path/a/b",
        "http://host:80/p//, http://host/p, http://host/p/a/b",
        "http://host:8080/p, http://host:8080/p, http://host:8080/p/a/b",
        "https://host:80/p, https://host:80/p, https://host:80/p/a/b",
        "https://[::1]:8443/p, https://[::1]:8443/p, https://[::1]:8443/p/a/b",
        "https://host/my data/é, https://host/my%20data/%C3%A9, https://host/my%20data/%C3%A9/a/b",
        "https://host/my%20data/%e9%3F, https://host/my%20data/%e9%3F, https://host/my%20data/%e9%3F/a/b",
        "https://host/100%/50%zz, https://host/100%25/50%25zz, https://host/100%25/50%25zz/a/b",
        "https://host/a+b;c, https://host/a%2Bb%3Bc, https://host/a%2Bb%3Bc/a/b"
    })
    void rootsAreUrls(String url, String location, String object) {
        assertEquals(location, root(url).location());
        assertEquals(object, root(url).uri("a/b").toString());
        assertEquals(location, root(location).location(), "a location opens the same place");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://",
                "https:///path",
                "https://host:port/p",
                "https://host:70000/p",
                "https://ho st/p",
                "https://exämple.org/p",
                "https://host/a//b",
                "https://host/../b",
                "https://host/%2e%2E/b",
                "https://host/a/./b",
                "https://host/a%00b",
                "https://host/p?version=2",
                "https://host/p#part"
            })
    void invalidRootsAreRefused(String url) {
        InvalidConfigException e = assertThrows(InvalidConfigException.class, () -> root(url));
        assertTrue(String.valueOf(e.getMessage()).startsWith("cannot open " + url + ": "), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://alice:secret@host/p",
                "https://secret@host/p",
                "https://host/p?X-Amz-Signature=secret",
                "https://host/p?token=secret"
            })
    void credentialsInAnAddressAreRefusedWithoutQuotingThem(String url) {
        InvalidConfigException e = assertThrows(InvalidConfigException.class, () -> root(url));
        assertFalse(String.valueOf(e.getMessage()).contains("secret"), e.getMessage());
    }

    @Test
    void theProviderIsFoundByItsSchemes() {
        for (String scheme : new String[] {"http", "https", "HTTPS"}) {
            try (ObjectStore store = StorageProviders.open(scheme + "://127.0.0.1:1/p", Map.of())) {
                assertEquals(scheme.toLowerCase(java.util.Locale.ROOT) + "://127.0.0.1:1/p", store.location());
            }
        }
        assertTrue(new HttpStorageProvider().isRemote());
    }
}
