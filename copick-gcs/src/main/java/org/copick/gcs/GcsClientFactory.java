package org.copick.gcs;

import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.apache.v5.Apache5HttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.copick.storage.remote.AnswerBody;
import org.copick.storage.remote.AnswerBody.Limits;
import org.copick.storage.remote.Requests;
import org.copick.storage.remote.RetryPolicy;
import org.copick.storage.remote.SharedClients;

/** Creates the vendor's client, with pooled connections that can be aborted and without its own retries. */
final class GcsClientFactory {
    /** The clients that stores share. */
    static final SharedClients<GcsOptions, GcsClient> SHARED =
            new SharedClients<>(GcsClientFactory::client, GcsClient::close);

    private static final Duration IDLE = Duration.ofSeconds(30);

    private GcsClientFactory() {}

    private static GcsClient client(GcsOptions options) {
        HttpTransport transport = transport(options);
        GcsLogin login = new GcsLogin(options, transport);
        HttpRequestInitializer initializer = request -> prepare(request, options, login);
        Storage storage = new Storage.Builder(transport, GsonFactory.getDefaultInstance(), initializer)
                .setRootUrl(options.rootUrl())
                .setApplicationName("copick-java")
                .build();
        return new GcsClient(storage, initializer, transport, login);
    }

    private static void prepare(HttpRequest request, GcsOptions options, GcsLogin login) throws IOException {
        request.setConnectTimeout((int) options.retryPolicy().connect().toMillis())
                .setReadTimeout((int) options.retryPolicy().read().toMillis())
                .setNumberOfRetries(1) // lets the login renew an expired token
                .setFollowRedirects(false) // a redirect must not choose a host that gets credentials
                .setLoggingEnabled(false)
                .setCurlLoggingEnabled(false);
        login.initialize(request);
    }

    private static HttpTransport transport(GcsOptions options) {
        Timeout connect = Timeout.of(options.retryPolicy().connect());
        Timeout read = Timeout.of(options.retryPolicy().read());
        return new Apache5HttpTransport(HttpClientBuilder.create()
                .useSystemProperties()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .useSystemProperties()
                        .setMaxConnTotal(Requests.AT_ONCE)
                        .setMaxConnPerRoute(Requests.AT_ONCE)
                        .setDefaultSocketConfig(SocketConfig.custom()
                                .setSoTimeout(read)
                                .setSoKeepAlive(true)
                                .setTcpNoDelay(true)
                                .build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(connect)
                                .setSocketTimeout(read)
                                .build())
                        .build())
                .evictIdleConnections(TimeValue.of(IDLE))
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .addExecInterceptorFirst(
                        "bounds", (request, scope, chain) -> bounded(request, scope, chain, options.retryPolicy()))
                .addExecInterceptorFirst("abort", GcsClientFactory::abortable)
                .addExecInterceptorFirst("semicolons", GcsClientFactory::withoutSemicolons)
                .build());
    }

    /** Makes requests abortable while they wait for the network; an aborted call sends no further requests. */
    private static ClassicHttpResponse abortable(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        if (Requests.isCancelled()) {
            throw new InterruptedIOException("the request was aborted");
        }
        Requests.onCancel(scope.execRuntime::discardEndpoint);
        return chain.proceed(request, scope);
    }

    /** Limits the size and duration of the answer. */
    private static ClassicHttpResponse bounded(
            ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain, RetryPolicy retryPolicy)
            throws IOException, HttpException {
        ClassicHttpResponse response = chain.proceed(request, scope);
        HttpEntity entity = response.getEntity();
        if (entity != null) {
            Limits limits = limits(request, response);
            response.setEntity(new HttpEntityWrapper(entity) {
                @Override
                public InputStream getContent() throws IOException {
                    return new AnswerBody(super.getContent(), retryPolicy, limits, scope.execRuntime::discardEndpoint);
                }
            });
        }
        return response;
    }

    private static Limits limits(ClassicHttpRequest request, ClassicHttpResponse response) {
        if (!request.getMethod().equals("GET")) {
            return Limits.SIZE;
        }
        boolean isObject = response.getCode() / 100 == 2 && request.getPath().matches(".*[?&]alt=media(&.*)?");
        return isObject ? Limits.RATE : Limits.RATE_AND_SIZE;
    }

    /**
     * Encodes semicolons, which the vendor's client does not.
     *
     * <p>Some servers, such as those written in Go, drop a parameter that contains a semicolon: a listing below
     * {@code a;b/} would then list the whole bucket.
     */
    private static ClassicHttpResponse withoutSemicolons(
            ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain) throws IOException, HttpException {
        request.setPath(request.getPath().replace(";", "%3B"));
        return chain.proceed(request, scope);
    }
}
