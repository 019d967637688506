package org.copick.gcs;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpTransport;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.ComputeEngineCredentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.auth.oauth2.UserCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.copick.error.InvalidConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Adds credentials to requests.
 *
 * <p>Credentials of the machine are looked up for the first request, which may call a local metadata service. Safe for
 * use by multiple threads.
 */
final class GcsLogin implements HttpRequestInitializer {
    private static final HttpRequestInitializer NOBODY = request -> {};

    private final GcsOptions options;
    private final GenericUrl endpoint;
    private volatile @Nullable HttpRequestInitializer found;
    private volatile boolean foundNothing;

    /**
     * Creates a login for these options.
     *
     * @param transport limits the answers of a token service that the options name
     */
    GcsLogin(GcsOptions options, HttpTransport transport) {
        this.options = options;
        this.endpoint = new GenericUrl(options.rootUrl());
        GcsAccess access = options.access();
        if (access instanceof GcsAccess.Key key) {
            found = adapter(read(key, transport));
        } else if (access instanceof GcsAccess.Token token) {
            String bearer = "Bearer " + token.value();
            found = request -> request.getHeaders().setAuthorization(bearer);
        } else if (access instanceof GcsAccess.Anonymous || access instanceof GcsAccess.NotThere) {
            found = NOBODY;
        }
    }

    /** No credentials were found, although the options request them. */
    static final class NoneFoundException extends IOException {
        private static final long serialVersionUID = 1L;

        NoneFoundException(Throwable cause) {
            super("no credentials were found", cause);
        }
    }

    /** Returns whether no credentials were found, so that requests are anonymous. */
    boolean foundNothing() {
        return foundNothing;
    }

    /**
     * Adds credentials to a request to the endpoint, but not to other hosts, which the service may name for an upload.
     */
    @Override
    public void initialize(HttpRequest request) throws IOException {
        if (!isToEndpoint(request.getUrl())) {
            return;
        }
        HttpRequestInitializer login = found;
        if (login == null) {
            login = find();
        }
        login.initialize(request);
    }

    private boolean isToEndpoint(GenericUrl url) {
        return url.getScheme().equals(endpoint.getScheme())
                && url.getHost().equals(endpoint.getHost())
                && url.getPort() == endpoint.getPort();
    }

    private synchronized HttpRequestInitializer find() throws IOException {
        HttpRequestInitializer before = found;
        if (before != null) {
            return before;
        }
        HttpRequestInitializer login;
        if (options.access() instanceof GcsAccess.Machine) {
            login = adapter(ComputeEngineCredentials.create());
        } else {
            try {
                login = adapter(GoogleCredentials.getApplicationDefault());
            } catch (IOException e) {
                if (!(options.access() instanceof GcsAccess.Found) || isBroken()) {
                    throw new NoneFoundException(e);
                }
                foundNothing = true;
                login = NOBODY;
            }
        }
        found = login;
        return login;
    }

    /**
     * Returns whether the environment names a credentials file; its failure must then be reported rather than ignored.
     */
    private static boolean isBroken() {
        String file = System.getenv("GOOGLE_APPLICATION_CREDENTIALS");
        return file != null && !file.isBlank();
    }

    /** Returns an adapter without its own retries, because the request that needs the token is retried. */
    private HttpRequestInitializer adapter(GoogleCredentials credentials) {
        GoogleCredentials scoped =
                credentials.createScopedRequired() ? credentials.createScoped(options.scope()) : credentials;
        return new HttpCredentialsAdapter(scoped.createWithCustomRetryStrategy(false));
    }

    /**
     * Reads a key. Other kinds of keys can send requests to any host and are only accepted from the machine's own
     * settings.
     */
    private static GoogleCredentials read(GcsAccess.Key key, HttpTransport transport) {
        try {
            GoogleCredentials read = GoogleCredentials.fromStream(
                    new ByteArrayInputStream(key.json().getBytes(StandardCharsets.UTF_8)), () -> transport);
            if (read instanceof ServiceAccountCredentials || read instanceof UserCredentials) {
                return read;
            }
        } catch (IOException | RuntimeException e) {
            // the exception below omits the parser's message, which may quote the key
        }
        throw new InvalidConfigException(
                "the option \"token\" for Google Cloud Storage is neither a key of a service account nor a login of a user;"
                        + " create a new key, or log in with \"gcloud auth application-default login\" and remove the"
                        + " option");
    }
}
