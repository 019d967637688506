package org.copick.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.copick.error.StorageException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectInfo;
import org.copick.storage.Version;
import org.copick.storage.remote.Download;
import org.copick.storage.remote.GzipObjects;
import org.copick.storage.remote.ObjectSource;
import org.copick.storage.remote.Part;
import org.copick.storage.remote.Redirect;
import org.copick.storage.remote.Retries;
import org.jspecify.annotations.Nullable;

/**
 * Reads objects and their metadata from a web server.
 *
 * <p>A server that ignores ranges sends the whole object. This is accepted up to {@value #MOST_WITHOUT_RANGES} bytes,
 * because each range then costs as much as the object. Web pages are refused as the content of other objects: servers
 * send them with status 200 instead of an error, and a missing chunk must not be read as data.
 */
final class HttpObjects implements ObjectSource<HttpConnections> {
    /** Largest object in bytes of which a range is cut if the server supports none. */
    static final long MOST_WITHOUT_RANGES = 8 << 20;

    private static final Pattern TOTAL = Pattern.compile("bytes (?:\\d{1,18}-\\d{1,18}|\\*)/(\\d{1,18})");

    private final HttpRoot root;
    private final HttpOptions options;

    HttpObjects(HttpRoot root, HttpOptions options) {
        this.root = root;
        this.options = options;
    }

    @Override
    public Part get(HttpConnections client, String key, @Nullable ByteRange range, @Nullable Version expected)
            throws Exception {
        return Retries.run(
                options.retryPolicy().attempts(),
                HttpFailures::waitAfter,
                attempt -> once(client, key, range, expected));
    }

    @Override
    public Optional<ObjectInfo> info(HttpConnections client, String key) throws Exception {
        return Retries.run(options.retryPolicy().attempts(), HttpFailures::waitAfter, attempt -> known(client, key));
    }

    private Part once(HttpConnections client, String key, @Nullable ByteRange range, @Nullable Version expected)
            throws IOException, InterruptedException {
        Map<String, String> headers = new TreeMap<>();
        if (range != null) {
            headers.put("Range", Download.header(range));
        }
        if (expected != null) {
            Validator.condition(expected).ifPresent(condition -> headers.put(condition.name(), condition.value()));
        }
        boolean isWholeNeeded;
        try (HttpAnswer answer = send(client, "GET", key, headers)) {
            switch (answer.status()) {
                case 404, 410 -> {
                    return Part.ABSENT;
                }
                case 412 -> {
                    return Part.CHANGED;
                }
                case 416 -> {
                    if (range == null) {
                        throw refused(answer, root.uri(key));
                    }
                    isWholeNeeded = false;
                }
                default -> {
                    requireObject(answer, key);
                    if (range == null || !GzipObjects.isPacked(encoding(answer, key))) {
                        Part part = range == null ? whole(answer, key) : part(client, answer, key, range, expected);
                        return isAnother(part, expected) ? Part.CHANGED : part;
                    }
                    isWholeNeeded = true;
                    answer.stop();
                }
            }
        }
        return isWholeNeeded
                ? GzipObjects.cut(once(client, key, null, expected), range)
                : pastTheEnd(client, key, range, expected);
    }

    private static boolean isAnother(Part part, @Nullable Version expected) {
        return expected != null
                && part != Part.ABSENT
                && part != Part.CHANGED
                && !part.info().version().equals(expected);
    }

    /** Answers a range that the server reports to begin behind the end of the object. */
    private Part pastTheEnd(HttpConnections client, String key, ByteRange range, @Nullable Version expected)
            throws IOException, InterruptedException {
        Optional<ObjectInfo> now = known(client, key);
        boolean holdsIt = now.isPresent() && range.lengthIn(now.get().size()) > 0; // compressed or replaced
        return holdsIt
                ? GzipObjects.cut(once(client, key, null, expected), range)
                : Part.pastTheEnd(now, range, expected);
    }

    private Part whole(HttpAnswer answer, String key) throws IOException {
        if (answer.status() == 206) {
            answer.stop();
            throw strange(key, "the server sent a part although the whole object was requested");
        }
        String where = where(key);
        Validator validator = Validator.of(answer.headers());
        Part stored;
        if (answer.length().isEmpty() && answer.isChunked() && answer.header("Content-Range") == null) {
            byte[] content = GzipObjects.all(answer.body(), where);
            stored = Part.there(new ObjectInfo(key, content.length, validator.version(content.length)), content);
        } else {
            stored = answer.download(where, validator.version(answer.length().orElse(0)))
                    .part(key, null);
        }
        return GzipObjects.unpacked(stored, encoding(answer, key), where);
    }

    /**
     * Returns the encoding to undo, or null. Some servers state {@code gzip} for files that are gzip data themselves;
     * their content is the file.
     */
    private static @Nullable String encoding(HttpAnswer answer, String key) {
        return key.endsWith(".gz") ? null : answer.header("Content-Encoding");
    }

    private Part part(
            HttpConnections client, HttpAnswer answer, String key, ByteRange range, @Nullable Version expected)
            throws IOException, InterruptedException {
        String contentRange = answer.header("Content-Range");
        if ((answer.status() == 206) != (contentRange != null)) {
            throw strange(key, "the server sent a part without Content-Range, or a whole object with one");
        }
        Validator validator = Validator.of(answer.headers());
        if (answer.status() == 206) {
            Version version = validator.version(total(answer).orElse(0));
            return answer.download(where(key), version).part(key, range);
        }
        OptionalLong size = answer.length();
        if (size.isPresent() && isWorthReading(range, size.getAsLong())) {
            return answer.download(where(key), validator.version(size.getAsLong()))
                    .part(key, range);
        }
        answer.stop();
        if (size.isPresent() && range.fromEnd()) { // some servers support ranges, but not from the end
            long length = range.lengthIn(size.getAsLong());
            Version now = validator.version(size.getAsLong());
            ByteRange end = ByteRange.of(size.getAsLong() - length, length);
            return once(client, key, end, expected == null ? now : expected);
        }
        throw new UnsupportedFeatureException("cannot read from " + where(key)
                + ": the server ignores ranges, and the object has "
                + (size.isPresent() ? size.getAsLong() + " bytes" : "an unknown size") + ", more than the "
                + (MOST_WITHOUT_RANGES >> 20) + " MiB that are read whole instead; let the server support ranges");
    }

    /** Returns whether to read a whole object that was sent instead of a range. */
    private static boolean isWorthReading(ByteRange range, long size) {
        return size <= MOST_WITHOUT_RANGES || range.lengthIn(size) == size;
    }

    private Optional<ObjectInfo> known(HttpConnections client, String key) throws IOException, InterruptedException {
        try (HttpAnswer answer = send(client, "HEAD", key, Map.of())) {
            if (answer.status() == 404 || answer.status() == 410) {
                return Optional.empty();
            }
            if (answer.status() != 405 && answer.status() != 501) {
                requireObject(answer, key);
                if (answer.length().isPresent() && !GzipObjects.isPacked(encoding(answer, key))) {
                    return Optional.of(info(answer, key, answer.length().getAsLong()));
                }
            }
        }
        return knownByContent(client, key);
    }

    /** Looks up an object whose size the server does not tell without its content. */
    private Optional<ObjectInfo> knownByContent(HttpConnections client, String key)
            throws IOException, InterruptedException {
        try (HttpAnswer answer = send(client, "GET", key, Map.of("Range", Download.header(ByteRange.of(0, 1))))) {
            if (answer.status() == 404 || answer.status() == 410) {
                return Optional.empty();
            }
            if (answer.status() != 416) {
                requireObject(answer, key);
                OptionalLong size = answer.status() == 206 ? total(answer) : answer.length();
                if (size.isPresent() && !GzipObjects.isPacked(encoding(answer, key))) {
                    answer.stop();
                    return Optional.of(info(answer, key, size.getAsLong()));
                }
            }
            answer.stop();
        }
        Part whole = once(client, key, null, null);
        return whole == Part.ABSENT ? Optional.empty() : Optional.of(whole.info());
    }

    private static ObjectInfo info(HttpAnswer answer, String key, long size) {
        return new ObjectInfo(key, size, Validator.of(answer.headers()).version(size));
    }

    /** Returns the size of the whole object according to {@code Content-Range}. */
    private static OptionalLong total(HttpAnswer answer) {
        Matcher range = TOTAL.matcher(String.valueOf(answer.header("Content-Range")));
        return range.matches() ? OptionalLong.of(Long.parseLong(range.group(1))) : OptionalLong.empty();
    }

    /** Sends a request, and follows redirects. */
    private HttpAnswer send(HttpConnections client, String method, String key, Map<String, String> headers)
            throws IOException, InterruptedException {
        URI uri = root.uri(key);
        for (int redirects = 0; ; redirects++) {
            HttpAnswer answer = new HttpAnswer(
                    client.send(
                            request(method, uri, headers), options.retryPolicy().read()),
                    options.retryPolicy());
            if (!Redirect.isOne(answer.status())) {
                return accepted(answer, uri);
            }
            String location = answer.headers().firstValue("Location").orElse("");
            answer.close();
            if (redirects == Redirects.MOST) {
                throw Redirects.refused(where(key), "the server redirects more than " + Redirects.MOST + " times");
            }
            uri = Redirects.next(where(key), uri, answer.status(), location);
        }
    }

    private HttpRequest request(String method, URI uri, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(options.retryPolicy()
                        .connect()
                        .plus(options.retryPolicy().read()))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .setHeader("User-Agent", "copick-java");
        options.access().headersFor(uri).forEach(request::setHeader);
        headers.forEach(request::setHeader);
        return request.setHeader("Accept-Encoding", "identity").build();
    }

    /** Returns an answer that this class handles; throws {@link Refused} for others. */
    private HttpAnswer accepted(HttpAnswer answer, URI uri) throws IOException {
        switch (answer.status()) {
            case 200, 206, 404, 405, 410, 412, 416, 501 -> {
                return answer;
            }
            default -> {
                Refused refused = refused(answer, uri);
                answer.close();
                throw refused;
            }
        }
    }

    private Refused refused(HttpAnswer answer, URI uri) {
        Origin origin = Origin.of(uri);
        return new Refused(
                answer.status(), origin, Retries.after(answer.header("Retry-After")), !origin.equals(root.origin()));
    }

    private void requireObject(HttpAnswer answer, String key) throws IOException {
        if (answer.status() != 200 && answer.status() != 206) {
            throw refused(answer, root.uri(key));
        }
        if (answer.isPage() && !key.endsWith(".html") && !key.endsWith(".htm")) {
            answer.stop();
            throw strange(
                    key,
                    "the server sent a web page (text/html) instead of it; check the address, log in, and let"
                            + " the server answer 404 for missing objects");
        }
    }

    private StorageException strange(String key, String what) {
        return new StorageException("cannot read " + where(key) + ": " + what, new IllegalStateException(what));
    }

    private String where(String key) {
        return root.location() + "/" + key;
    }
}
