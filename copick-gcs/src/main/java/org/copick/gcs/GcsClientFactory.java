package org.copick.gcs;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.HttpUnsuccessfulResponseHandler;
import com.google.api.client.http.apache.v5.Apache5HttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.gax.rpc.FixedHeaderProvider;
import com.google.auth.Credentials;
import com.google.cloud.ServiceOptions;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.copick.storage.remote.AnswerBody;
import org.copick.storage.remote.AnswerBody.Limits;
import org.copick.storage.remote.Redirect;
import org.copick.storage.remote.Requests;
import org.copick.storage.remote.RetryPolicy;
import org.copick.storage.remote.SharedClients;

/** Creates the vendor's client, with pooled connections that can be aborted and without its own retries. */
final class GcsClientFactory {
    /** The clients that stores share. */
    static final SharedClients<GcsOptions, GcsClient> SHARED =
            new SharedClients<>(GcsClientFactory::client, GcsClient::close);

    private static final Duration IDLE = Duration.ofSeconds(30);
    /** Never sent. Without a project the client would look for one, in files and at the metadata service. */
    private static final String NO_PROJECT = "none";
    /** The universe of {@link GcsLogin}, whatever the environment says; requests go to the endpoint of the options. */
    private static final String UNIVERSE = Credentials.GOOGLE_DEFAULT_UNIVERSE;

    private GcsClientFactory() {}

    private static GcsClient client(GcsOptions options) {
        HttpTransport transport = transport(options);
        RetryPolicy policy = options.retryPolicy();
        Storage storage = StorageOptions.http()
                .setProjectId(NO_PROJECT)
                .setHost(options.host())
                .setUniverseDomain(UNIVERSE)
                .setCredentials(new GcsLogin(options, transport))
                .setTransportOptions(new Connections(HttpTransportOptions.newBuilder()
                        .setHttpTransportFactory(() -> transport)
                        .setConnectTimeout((int) policy.connect().toMillis())
                        .setReadTimeout((int) policy.read().toMillis())))
                .setHeaderProvider(FixedHeaderProvider.create("User-Agent", "copick-java"))
                .setRetrySettings(ServiceOptions.getNoRetrySettings())
                .build()
                .getService();
        return new GcsClient(storage, new RawRequests(storage), policy.attempts(), () -> shutDown(transport));
    }

    /** Returns the client of an application, which retries by itself and is not closed. */
    static GcsClient of(Storage storage) {
        if (!(storage.getOptions().getTransportOptions() instanceof HttpTransportOptions)) {
            throw new IllegalArgumentException(
                    "this client does not use HTTP and JSON; create it with" + " StorageOptions.http()");
        }
        return new GcsClient(storage, new RawRequests(storage), GcsClient.RETRIED_BY_CLIENT, () -> {});
    }

    private static void shutDown(HttpTransport transport) {
        try {
            transport.shutdown();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Prepares the requests of the client. */
    private static final class Connections extends HttpTransportOptions {
        private static final long serialVersionUID = 1L;

        Connections(HttpTransportOptions.Builder builder) {
            super(builder);
        }

        @Override
        public HttpRequestInitializer getHttpRequestInitializer(ServiceOptions<?, ?> options) {
            HttpRequestInitializer usual = super.getHttpRequestInitializer(options);
            GcsLogin login = (GcsLogin) options.getCredentials();
            return request -> {
                usual.initialize(request);
                prepare(request, login);
            };
        }
    }

    private static void prepare(HttpRequest request, GcsLogin login) {
        URI uri = request.getUrl().toURI();
        HttpUnsuccessfulResponseHandler renewal = request.getUnsuccessfulResponseHandler();
        boolean canRenew = renewal != null && login.canRenew(uri);
        request.setNumberOfRetries(canRenew ? 1 : 0)
                .setLoggingEnabled(false)
                .setCurlLoggingEnabled(false)
                .setUnsuccessfulResponseHandler((sent, response, canRepeat) -> {
                    boolean isPartOfBatch = response.getRequest() != sent;
                    if (response.getStatusCode() == 404 && !isPartOfBatch) {
                        // Storage.get and Storage.delete drop the message, which tells a missing bucket from a missing
                        // object
                        throw new GcsFailures.AbsentException(
                                GoogleJsonResponseException.from(GsonFactory.getDefaultInstance(), response));
                    }
                    return canRenew && renewal.handleResponse(sent, response, canRepeat);
                });
        // otherwise the client sends the one in the file of GOOGLE_APPLICATION_CREDENTIALS to any endpoint
        request.getHeaders().set("x-goog-user-project", login.quotaProject(uri));
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
                .addExecInterceptorFirst("redirects", GcsClientFactory::unredirected)
                .addExecInterceptorFirst(
                        "timeout", (request, scope, chain) -> timed(request, scope, chain, connect, read))
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

    /** Sets the timeouts of all requests, also of those that a version of the client may create without. */
    private static ClassicHttpResponse timed(
            ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain, Timeout connect, Timeout read)
            throws IOException, HttpException {
        scope.clientContext.setRequestConfig(RequestConfig.copy(scope.clientContext.getRequestConfigOrDefault())
                .setConnectionRequestTimeout(connect)
                .setResponseTimeout(read)
                .build());
        return chain.proceed(request, scope);
    }

    /**
     * Refuses redirects, which must not choose a host that gets credentials, whoever creates the request.
     */
    private static ClassicHttpResponse unredirected(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        ClassicHttpResponse response = chain.proceed(request, scope);
        Header location = response.getFirstHeader("Location");
        if (Redirect.isOne(response.getCode()) && location != null) {
            scope.execRuntime.discardEndpoint();
            throw new HttpResponseException.Builder(
                            response.getCode(),
                            response.getReasonPhrase(),
                            new HttpHeaders().setLocation(location.getValue()))
                    .setMessage("HTTP " + response.getCode()) // the usual message quotes the address
                    .build();
        }
        return response;
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
