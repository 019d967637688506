package org.copick.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.copick.storage.StoreAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UrlSecretsTest {
    private static final String SECRET = "TOPSECRET";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s3://AKIA:TOPSECRET@bucket/x | s3://…@bucket/x",
                "s3://AKIA:TOP/SECRET/TOPSECRET@bucket/x | s3://…@bucket/x",
                "https://u:TOP@SECRET@h/x | https://…@h/x",
                "https://TOPSECRET@h/x | https://…@h/x",
                "ssh://u:TOPSECRET@h/x | ssh://…@h/x",
                "ssh://u%3ATOPSECRET@h/x | ssh://…@h/x",
                "unheard-of://u:TOPSECRET@h/x | unheard-of://…@h/x",
                "simplecache::s3://AKIA:TOPSECRET@bucket | simplecache::s3://…@bucket",
                "s3://bucket/x?X-Amz-Signature=TOPSECRET&a=b | s3://bucket/x?X-Amz-Signature=…&a=b",
                "gs://bucket/x?a=b&x-goog-signature=TOPSECRET | gs://bucket/x?a=b&x-goog-signature=…",
                "https://h/x?sv=1&sig=TOPSECRET | https://h/x?sv=1&sig=…",
                "https://h/x?token=TOPSECRET#top | https://h/x?token=…#top",
                "https://h/#access_token=TOPSECRET | https://h/#access_token=…",
                "what?password=TOPSECRET | what?password=…",
            })
    void credentialsAreMaskedWhereverAUrlStands(String url, String shown) {
        assertEquals(shown, UrlSecrets.masked(url));
        String text = "cannot copy " + url + " to \"" + url + "\": see <" + url + ">, " + url + " and me@home";
        assertEquals(text.replace(url, shown), UrlSecrets.masked(text));
        assertEquals(text.replace(url, shown), new NotFoundException(text).getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://bucket/a:b@c",
                "s3://bucket/what?versionId=1",
                "http://127.0.0.1:9000/x@y",
                "http://[::1]:9000/x",
                "ssh://alice@host/data",
                "local:///home/me@work/x:y",
                "file://C:/Users/me@work",
                "cannot list s3://b/x at http://127.0.0.1:9000: HTTP 403; ask me@home",
                "",
                "://",
            })
    void everythingElseStays(String text) {
        assertEquals(text, UrlSecrets.masked(text));
        assertFalse(text.indexOf(' ') < 0 && UrlSecrets.isIn(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://AKIA:TOPSECRET@bucket/x",
                "s3://AKIA:12/TOPSECRET@bucket/x",
                "s3://AKIA:TOP/TOPSECRET@bucket/x",
                "s3://AKIA:TOP TOPSECRET@bucket/x",
                "s3://bucket/x?X-Amz-Signature=TOPSECRET",
                "ssh://u:TOPSECRET@h/x",
                "https://u:TOPSECRET@h/x",
                "https://TOPSECRET@h/x",
                "unheard-of://u:TOPSECRET@h/x",
                "chained::unheard-of://u:TOPSECRET@h/x",
            })
    void noStoreHasAnAddressWithCredentials(String url) {
        InvalidConfigException e = assertThrows(
                InvalidConfigException.class, () -> new StoreAddress(url, Map.of(), null), () -> "opened " + url);
        assertFalse(String.valueOf(e.getMessage()).contains(SECRET), e.getMessage());
        assertTrue(String.valueOf(e.getMessage()).contains("options of the file system"), e.getMessage());
    }

    /** Tests long answers of a service, which take hours if the text is searched for each URL. */
    @ParameterizedTest
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // no interrupt ends the search
    @ValueSource(strings = {"a", "://", "s3://b:c/", "s3://b/c?", "s3://u@", "x://y ", "s3://b:c/ "})
    void longTextsAreMaskedInOnePass(String part) {
        String text = part.repeat((1 << 20) / part.length());
        String masked = UrlSecrets.masked(text + " s3://AKIA:TOPSECRET@bucket");
        assertTrue(masked.endsWith(" s3://…@bucket"));
        assertTrue(UrlSecrets.isIn(text + "://AKIA:TOPSECRET@bucket"));
    }

    @Test
    void pathsAreNoUrls() {
        String path = "data/a:b@c?key=d";
        assertEquals(path, new StoreAddress(path, Map.of(), Path.of("/")).path());
    }
}
