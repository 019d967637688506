package org.copick.gcs.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request, which may be part of a batch. */
final class Request {
    private final String method;
    private final List<String> path = new ArrayList<>();
    private final Map<String, String> query = new TreeMap<>();
    private final Map<String, String> headers;
    private final byte[] body;

    /**
     * Parses a request.
     *
     * @param headers the headers by their names in lower case
     */
    Request(String method, String target, Map<String, String> headers, byte[] body) {
        this.method = method;
        this.headers = headers;
        this.body = body;
        String[] parts = target.split("\\?", 2);
        for (String segment : parts[0].substring(1).split("/", -1)) {
            path.add(decoded(segment));
        }
        if (parts.length > 1 && !parts[1].isEmpty()) {
            for (String pair : parts[1].split("&", -1)) {
                String[] sides = pair.split("=", 2);
                if (query.put(decoded(sides[0]), sides.length < 2 ? "" : decoded(sides[1])) != null) {
                    throw Refusal.bad("twice the same parameter: " + sides[0]);
                }
            }
        }
    }

    /**
     * Decodes a query or path. A plus is kept: it means a blank in queries, but the service keeps escaped ones in
     * names.
     */
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    String method() {
        return method;
    }

    /** Returns the decoded segments of the path; names of objects contain slashes only if these are escaped. */
    List<String> path() {
        return path;
    }

    String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    byte[] body() {
        return body;
    }

    @Nullable String query(String name) {
        return query.get(name);
    }

    @Nullable Long number(String name) {
        String value = query.get(name);
        try {
            return value == null ? null : Long.valueOf(value);
        } catch (NumberFormatException e) {
            throw Refusal.bad("Invalid value for " + name + ": " + value);
        }
    }

    /** Refuses parameters that the operation does not have. */
    void allow(String... names) {
        List<String> allowed = new ArrayList<>(List.of(names));
        allowed.addAll(List.of("fields", "userProject", "prettyPrint", "alt", "quotaUser"));
        for (String name : query.keySet()) {
            if (!allowed.contains(name)) {
                throw Refusal.bad("Unknown parameter: " + name);
            }
        }
    }
}
