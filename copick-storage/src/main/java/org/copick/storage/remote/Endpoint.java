package org.copick.storage.remote;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.copick.error.InvalidConfigException;
import org.copick.storage.StoreAddress;
import org.jspecify.annotations.Nullable;

/**
 * The address of a service other than the vendor's default one.
 *
 * <p>A configuration may come from a stranger. Credentials of this machine, which are not part of the configuration,
 * are therefore only sent to endpoints that the user's environment names and to the vendor's own hosts.
 *
 * @param uri the address, with scheme and host in lower case and without trailing slashes
 * @param getsMachineCredentials whether this machine's credentials may be sent to the endpoint
 */
public record Endpoint(URI uri, boolean getsMachineCredentials) {
    /**
     * {@return the endpoint of the configuration, or else the first one of the environment; empty if there is none}
     *
     * @param address the store's address, for messages
     * @param option the configuration's endpoint, or null
     * @param environment the endpoints of the user's environment, highest precedence first
     * @param vendorHosts matches the vendor's own hosts, whose names nobody else can register
     * @throws InvalidConfigException if the endpoint is invalid or holds credentials; the message does not quote it
     */
    public static Optional<Endpoint> find(
            StoreAddress address, @Nullable String option, List<String> environment, Pattern vendorHosts) {
        if (option == null) {
            return environment.stream().findFirst().map(text -> new Endpoint(of(address, text), true));
        }
        URI uri = of(address, option);
        boolean isVendors = uri.getScheme().equals("https")
                && vendorHosts.matcher(uri.getHost()).matches();
        boolean isUsers = environment.stream().map(Endpoint::parsed).anyMatch(known -> known.equals(Optional.of(uri)));
        return Optional.of(new Endpoint(uri, isVendors || isUsers));
    }

    private static URI of(StoreAddress address, String text) {
        return parsed(text)
                .orElseThrow(() -> new InvalidConfigException("cannot open " + address.url()
                        + ": endpoint_url must be like https://host:port, without user name, query and fragment"));
    }

    /** Parses an endpoint such as {@code https://host:port}, possibly with trailing slashes; empty if it is invalid. */
    private static Optional<URI> parsed(String text) {
        try {
            URI uri = new URI(text.strip().replaceFirst("/+$", ""));
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean plain = uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
            if (!(scheme.equals("http") || scheme.equals("https")) || !plain || uri.getHost() == null) {
                return Optional.empty();
            }
            boolean usualPort = uri.getPort() == (scheme.equals("http") ? 80 : 443);
            String host = uri.getHost().toLowerCase(Locale.ROOT);
            return Optional.of(new URI(scheme, null, host, usualPort ? -1 : uri.getPort(), uri.getPath(), null, null));
        } catch (URISyntaxException e) {
            return Optional.empty(); // the exception quotes the text, which may hold a password
        }
    }
}
