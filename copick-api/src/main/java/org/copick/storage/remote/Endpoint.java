package org.copick.storage.remote;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
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
            boolean known = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            boolean plain = uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
            if (known && plain && uri.getHost() != null) {
                String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
                return new URI(scheme, null, uri.getHost(), uri.getPort(), uri.getPath(), null, null);
            }
        } catch (URISyntaxException e) {
            // told below, without the text, which may hold a password
        }
        throw new InvalidConfigException("cannot open " + address.url()
                + ": endpoint_url must be like https://host:port, without user name, query and fragment");
    }
}
