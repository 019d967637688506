package org.copick.storage.remote;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Detects HTTP redirects. They are not followed, because credentials are only for the endpoint. */
public final class Redirect {
    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

    private Redirect() {}

    /**
     * {@return whether an HTTP status is a redirect that names another address}
     *
     * @param status the status, such as 301
     */
    public static boolean isOne(int status) {
        return STATUSES.contains(status);
    }

    /**
     * {@return the end of a message about a redirect: {@code " to https://host:port"}; empty if there is no redirect to
     * a host}
     *
     * @param status the HTTP status
     * @param location the value of the header {@code Location}, or null if there is none; its path and query are
     *     omitted, as they may hold secrets
     */
    public static String target(int status, @Nullable String location) {
        if (!isOne(status) || location == null) {
            return "";
        }
        try {
            URI uri = new URI(location);
            return uri.getHost() == null
                    ? ""
                    : " to " + uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        } catch (URISyntaxException e) {
            return "";
        }
    }
}
