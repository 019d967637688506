package org.copick.gcs;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpTransport;
import com.google.auth.Credentials;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.ComputeEngineCredentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.QuotaProjectIdProvider;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.auth.oauth2.UserCredentials;
import com.google.cloud.NoCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.copick.error.InvalidConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of the options, for requests to the endpoint alone.
 *
 * <p>The service may name other hosts for an upload; they get none. Credentials of the machine are looked up for the
 * first request, which may call a local metadata service. Safe for use by multiple threads.
 */
final class GcsLogin extends Credentials {
    private static final long serialVersionUID = 1L;

    private final transient GcsOptions options;
    private final transient GenericUrl endpoint;
    private transient volatile @Nullable Credentials found;
    private transient volatile boolean foundNothing;

    /**
     * Creates a login for these options.
     *
     * @param transport limits the answers of a token service that the options name
     */
    GcsLogin(GcsOptions options, HttpTransport transport) {
        this.options = options;
        this.endpoint = new GenericUrl(options.host());
        GcsAccess access = options.access();
        if (access instanceof GcsAccess.Key key) {
            found = scoped(read(key, transport));
        } else if (access instanceof GcsAccess.Token token) {
            found = GoogleCredentials.create(new AccessToken(token.value(), null));
        } else if (access instanceof GcsAccess.Anonymous || access instanceof GcsAccess.NotThere) {
            found = NoCredentials.getInstance();
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

    /** Returns whether a request whose credentials were refused should be sent again, with renewed ones. */
    boolean canRenew(URI uri) {
        Credentials login = found;
        return isToEndpoint(uri)
                && login != null
                && !(login instanceof NoCredentials)
                && !(options.access() instanceof GcsAccess.Token);
    }

    /** Returns the project whose quota requests to this address count against, or null. */
    @Nullable String quotaProject(URI uri) {
        return isToEndpoint(uri) && found instanceof QuotaProjectIdProvider login ? login.getQuotaProjectId() : null;
    }

    private boolean isToEndpoint(URI uri) {
        return uri.getScheme().equals(endpoint.getScheme())
                && uri.getHost().equals(endpoint.getHost())
                && uri.getPort() == endpoint.getPort();
    }

    @Override
    public String getAuthenticationType() {
        return "OAuth2";
    }

    @Override
    public boolean hasRequestMetadata() {
        return true;
    }

    @Override
    public boolean hasRequestMetadataOnly() {
        return true;
    }

    @Override
    public Map<String, List<String>> getRequestMetadata(@Nullable URI uri) throws IOException {
        Credentials login = uri != null && isToEndpoint(uri) ? login() : NoCredentials.getInstance();
        return login instanceof NoCredentials ? Map.of() : login.getRequestMetadata(uri);
    }

    @Override
    public void refresh() throws IOException {
        login().refresh();
    }

    private Credentials login() throws IOException {
        Credentials login = found;
        return login == null ? find() : login;
    }

    private synchronized Credentials find() throws IOException {
        Credentials before = found;
        if (before != null) {
            return before;
        }
        Credentials login;
        if (options.access() instanceof GcsAccess.Machine) {
            login = scoped(ComputeEngineCredentials.create());
        } else {
            try {
                login = scoped(GoogleCredentials.getApplicationDefault());
            } catch (IOException e) {
                if (!(options.access() instanceof GcsAccess.Found) || isBroken()) {
                    throw new NoneFoundException(e);
                }
                foundNothing = true;
                login = NoCredentials.getInstance();
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

    /** Returns credentials without their own retries, because the request that needs the token is retried. */
    private GoogleCredentials scoped(GoogleCredentials credentials) {
        GoogleCredentials scoped =
                credentials.createScopedRequired() ? credentials.createScoped(options.scope()) : credentials;
        return scoped.createWithCustomRetryStrategy(false);
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
