package org.copick.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
import org.copick.storage.StoreCapability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the arguments of s3fs. */
final class S3OptionsTest {
    private static S3Options options(Map<String, Object> values) {
        return S3Options.of(new StoreAddress("s3://bucket/folder", values, null));
    }

    private static String refusal(Map<String, Object> values) {
        return String.valueOf(assertThrows(InvalidConfigException.class, () -> options(values))
                .getMessage());
    }

    @Test
    void nothingGivenMeansAmazonAsEveryToolFindsIt() {
        S3Options options = options(Map.of());
        assertEquals(new S3Access.Found(), options.access());
        assertTrue(options.isAmazon());
        assertNull(options.region());
        assertFalse(options.byPath());
    }

    @Test
    void argumentsOfPythonMeanWhatTheyMeanThere() {
        S3Options options = options(Map.of(
                "key",
                "k",
                "secret",
                "s",
                "token",
                "t",
                "endpoint_url",
                "http://127.0.0.1:9000/",
                "requester_pays",
                true,
                "default_block_size",
                5,
                "client_kwargs",
                Map.of("region_name", "eu-west-1", "verify", false),
                "config_kwargs",
                Map.of("connect_timeout", 2.5, "read_timeout", 60, "retries", Map.of("max_attempts", 2)),
                "s3_additional_kwargs",
                Map.of("ServerSideEncryption", "aws:kms", "SSEKMSKeyId", "id")));
        assertEquals(new S3Access.Key("k", "s", "t"), options.access());
        assertEquals(URI.create("http://127.0.0.1:9000"), options.endpoint());
        assertTrue(options.byPath(), "custom endpoints are addressed by path, as in botocore");
        assertEquals("eu-west-1", options.region());
        assertTrue(options.trust().all());
        assertEquals(Duration.ofMillis(2500), options.retryPolicy().connect());
        assertEquals(Duration.ofMinutes(1), options.retryPolicy().read());
        assertEquals(3, options.retryPolicy().attempts(), "the first attempt and two more");
        assertTrue(options.requesterPays());
        assertEquals("aws:kms", options.writing().encryption());
        assertFalse((options + " " + options.access()).contains("k, s"), "no secret in " + options);
    }

    @Test
    void aServiceMayBeAddressedByHostName() {
        Map<String, Object> virtual = Map.of("s3", Map.of("addressing_style", "virtual"));
        assertFalse(options(Map.of("endpoint_url", "https://s3.example.org", "config_kwargs", virtual))
                .byPath());
    }

    @Test
    void optionsThatPythonTakesAreTaken() {
        for (Map<String, Object> harmless : List.<Map<String, Object>>of(
                Map.of("anon", 0),
                Map.of("anon", "false"),
                Map.of("use_ssl", "false"),
                Map.of("requester_pays", 1),
                Map.of("key", "k", "secret", "s", "token", ""),
                Map.of("version_aware", "False"),
                Map.of("auto_mkdir", true),
                Map.of("allow_bucket_creation", false),
                Map.of("protocol", "s3"),
                Map.of(
                        "config_kwargs",
                        Map.of(
                                "request_checksum_calculation", "when_required",
                                "response_checksum_validation", "when_required")))) {
            S3Options read = options(harmless);
            assertFalse(read.access() instanceof S3Access.Anonymous, harmless::toString);
        }
        assertEquals(new S3Access.Anonymous(), options(Map.of("anon", "True")).access());
        assertEquals(
                "bucket-owner-full-control",
                options(Map.of("s3_additional_kwargs", Map.of("ACL", "bucket-owner-full-control")))
                        .writing()
                        .acl());
    }

    @Test
    void anonymousWinsOverWhateverElseIsGiven() {
        assertEquals(
                new S3Access.Anonymous(),
                options(Map.of("anon", true, "key", "k")).access());
        assertEquals(
                new S3Access.Anonymous(),
                options(Map.of("config_kwargs", Map.of("signature_version", "unsigned")))
                        .access());
    }

    @Test
    void unknownOptionsAreRefusedByName() {
        assertTrue(refusal(Map.of("anonymous", true)).contains("\"anonymous\""));
        assertTrue(
                refusal(Map.of("client_kwargs", Map.of("aws_secret", "x"))).contains("\"client_kwargs.aws_secret\""));
        assertTrue(refusal(Map.of("client_kwargs", Map.of("verify", "a\0b"))).contains("\"client_kwargs.verify\""));
        assertTrue(refusal(Map.of("config_kwargs", Map.of("s3", Map.of("us_east", 1))))
                .contains("\"config_kwargs.s3.us_east\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"anon", "requester_pays", "version_aware", "asynchronous"})
    void flagsAreTrueOrFalse(String name) {
        assertTrue(refusal(Map.of(name, "hunter2")).contains("\"" + name + "\""));
        assertFalse(refusal(Map.of(name, "hunter2")).contains("hunter2"));
    }

    @ParameterizedTest
    @CsvSource({"key, k, secret", "secret, s, key", "token, t, key"})
    void halfOfTheCredentialsIsRefused(String given, String value, String missing) {
        String message = refusal(Map.of(given, value));
        assertTrue(message.contains("\"" + missing + "\""), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host:80",
                "ftp://host",
                "http://user:hunter2@host",
                "http://",
                "http://host?x=hunter2",
                "http://host:9000#hunter2",
                "http://a b"
            })
    void endpointsThatAreNoneAreRefusedWithoutRepeatingThem(String endpoint) {
        String message = refusal(Map.of("endpoint_url", endpoint));
        assertTrue(message.contains("endpoint_url"), message);
        assertFalse(message.contains("hunter2"), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"s3://", "s3:///folder", "s3://b_/../x", "s3://b ucket/x", "s3://bucket/a//b", "s3://bucket/../b"
            })
    void whatIsNoPlaceInABucketIsRefused(String url) {
        assertThrows(
                InvalidConfigException.class,
                () -> new S3StorageProvider().open(new StoreAddress(url, Map.of("anon", true), null)));
    }

    @Test
    void blankOptionsAreNotGiven() {
        S3Options read = options(Map.of(
                "key", "",
                "secret", "",
                "token", " ",
                "profile", "",
                "endpoint_url", "",
                "client_kwargs", Map.of("endpoint_url", "HTTP://127.0.0.1:9000/", "region_name", "")));
        assertEquals(
                options(Map.of("endpoint_url", "http://127.0.0.1:9000")).access(),
                read.access(),
                "a blank key counts as no key");
        assertEquals("http://127.0.0.1:9000", String.valueOf(read.endpoint()));
        assertNull(read.region());
    }

    @Test
    void aPasswordInTheUrlIsRefusedAndNotRepeated() {
        for (String url : List.of("s3://me:hunter2@bucket/p", "gs://:hunter2@bucket", "https://me:hunter2@host/x")) {
            InvalidConfigException e =
                    assertThrows(InvalidConfigException.class, () -> new StoreAddress(url, Map.of(), null));
            assertFalse(String.valueOf(e.getMessage()).contains("hunter2"), e.getMessage());
        }
        assertEquals(
                "a:b@c",
                new StoreAddress("s3://bucket/a:b@c", Map.of(), null).path().substring(7));
    }

    @Test
    void theLocationTellsServicesApart() {
        try (ObjectStore amazon = open(Map.of("anon", true));
                ObjectStore other = open(Map.of("anon", true, "endpoint_url", "http://127.0.0.1:9000"))) {
            assertEquals("s3://bucket/folder", amazon.location());
            assertEquals("s3://bucket/folder", other.location(), "the location is the URL that opens the store");
            assertEquals("s3://bucket/folder at http://127.0.0.1:9000", other.identity());
            assertTrue(
                    amazon.can(StoreCapability.REPLACE_IF_VERSION),
                    "Amazon's service supports conditions without being probed");
            assertNotEquals(amazon.identity(), other.identity());
        }
    }

    private static ObjectStore open(Map<String, Object> options) {
        return new S3StorageProvider().open(new StoreAddress("s3://bucket/folder/", options, null));
    }

    @Test
    void brokenProfileFilesAreNamedWithWhatHelps(@TempDir Path folder) throws Exception {
        Path bad = Files.writeString(folder.resolve("credentials"), "[default\nthis is = no [profile] file\n\\");
        Map<String, String> before = Map.of(
                "aws.sharedCredentialsFile", String.valueOf(System.getProperty("aws.sharedCredentialsFile")),
                "aws.configFile", String.valueOf(System.getProperty("aws.configFile")));
        before.keySet().forEach(name -> System.setProperty(name, bad.toString()));
        try {
            String message = assertThrows(InvalidConfigException.class, () -> open(Map.of("anon", true)))
                    .getMessage();
            assertTrue(String.valueOf(message).contains("AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE"), message);
        } finally {
            before.forEach((name, value) -> {
                if (value.equals("null")) {
                    System.clearProperty(name);
                } else {
                    System.setProperty(name, value);
                }
            });
        }
    }
}
