package org.copick.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.copick.error.AccessDeniedException;
import org.copick.error.CopickException;
import org.copick.error.StorageException;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreAddress;
import org.copick.storage.WriteCondition;
import org.copick.tests.network.FaultyProxy;
import org.copick.tests.network.FaultyProxy.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that this machine's credentials are sent only where the user's environment sends them. */
final class MachineCredentialsTest {
    private static final List<String> PROPERTIES = List.of(
            "aws.accessKeyId",
            "aws.secretAccessKey",
            "aws.sessionToken",
            "aws.configFile",
            "aws.sharedCredentialsFile",
            "aws.endpointUrl",
            "aws.endpointUrlS3");

    private final Map<String, String> before = new HashMap<>();
    /** A server that is never reached, because the proxies answer every request. */
    private final ServerSocket nowhere = nowhere();

    private final FaultyProxy service = proxy();
    private final FaultyProxy other = proxy();

    @TempDir
    private Path folder;

    private static ServerSocket nowhere() {
        try {
            return new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FaultyProxy proxy() {
        return new FaultyProxy(URI.create("http://127.0.0.1:" + nowhere.getLocalPort()));
    }

    @BeforeEach
    void logIn() throws Exception {
        for (String name : PROPERTIES) {
            String value = System.getProperty(name);
            if (value != null) {
                before.put(name, value);
            }
        }
        System.setProperty("aws.accessKeyId", "AMBIENTKEY");
        System.setProperty("aws.secretAccessKey", "do-not-tell-this");
        System.setProperty("aws.sessionToken", "do-not-tell-that");
        System.setProperty(
                "aws.configFile",
                Files.writeString(
                                folder.resolve("config"),
                                "[default]\nregion = us-east-1\n[profile lab]\naws_access_key_id = LABKEY\n"
                                        + "aws_secret_access_key = do-not-tell-this\nendpoint_url = "
                                        + service.endpoint()
                                        + "/\n[profile served]\naws_access_key_id = SERVEDKEY\n"
                                        + "aws_secret_access_key = do-not-tell-this\nservices = ours\n"
                                        + "[services ours]\ns3 =\n  endpoint_url = " + service.endpoint() + "\n")
                        .toString());
        System.setProperty(
                "aws.sharedCredentialsFile",
                Files.writeString(folder.resolve("credentials"), "").toString());
        Answer missing = new Answer(
                404,
                "Content-Type: application/xml\r\n",
                "<Error><Code>NoSuchKey</Code><Message>none</Message></Error>");
        service.harm(request -> true, 1000, missing);
        other.harm(request -> true, 1000, missing);
    }

    @AfterEach
    void logOut() throws IOException {
        PROPERTIES.forEach(System::clearProperty);
        before.forEach(System::setProperty);
        service.close();
        other.close();
        nowhere.close();
    }

    private static ObjectStore open(Map<String, Object> options) {
        return new S3StorageProvider().open(new StoreAddress("s3://bucket/folder", options, null));
    }

    private Map<String, Object> at(Map<String, Object> options) {
        Map<String, Object> all = new HashMap<>(options);
        all.put("endpoint_url", service.endpoint().toString());
        return all;
    }

    /** Returns the access keys of the received requests. */
    private List<String> keys() {
        return service.exchanges().stream()
                .map(done -> done.request().header("authorization").replaceFirst(".*Credential=([^/]*)/.*", "$1"))
                .distinct()
                .toList();
    }

    @Test
    void anEndpointThatOnlyTheOptionsNameGetsNoRequest() {
        for (Map<String, Object> options : List.of(
                at(Map.of()),
                at(Map.of("profile", "default")),
                at(Map.of("key", "", "secret", "")),
                Map.<String, Object>of(
                        "client_kwargs",
                        Map.of("endpoint_url", service.endpoint().toString())))) {
            try (ObjectStore store = open(options)) {
                for (CopickException e : List.of(
                        assertThrows(AccessDeniedException.class, () -> store.read("object")),
                        assertThrows(AccessDeniedException.class, () -> store.listFolder("")),
                        assertThrows(
                                AccessDeniedException.class,
                                () -> store.write("object", new byte[1], WriteCondition.ANY)))) {
                    String told = String.valueOf(e.getMessage());
                    assertTrue(told.contains("only the configuration names this endpoint"), told);
                    assertTrue(told.contains("s3://bucket/folder"), told);
                    assertTrue(told.contains("key and secret"), told);
                    assertTrue(told.contains("AWS_ENDPOINT_URL_S3=" + service.endpoint()), told);
                }
            }
        }
        assertEquals(List.of(), service.exchanges());
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws.endpointUrl", "aws.endpointUrlS3"})
    void anEndpointThatTheEnvironmentNamesGetsThem(String property) {
        System.setProperty(property, service.endpoint() + "/");
        for (Map<String, Object> options : List.of(Map.<String, Object>of(), at(Map.of()))) {
            try (ObjectStore store = open(options)) {
                assertTrue(store.read("object").isEmpty());
            }
            assertEquals(List.of("AMBIENTKEY"), keys());
        }
        try (ObjectStore store = open(Map.of("endpoint_url", other.endpoint().toString()))) {
            assertThrows(AccessDeniedException.class, () -> store.read("object"));
        }
        assertEquals(List.of(), other.exchanges());
    }

    @Test
    void aProfileIsGoodForItsOwnEndpoint() {
        for (String profile : List.of("lab", "served")) {
            for (Map<String, Object> options :
                    List.of(Map.<String, Object>of("profile", profile), at(Map.of("profile", profile)))) {
                try (ObjectStore store = open(options)) {
                    assertTrue(store.read("object").isEmpty());
                }
                assertEquals(List.of(profile.toUpperCase(Locale.ROOT) + "KEY"), keys());
            }
            try (ObjectStore store = open(
                    Map.of("profile", profile, "endpoint_url", other.endpoint().toString()))) {
                assertThrows(AccessDeniedException.class, () -> store.read("object"));
            }
        }
        try (ObjectStore store = open(at(Map.of()))) {
            assertThrows(
                    AccessDeniedException.class,
                    () -> store.read("object"),
                    "the endpoint of another profile gets no credentials");
        }
        assertEquals(List.of(), service.exchanges());
        assertEquals(List.of(), other.exchanges());
    }

    @Test
    void whatTheOptionsHoldGoesToTheirEndpoint() {
        try (ObjectStore store = open(at(Map.of("key", "OWNKEY", "secret", "s")))) {
            assertTrue(store.read("object").isEmpty());
        }
        assertEquals(List.of("OWNKEY"), keys());
        try (ObjectStore store = open(at(Map.of("anon", true)))) {
            assertTrue(store.read("object").isEmpty());
        }
        assertEquals(List.of(""), keys());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirectsAreNotFollowed(int status) {
        try (FaultyProxy redirecting = proxy()) {
            redirecting.harm(
                    request -> true,
                    1000,
                    new Answer(status, "Location: " + other.endpoint() + "/elsewhere?X-Amz-Signature=s\r\n", ""));
            for (Map<String, Object> access :
                    List.of(Map.<String, Object>of("key", "OWNKEY", "secret", "s"), Map.<String, Object>of())) {
                System.setProperty("aws.endpointUrlS3", redirecting.endpoint().toString());
                try (ObjectStore store = open(access)) {
                    for (CopickException e : List.of(
                            assertThrows(StorageException.class, () -> store.read("object")),
                            assertThrows(StorageException.class, () -> store.listFolder("")),
                            assertThrows(
                                    StorageException.class,
                                    () -> store.write("object", new byte[1], WriteCondition.ANY)))) {
                        String told = String.valueOf(e.getMessage());
                        assertTrue(told.contains("HTTP " + status + " to " + other.endpoint()), told);
                        assertFalse(told.contains("elsewhere"), told);
                    }
                }
            }
        }
        assertEquals(List.of(), other.exchanges());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3.us-west-2.amazonaws.com",
                "s3-us-west-2.amazonaws.com",
                "s3.dualstack.eu-central-1.amazonaws.com",
                "s3-fips.us-gov-west-1.amazonaws.com",
                "s3-accelerate.amazonaws.com",
                "s3.cn-north-1.amazonaws.com.cn",
                "bucket.vpce-1a2b-3c4d.s3.us-east-1.vpce.amazonaws.com",
                "bucket.s3.us-west-2.amazonaws.com",
            })
    void amazonsOwnHostsGetThem(String host) {
        assertEquals(new S3Access.Found(), access(Map.of("endpoint_url", "https://" + host)));
        assertInstanceOf(S3Access.NotThere.class, access(Map.of("endpoint_url", "http://" + host)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ec2-192-0-2-1.us-west-2.compute.amazonaws.com",
                "s3-0123456789abcdef.elb.us-east-1.amazonaws.com",
                "s3-123456789.us-east-1.elb.amazonaws.com",
                "s3.execute-api.us-east-1.amazonaws.com",
                "vpce-1a-2b.vpce-svc-3c.us-east-1.vpce.amazonaws.com",
                "s3.us-west-2.amazonaws.com.example.org",
                "s3.us-west-2.examazonaws.com",
            })
    void hostsThatAnyoneCanRentGetNone(String host) {
        assertInstanceOf(S3Access.NotThere.class, access(Map.of("endpoint_url", "https://" + host)));
    }

    @Test
    void whoseCertificateIsTrustedIsNotLeftToTheOptions() {
        Map<String, Object> anyone = Map.of("client_kwargs", Map.of("verify", false));
        S3Access.NotThere access = assertInstanceOf(S3Access.NotThere.class, access(anyone));
        assertTrue(access.reason().remedy().contains("client_kwargs.verify"), access.toString());
        System.setProperty("aws.endpointUrlS3", "https://127.0.0.1:9000");
        assertEquals(new S3Access.Found(), access(anyone), "the environment configures the endpoint");
    }

    private static S3Access access(Map<String, Object> options) {
        return S3Options.of(new StoreAddress("s3://bucket", options, null)).access();
    }
}
