package org.copick.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.copick.error.CorruptDataException;
import org.copick.tests.MemoryStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests of the buckets that are opened for the URLs of rows. */
final class PortalBucketTest {
    private static final String OWN = "s3://cryoet-data-portal-public";
    private static final Map<String, @Nullable Object> KEY = Map.of("key", "AKIDEXAMPLE", "secret", "s3cr3t");

    /** The opened URLs with their arguments. */
    private final List<String> opened = new ArrayList<>();

    private PortalBucket bucket(@Nullable String root, Map<String, @Nullable Object> options) {
        return new PortalBucket(
                (url, given) -> {
                    assertEquals(options, given);
                    opened.add(url);
                    return new MemoryStore();
                },
                root,
                options);
    }

    private String refusal(PortalBucket bucket, String url) {
        return String.valueOf(assertThrows(CorruptDataException.class, () -> bucket.place(url))
                .getMessage());
    }

    @Test
    void credentialsAreForThePortalsBucketOnly() {
        for (Map<String, @Nullable Object> options : List.<Map<String, @Nullable Object>>of(
                KEY,
                Map.of(),
                Map.of("profile", "mine"),
                Map.of("anon", false),
                Map.of("anon", "true"),
                Map.of("endpoint_url", "http://127.0.0.1:9000"))) {
            opened.clear();
            try (PortalBucket bucket = bucket(null, options)) {
                assertEquals("a/b", bucket.place(OWN + "/a/b").key());
                for (String other : List.of(
                        "s3://my-private-bucket/a/b",
                        "s3://cryoet-data-portal-public.example.org/a",
                        "s3://cryoet-data-portal-public@example.org/a",
                        "s3://Cryoet-Data-Portal-Public/a",
                        OWN + "2/a")) {
                    String message = refusal(bucket, other);
                    assertTrue(message.contains("are for " + OWN + " only; set \"anon\""), message);
                    assertFalse(message.contains("s3cr3t"), message);
                }
            }
            assertEquals(List.of(OWN), opened, options.toString());
        }
    }

    @Test
    void anyBucketIsReadAnonymously() {
        try (PortalBucket bucket = bucket(null, Map.of("anon", true))) {
            bucket.place("s3://another-bucket/a");
            bucket.place(OWN + "/a");
        }
        assertEquals(List.of("s3://another-bucket", OWN), opened);
    }

    @Test
    void aGivenRootIsReadInsteadOfEveryBucket() {
        try (PortalBucket bucket = bucket("s3://my-copy/portal", KEY)) {
            assertEquals("a", bucket.place("s3://another-bucket/a").key());
            bucket.place(OWN + "/a");
        }
        assertEquals(List.of("s3://my-copy/portal"), opened);
    }
}
