package org.copick.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.copick.error.StorageException;
import org.copick.storage.remote.Redirect;

/**
 * Follows redirects. They must lead to an encrypted address, or from this machine to itself, and may not be many.
 */
final class Redirects {
    /** Maximum number of redirects of a request: one to another scheme, one to a data centre, and some spare. */
    static final int MOST = 5;

    private Redirects() {}

    /**
     * Returns the address that a redirect leads to.
     *
     * @param where the object's location, for messages
     * @param from the address that answered
     * @param status the status of the answer
     * @param location the value of the header {@code Location}; empty if there is none
     * @throws StorageException if it must not be followed; the message names the host only, as the rest may be secret
     */
    static URI next(String where, URI from, int status, String location) {
        URI to;
        try {
            to = from.resolve(new URI(location));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw refused(where, "the server redirects to an invalid address");
        }
        String scheme = String.valueOf(to.getScheme()).toLowerCase(Locale.ROOT);
        if (location.isEmpty() || to.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
            throw refused(where, "the server redirects to an invalid address");
        }
        if (to.getUserInfo() != null) {
            throw refused(where, "the server redirects to an address with a login");
        }
        if (!scheme.equals("https") && !isOnThisMachine(Origin.of(from), Origin.of(to))) {
            throw refused(
                    where,
                    "the server redirects" + Redirect.target(status, to.toString()) + ", which is not encrypted");
        }
        return to;
    }

    private static boolean isOnThisMachine(Origin from, Origin to) {
        return from.isLoopback() && to.isLoopback() && !from.isEncrypted();
    }

    static StorageException refused(String where, String what) {
        return new StorageException(
                "cannot read " + where + ": " + what + "; use the address that it finally leads to",
                new IllegalStateException(what));
    }
}
