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
 * Puts credentials to requests. Those of the machine are looked for at the first request, which may ask a service of the
 * machine's own. Safe for use by many threads.
 */
final class GcsLogin implements HttpRequestInitializer {
    private static final HttpRequestInitializer NOBODY = request -> {};

    private final GcsOptions options;
    private final GenericUrl endpoint;
    private volatile @Nullable HttpRequestInitializer found;
    private volatile boolean foundNothing;

    /** @param transport bounds the answers of a service for tokens that the options name */
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

    /** There are no credentials although they are wanted. */
    static final class NoneFoundException extends IOException {
        private static final long serialVersionUID = 1L;

        NoneFoundException(Throwable cause) {
            super("no credentials were found", cause);
        }
    }

    /** Whether credentials were looked for in vain, so that requests are made without. */
    boolean foundNothing() {
        return foundNothing;
    }

    /** Puts credentials to a request to the endpoint, and none to any other host, as the service may name for an upload. */
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

    /** Whether somebody named a file of credentials, which then must not be passed over in silence. */
    private static boolean isBroken() {
        String file = System.getenv("GOOGLE_APPLICATION_CREDENTIALS");
        return file != null && !file.isBlank();
    }

    /** Without repetitions of its own, because the request that needs the token is repeated. */
    private HttpRequestInitializer adapter(GoogleCredentials credentials) {
        GoogleCredentials scoped =
                credentials.createScopedRequired() ? credentials.createScoped(options.scope()) : credentials;
        return new HttpCredentialsAdapter(scoped.createWithCustomRetryStrategy(false));
    }

    /** Other kinds of keys can make this program ask anyone, and so are taken from the machine's own settings alone. */
    private static GoogleCredentials read(GcsAccess.Key key, HttpTransport transport) {
        try {
            GoogleCredentials read = GoogleCredentials.fromStream(
                    new ByteArrayInputStream(key.json().getBytes(StandardCharsets.UTF_8)), () -> transport);
            if (read instanceof ServiceAccountCredentials || read instanceof UserCredentials) {
                return read;
            }
        } catch (IOException | RuntimeException e) {
            // told below, without the text, which may be quoted there
        }
        throw new InvalidConfigException(
                "the option \"token\" for Google Cloud Storage names or holds no key of a service"
                        + " account and no login of a person; make a key anew, or log in by \"gcloud auth application-default login\""
                        + " and leave it out");
    }
}
