package org.copick.storage.remote;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers that send to another address. They are not followed: credentials are for the endpoint alone. */
public final class Redirect {
    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

    private Redirect() {}

    /** Whether a status sends elsewhere. */
    public static boolean isOne(int status) {
        return STATUSES.contains(status);
    }

    /**
     * The end of a message about a status: {@code " to https://host:port"}, or empty for any other status.
     *
     * @param location the header of that name, whose path and query may hold secrets
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
