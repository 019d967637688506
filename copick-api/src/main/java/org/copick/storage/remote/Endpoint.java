package org.copick.storage.remote;

import java.net.URI;
import java.net.URISyntaxException;
import org.copick.error.InvalidConfigException;
import org.copick.storage.StoreAddress;

/** Where a service that is not the vendor's own is reached. */
public final class Endpoint {
    private Endpoint() {}

    /**
     * Reads an endpoint such as {@code https://host:port}.
     *
     * @param address for messages
     * @param text as a person gave it, possibly with slashes at its end
     * @throws InvalidConfigException where it is none, or holds credentials; the message does not quote it
     */
    public static URI of(StoreAddress address, String text) {
        try {
            URI uri = new URI(text.replaceFirst("/+$", ""));
            boolean known = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (known && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // told below, without the text, which may hold a password
        }
        throw new InvalidConfigException("cannot open " + address.url()
                + ": endpoint_url must be like https://host:port, without user name and query");
    }
}
