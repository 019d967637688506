package org.copick.gcs;

import com.google.cloud.storage.Storage;
import java.net.URI;

/**
 * The vendor's client, with the requests that it cannot make.
 *
 * @param raw sends these requests over the client's connections
 * @param attempts the maximum number of attempts of a request by this package: 1 if the client retries by itself
 * @param release closes the client's connections; does nothing for a client of the application
 */
record GcsClient(Storage storage, RawRequests raw, int attempts, Runnable release) {
    static final int RETRIED_BY_CLIENT = 1;

    /** Returns whether the client retries by itself, so that nobody knows how often it has sent a request. */
    boolean retries() {
        return attempts == RETRIED_BY_CLIENT;
    }

    /** Returns whether the login was renewed after a refusal, for requests that the client does not send again. */
    boolean isRenewed() {
        return storage.getOptions().getCredentials() instanceof GcsLogin login
                && login.canRenew(URI.create(storage.getOptions().getHost()));
    }

    void close() {
        release.run();
    }
}
