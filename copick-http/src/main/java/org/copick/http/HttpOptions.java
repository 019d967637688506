package org.copick.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.copick.storage.StoreAddress;
import org.copick.storage.remote.OptionReader;
import org.copick.storage.remote.RetryPolicy;

/**
 * The options of a store, parsed from the arguments of fsspec's HTTP file system.
 *
 * @param access the headers that the origin may receive
 * @param retryPolicy the timeouts and attempts
 */
record HttpOptions(HttpAccess access, RetryPolicy retryPolicy) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");

    /** Headers that decide how a request is made or what it reads. */
    private static final Set<String> OURS = Set.of(
            "accept-encoding",
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "range",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    static HttpOptions of(StoreAddress address, HttpRoot root, Environment environment) {
        OptionReader options = new OptionReader("a web server", address);
        OptionReader client = options.inner("client_kwargs");
        Map<String, String> headers = headers(client, "headers");
        headers.putAll(headers(options, "headers"));
        Double timeout = options.number("timeout");
        refuseUnsafe(options, client);
        options.ignoreFsspecTuning();
        options.ignore("block_size", "cache_type", "cache_options", "simple_links", "same_scheme", "size_policy");
        client.ignore("trust_env", "connector_owner", "read_bufsize");
        client.refuseOthers();
        options.refuseOthers();
        RetryPolicy policy = timeout == null
                ? RetryPolicy.DEFAULT
                : new RetryPolicy(
                        RetryPolicy.DEFAULT.connect(),
                        Duration.ofMillis(Math.max(1, Math.round(timeout * 1000))),
                        RetryPolicy.DEFAULT.attempts());
        return new HttpOptions(HttpAccess.of(address, root.origin(), headers, environment), policy);
    }

    private static void refuseUnsafe(OptionReader options, OptionReader client) {
        if (client.value("auth") != null) {
            throw client.wrong(
                    "auth",
                    "omitted, since JSON cannot hold Python's object; use \"headers\" with"
                            + " Authorization, or the environment");
        }
        if (Boolean.FALSE.equals(options.value("ssl"))) {
            throw options.wrong("ssl", "omitted: certificates are always checked");
        }
        if (options.isSet("encoded")) {
            throw options.wrong("encoded", "false or omitted: keys are always escaped");
        }
        if (options.isSet("asynchronous")) {
            throw options.wrong("asynchronous", "false or omitted");
        }
    }

    private static Map<String, String> headers(OptionReader options, String name) {
        Map<String, String> headers = new HashMap<>();
        Object given = options.value(name);
        if (given == null) {
            return headers;
        }
        if (!(given instanceof Map<?, ?> map)) {
            throw options.wrong(name, "an object");
        }
        map.forEach((header, value) -> {
            String text = String.valueOf(header);
            if (!NAME.matcher(text).matches()) {
                throw options.wrong(name, "an object whose names are those of headers");
            }
            if (!(value instanceof String content) || !isHeaderValue(content)) {
                throw options.wrong(name + "." + text, "text that a header can hold");
            }
            String lower = text.toLowerCase(Locale.ROOT);
            boolean isOurDefault =
                    lower.equals("accept-encoding") && content.strip().equals("identity");
            if (!isOurDefault && (OURS.contains(lower) || lower.startsWith("if-"))) {
                throw options.wrong(name + "." + text, "omitted: copick sets this header");
            }
            if (!isOurDefault) {
                headers.put(lower, content.strip());
            }
        });
        return headers;
    }

    /** Returns whether a text can be the value of a header: printable ASCII. */
    static boolean isHeaderValue(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 127);
    }

    /** Returns a text without credentials. */
    @Override
    public String toString() {
        return "options for " + access.origin();
    }
}
