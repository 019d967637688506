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
 * Where a service that is not the vendor's own is reached.
 *
 * <p>A configuration may come from a stranger. So credentials that it does not hold itself, those of this machine, go only to
 * endpoints that the user's environment names and to the vendor's own hosts.
 *
 * @param uri its scheme and host in lower case, without slashes at its end
 * @param getsMachineCredentials whether credentials that the configuration does not hold may go there
 */
public record Endpoint(URI uri, boolean getsMachineCredentials) {
    /**
     * The endpoint that a configuration names, otherwise the first that the environment names; empty without any.
     *
     * @param address for messages
     * @param option as the configuration has it, or null
     * @param environment those that the user's environment names, the most important one first
     * @param vendorHosts the vendor's own hosts, which nobody else can get
     * @throws InvalidConfigException for one that cannot be meant, or holds credentials; the message does not quote it
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

    /** Reads an endpoint such as {@code https://host:port}, possibly with slashes at its end; empty for what is none. */
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
