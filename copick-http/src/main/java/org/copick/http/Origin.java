package org.copick.http;

import java.net.URI;
import java.util.Locale;

/**
 * The service that a URL belongs to. Credentials for one origin are never sent to another.
 *
 * @param scheme {@code http} or {@code https}
 * @param host the host in lower case; an IPv6 address is in brackets
 * @param port the port, also if it is the default one
 */
record Origin(String scheme, String host, int port) {
    /**
     * Returns the origin of a URL.
     *
     * @param uri an absolute URL with a host
     */
    static Origin of(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int port = uri.getPort() < 0 ? defaultPort(scheme) : uri.getPort();
        return new Origin(scheme, uri.getHost().toLowerCase(Locale.ROOT), port);
    }

    private static int defaultPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    boolean isEncrypted() {
        return scheme.equals("https");
    }

    /** Returns whether the host is this machine, judged by its name alone. */
    boolean isLoopback() {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(?:\\.\\d{1,3}){3}");
    }

    /** Returns whether others on the network cannot read what is sent there. */
    boolean isPrivate() {
        return isEncrypted() || isLoopback();
    }

    /** Returns the host, and the port unless it is the default one. */
    String authority() {
        return host + (port == defaultPort(scheme) ? "" : ":" + port);
    }

    @Override
    public String toString() {
        return scheme + "://" + authority();
    }
}
