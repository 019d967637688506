package org.copick.gcs;

import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.HttpStorageOptions;
import com.google.cloud.storage.StorageOptions;
import java.util.List;
import java.util.Map;
import org.copick.error.AccessDeniedException;
import org.copick.error.CopickException;
import org.copick.gcs.server.Loopback;
import org.copick.gcs.server.Loopback.Answer;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreAddress;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that the vendor's client needs no class of the libraries that are left out, neither to begin nor to fail. The
 * other tests run on this class path, too.
 */
final class ClassPathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.google.cloud.grpc.GrpcTransportOptions",
                "com.google.cloud.monitoring.v3.MetricServiceClient",
                "com.google.storage.v2.StorageClient",
                "io.grpc.netty.shaded.io.netty.channel.Channel",
                "io.grpc.stub.AbstractStub",
                "io.grpc.xds.XdsChannelCredentials",
                "io.opentelemetry.sdk.OpenTelemetrySdk",
                "org.conscrypt.Conscrypt"
            })
    void whatIsLeftOut(String type) {
        assertThrows(ClassNotFoundException.class, () -> Class.forName(type));
    }

    /** Every operation fails with an exception of copick, whatever the service answers. */
    @ParameterizedTest
    @CsvSource({
        "200, application/json, '{}'",
        "200, application/json, '{'",
        "200, text/html, <html>",
        "308, application/json, '{}'",
        "400, application/json, '{\"error\": {\"code\": 400, \"message\": \"no\"}}'",
        "404, text/html, no",
        "412, application/json, '{\"error\": {\"code\": 412, \"errors\": [{\"reason\": \"conditionNotMet\"}]}}'",
        "501, application/json, '[]'"
    })
    void failures(int status, String type, String body) throws Exception {
        try (Loopback service = Loopback.plain(request -> new Answer(status, Map.of("Content-Type", type), body));
                ObjectStore ours = new GcsStorageProvider()
                        .open(new StoreAddress(
                                "gs://bucket/x", Map.of("endpoint_url", service.url(), "token", "anon"), null));
                ObjectStore own = own(options(service.url()).setCredentials(NoCredentials.getInstance()))) {
            fail(ours);
            fail(own);
            if (status != 200) {
                assertThrows(CopickException.class, () -> ours.delete("object"));
                assertThrows(CopickException.class, () -> own.delete("object"));
            }
            if (!body.equals("{}")) {
                assertThrows(CopickException.class, () -> ours.listFolder(""));
                assertThrows(CopickException.class, () -> own.listFolder(""));
            }
        }
    }

    private static HttpStorageOptions.Builder options(String host) {
        return StorageOptions.http()
                .setHost(host)
                .setProjectId("tests")
                .setRetrySettings(StorageOptions.getNoRetrySettings())
                .setTransportOptions(HttpTransportOptions.newBuilder()
                        .setConnectTimeout(1000)
                        .setReadTimeout(1000)
                        .build());
    }

    private static ObjectStore own(HttpStorageOptions.Builder options) {
        return GcsStores.of(options.build().getService()).open(new StoreAddress("gs://bucket/x", Map.of(), null));
    }

    private static void fail(ObjectStore store) {
        ObjectInfo object = new ObjectInfo("object", 1, new Version("1"));
        assertThrows(CopickException.class, () -> store.read("object"));
        assertThrows(CopickException.class, () -> store.info("object"));
        assertThrows(CopickException.class, () -> store.write("object", new byte[1], WriteCondition.ANY));
        assertThrows(CopickException.class, () -> store.write("object", new byte[1], WriteCondition.IF_ABSENT));
        assertThrows(CopickException.class, () -> store.write("object", new byte[GcsWriter.LARGE], WriteCondition.ANY));
        assertThrows(CopickException.class, () -> store.copy(object, "copy"));
        assertThrows(CopickException.class, () -> store.deleteAll(List.of("object", "other")));
    }

    /** The client refuses credentials of another universe with the exception that gRPC has, too. */
    @Test
    void credentialsOfAnotherUniverse() throws Exception {
        try (Loopback service = Loopback.plain(request -> new Answer(200, Map.of(), "{}"));
                ObjectStore own = own(options(service.url())
                        .setCredentials(GoogleCredentials.create(new AccessToken("secret", null)))
                        .setUniverseDomain("example.org"))) {
            fail(own);
            assertThrows(AccessDeniedException.class, () -> own.listFolder(""));
            assertThrows(AccessDeniedException.class, () -> own.read("object"));
        }
    }
}
