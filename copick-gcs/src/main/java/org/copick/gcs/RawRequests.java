package org.copick.gcs;

import com.google.api.client.googleapis.batch.BatchRequest;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpContent;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.HttpUnsuccessfulResponseHandler;
import com.google.api.client.http.UriTemplate;
import com.google.api.client.http.json.JsonHttpContent;
import com.google.api.client.json.JsonFactory;
import com.google.api.client.json.JsonObjectParser;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.storage.model.StorageObject;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import java.io.IOException;
import java.util.Map;
import org.copick.storage.ByteRange;
import org.copick.storage.remote.Download;
import org.jspecify.annotations.Nullable;

/**
 * The requests that {@link Storage} cannot make, over its transport, with its credentials, headers and timeouts, to its
 * host.
 *
 * <p><b>Content.</b> {@code Storage.reader} and {@code readAllBytes} cannot request an object's last bytes, where a
 * shard keeps its index. They do not tell which generation they have read, so every read would need another request.
 *
 * <p><b>Sessions.</b> A {@code WriteChannel} cannot be cancelled: to close it publishes what was written so far. The
 * messages of its failures contain the session's address, which permits writing without any credentials.
 *
 * <p><b>Batches.</b> {@code StorageBatch.submit} sends a request that nothing prepares: with logging of HTTP enabled it
 * shows the access tokens of its parts, it has other timeouts, and it follows redirects. Its results do not tell a
 * missing bucket from a missing object, so another request would have to.
 *
 * <p>Safe for use by multiple threads.
 */
final class RawRequests {
    private static final JsonFactory JSON = GsonFactory.getDefaultInstance();

    private final HttpRequestFactory requests;
    private final HttpRequestInitializer initializer;
    private final com.google.api.services.storage.Storage calls;
    private final String host;

    RawRequests(Storage storage) {
        StorageOptions options = storage.getOptions();
        HttpTransportOptions connections = (HttpTransportOptions) options.getTransportOptions();
        HttpTransport transport = connections.getHttpTransportFactory().create();
        HttpRequestInitializer usual = connections.getHttpRequestInitializer(options);
        this.initializer = request -> {
            usual.initialize(request);
            prepare(request);
        };
        this.requests = transport.createRequestFactory(initializer);
        this.host = options.getHost().replaceFirst("/+$", "");
        this.calls = new com.google.api.services.storage.Storage.Builder(transport, JSON, initializer)
                .setRootUrl(host + "/")
                .setApplicationName("copick-java")
                .build();
    }

    /**
     * Requests an object's content, as it is stored.
     *
     * @param generation the required generation, or null for any
     * @param range the range, or null for the whole object
     * @param payer the project that pays, or null
     * @throws com.google.api.client.http.HttpResponseException if the service refuses
     */
    HttpResponse content(
            String bucket, String name, @Nullable Long generation, @Nullable ByteRange range, @Nullable String payer)
            throws IOException {
        GenericUrl url = url("/download/storage/v1/b/{bucket}/o/{object}", Map.of("bucket", bucket, "object", name));
        url.set("alt", "media").set("ifGenerationMatch", generation).set("userProject", payer);
        HttpRequest request = requests.buildGetRequest(url).setResponseReturnRawInputStream(true);
        if (range != null) {
            request.getHeaders().setRange(Download.header(range));
        }
        return accepted(request);
    }

    /**
     * Begins an upload session.
     *
     * @param fields the fields of the object in the answer to the last piece
     * @param generation the required generation of the present object: 0 for none, or null without a condition
     * @param size the size of the object, or null if it is not known yet
     * @param payer the project that pays, or null
     * @return the answer, with the session's address
     * @throws com.google.api.client.http.HttpResponseException if the service refuses
     */
    HttpResponse beginSession(
            String bucket,
            StorageObject metadata,
            String fields,
            @Nullable Long generation,
            @Nullable Integer size,
            @Nullable String payer)
            throws IOException {
        GenericUrl url = url("/upload/storage/v1/b/{bucket}/o", Map.of("bucket", bucket));
        url.set("uploadType", "resumable").set("fields", fields);
        url.set("ifGenerationMatch", generation).set("userProject", payer);
        HttpRequest request = requests.buildPostRequest(url, new JsonHttpContent(JSON, metadata));
        request.getHeaders().set("X-Upload-Content-Type", metadata.getContentType());
        request.getHeaders().set("X-Upload-Content-Length", size == null ? null : size.toString());
        return accepted(request);
    }

    /** Sends bytes to a session, or asks how many have arrived, and returns the answer, which may be a refusal. */
    HttpResponse sendToSession(GenericUrl session, HttpContent content, String range) throws IOException {
        HttpRequest request = requests.buildPutRequest(session.clone(), content);
        request.getHeaders().setContentRange(range);
        return request.setThrowExceptionOnExecuteError(false).execute();
    }

    /** Cancels a session. */
    void cancelSession(GenericUrl session) throws IOException {
        requests.buildDeleteRequest(session.clone())
                .setThrowExceptionOnExecuteError(false)
                .execute()
                .disconnect();
    }

    private GenericUrl url(String template, Map<String, String> names) {
        return new GenericUrl(UriTemplate.expand(host, template, names, false));
    }

    /** Returns an empty batch. */
    BatchRequest batch() {
        return calls.batch(initializer);
    }

    /** Returns the deletion of an object, for a batch. */
    com.google.api.services.storage.Storage.Objects.Delete deletion(String bucket, String name, @Nullable String payer)
            throws IOException {
        return calls.objects().delete(bucket, name).setUserProject(payer);
    }

    private static void prepare(HttpRequest request) {
        HttpUnsuccessfulResponseHandler login = request.getUnsuccessfulResponseHandler();
        request.setParser(new JsonObjectParser(JSON))
                .setNumberOfRetries(Math.min(1, request.getNumberOfRetries())) // lets the login renew an expired token
                .setFollowRedirects(false) // a redirect must not choose a host that gets credentials
                .setLoggingEnabled(false)
                .setCurlLoggingEnabled(false)
                .setUnsuccessfulResponseHandler((sent, response, canRepeat) -> login != null
                        && response.getStatusCode() == 401
                        && login.handleResponse(sent, response, canRepeat));
    }

    private static HttpResponse accepted(HttpRequest request) throws IOException {
        HttpResponse response = request.setThrowExceptionOnExecuteError(false).execute();
        if (!response.isSuccessStatusCode()) {
            throw GoogleJsonResponseException.from(JSON, response);
        }
        return response;
    }
}
