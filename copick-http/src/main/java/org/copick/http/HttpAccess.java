package org.copick.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.copick.error.InvalidConfigException;
import org.copick.http.Netrc.Login;
import org.copick.storage.StoreAddress;

/**
 * The headers that only the origin of a store may receive: configured ones, and credentials.
 *
 * @param origin the origin of the store
 * @param headers the headers
 * @param hint the way to provide credentials, or why none are sent; for the message after a refusal
 */
record HttpAccess(Origin origin, Map<String, String> headers, String hint) {
    static final String HOST = "COPICK_HTTP_HOST";
    static final String TOKEN = "COPICK_HTTP_TOKEN";
    static final String USER = "COPICK_HTTP_USER";
    static final String PASSWORD = "COPICK_HTTP_PASSWORD";

    private static final String AUTHORIZATION = "authorization";

    /**
     * Returns the headers for an origin.
     *
     * @param configured the headers of the configuration, by names in lower case
     * @throws InvalidConfigException if they would be sent unencrypted, or the environment is contradictory
     */
    static HttpAccess of(StoreAddress address, Origin origin, Map<String, String> configured, Environment environment) {
        if (!origin.isPrivate()) {
            if (!configured.isEmpty()) {
                throw new InvalidConfigException("cannot open " + address.url() + ": configured headers are not sent"
                        + " unencrypted; use an https:// address");
            }
            return new HttpAccess(origin, Map.of(), "credentials are only sent to https:// addresses");
        }
        if (configured.containsKey(AUTHORIZATION)) {
            return new HttpAccess(origin, configured, "check the header Authorization in the configuration");
        }
        Map<String, String> headers = new TreeMap<>(configured);
        Optional<String> found = ofVariables(address, origin, environment);
        String source = "check " + TOKEN + ", or " + USER + " and " + PASSWORD;
        if (found.isEmpty()) {
            found = Netrc.find(environment.netrc(), origin.host())
                    .map(login -> basic(address, "the file .netrc", login));
            source = "check the entry for " + origin.host() + " in " + environment.netrc();
        }
        found.ifPresent(value -> headers.put(AUTHORIZATION, value));
        return new HttpAccess(origin, Map.copyOf(headers), found.isPresent() ? source : remedy(origin, environment));
    }

    private static Optional<String> ofVariables(StoreAddress address, Origin origin, Environment environment) {
        if (!environment
                .variable(HOST)
                .map(String::strip)
                .filter(origin.authority()::equalsIgnoreCase)
                .isPresent()) {
            return Optional.empty();
        }
        Optional<String> token = environment.variable(TOKEN).map(String::strip);
        Optional<String> user = environment.variable(USER);
        Optional<String> password = environment.variable(PASSWORD);
        if (token.isPresent() && (user.isPresent() || password.isPresent())) {
            throw new InvalidConfigException("cannot open " + address.url() + ": both " + TOKEN + " and " + USER
                    + " or " + PASSWORD + " are set; unset one of them");
        }
        if (user.isPresent() != password.isPresent()) {
            throw new InvalidConfigException(
                    "cannot open " + address.url() + ": only one of " + USER + " and " + PASSWORD + " is set");
        }
        if (token.isPresent() && !HttpOptions.isHeaderValue(token.get())) {
            throw new InvalidConfigException(
                    "cannot open " + address.url() + ": " + TOKEN + " has characters that a header cannot hold");
        }
        return token.map(value -> "Bearer " + value)
                .or(() -> user.map(name -> basic(address, USER, new Login(name, password.orElse("")))));
    }

    private static String basic(StoreAddress address, String source, Login login) {
        if (login.user().indexOf(':') >= 0) {
            throw new InvalidConfigException(
                    "cannot open " + address.url() + ": the user name in " + source + " must not contain a colon");
        }
        byte[] pair = (login.user() + ":" + login.password()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private static String remedy(Origin origin, Environment environment) {
        boolean isForOthers = environment.variable(TOKEN).isPresent()
                || environment.variable(PASSWORD).isPresent();
        return isForOthers
                ? "set " + HOST + "=" + origin.authority() + " to send yours there"
                : "set " + HOST + "=" + origin.authority() + " with " + TOKEN + " or with " + USER + " and " + PASSWORD
                        + ", or add the host to .netrc";
    }

    /** Returns whether credentials are sent. */
    boolean hasCredentials() {
        return headers.containsKey(AUTHORIZATION);
    }

    /** Returns the headers for a URL: none if it belongs to another origin. */
    Map<String, String> headersFor(URI uri) {
        return Origin.of(uri).equals(origin) ? headers : Map.of();
    }

    /** Returns a text without credentials. */
    @Override
    public String toString() {
        return "access to " + origin;
    }
}
