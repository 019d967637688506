package org.copick.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A web server with objects in memory, below {@code /data/}. It records requests and can lack features. */
final class WebServer implements AutoCloseable {
    static {
        // read once in a process; without it every answer of every server takes 40 ms
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** A feature that the server lacks, or a fault that it has. */
    enum Quirk {
        NO_RANGES,
        NO_RANGES_FROM_END,
        NO_HEAD,
        NO_LENGTH,
        NO_CONDITIONS,
        NO_ETAG,
        WEAK_ETAG,
        NO_DATE,
        WRONG_RANGE,
        PART_WITHOUT_RANGE,
        FORBIDDEN_IF_MISSING,
        PAGE_IF_MISSING
    }

    /** An object with its headers. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Stored(byte[] bytes, long number, String encoding) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "web-server");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Stored> objects = new ConcurrentSkipListMap<>();
    private final Map<String, String> redirects = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private final Set<Quirk> quirks = EnumSet.noneOf(Quirk.class);
    private volatile String authorization = "";

    WebServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    WebServer with(Quirk... more) {
        quirks.addAll(List.of(more));
        return this;
    }

    /** Answers 401 unless a request has this header {@code Authorization}. */
    void demand(String value) {
        authorization = value;
    }

    void put(String key, byte[] bytes) {
        objects.put(key, new Stored(bytes.clone(), numbers.incrementAndGet(), ""));
    }

    void put(String key, String text) {
        put(key, text.getBytes(StandardCharsets.UTF_8));
    }

    void putEncoded(String key, byte[] bytes, String encoding) {
        objects.put(key, new Stored(bytes, numbers.incrementAndGet(), encoding));
    }

    /** Redirects a path, such as {@code /old/a}. */
    void redirect(String path, String location) {
        redirects.put(path, location);
    }

    Set<String> keys() {
        return objects.keySet();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Returns the URL of the objects, without a slash at its end. */
    String url() {
        return endpoint() + "/data";
    }

    /** Returns the requests since the last call: method, path as sent, and the headers that matter. */
    List<String> seen() {
        List<String> all = List.copyOf(seen);
        seen.clear();
        return all;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            StringBuilder request = new StringBuilder(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            for (String name : List.of("Range", "If-Match", "If-Unmodified-Since", "Authorization", "X-Key")) {
                String value = exchange.getRequestHeaders().getFirst(name);
                request.append(value == null ? "" : " " + name + ": " + value);
            }
            seen.add(request.toString());
            answer(exchange);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        String location = redirects.get(path);
        if (location != null) {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(302, -1);
            return;
        }
        if (!authorization.isEmpty()
                && !authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.sendResponseHeaders(401, -1);
            return;
        }
        String key = path.startsWith("/data/")
                ? URLDecoder.decode(path.substring(6).replace("+", "%2B"), StandardCharsets.UTF_8)
                : "";
        Stored stored = objects.get(key);
        if (stored == null) {
            missing(exchange);
        } else {
            send(exchange, stored);
        }
    }

    private void missing(HttpExchange exchange) throws IOException {
        boolean isPage = quirks.contains(Quirk.PAGE_IF_MISSING);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        int status = isPage ? 200 : quirks.contains(Quirk.FORBIDDEN_IF_MISSING) ? 403 : 404;
        body(exchange, status, "<html>not data</html>".getBytes(StandardCharsets.UTF_8));
    }

    private void send(HttpExchange exchange, Stored stored) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        String etag = "\"v" + stored.number + "\"";
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.ofEpochSecond(1_700_000_000 + stored.number).atOffset(ZoneOffset.UTC));
        headers.set("Content-Type", "application/octet-stream");
        if (!quirks.contains(Quirk.NO_ETAG)) {
            headers.set("ETag", quirks.contains(Quirk.WEAK_ETAG) ? "W/" + etag : etag);
        }
        if (!quirks.contains(Quirk.NO_DATE)) {
            headers.set("Last-Modified", date);
        }
        if (!stored.encoding.isEmpty()) {
            headers.set("Content-Encoding", stored.encoding);
        }
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        if (isHead && quirks.contains(Quirk.NO_HEAD)) {
            exchange.sendResponseHeaders(405, -1);
        } else if (!quirks.contains(Quirk.NO_CONDITIONS) && isRefused(exchange.getRequestHeaders(), etag, date)) {
            exchange.sendResponseHeaders(412, -1);
        } else {
            String range = exchange.getRequestHeaders().getFirst("Range");
            content(exchange, stored.bytes, isHead ? null : range);
        }
    }

    private static boolean isRefused(Headers request, String etag, String date) {
        String match = request.getFirst("If-Match");
        String since = request.getFirst("If-Unmodified-Since");
        return (match != null && !match.equals(etag)) || (match == null && since != null && !since.equals(date));
    }

    private void content(HttpExchange exchange, byte[] bytes, @Nullable String range) throws IOException {
        boolean isIgnored = quirks.contains(Quirk.NO_RANGES)
                || (range != null && range.startsWith("bytes=-") && quirks.contains(Quirk.NO_RANGES_FROM_END));
        if (range == null || isIgnored) {
            body(exchange, 200, bytes);
            return;
        }
        String[] ends = range.substring("bytes=".length()).split("-", -1);
        long from = ends[0].isEmpty() ? Math.max(0, bytes.length - Long.parseLong(ends[1])) : Long.parseLong(ends[0]);
        long to = ends[0].isEmpty() ? bytes.length : Math.min(bytes.length, Math.max(0, Long.parseLong(ends[1])) + 1);
        if (from >= bytes.length) {
            exchange.getResponseHeaders().set("Content-Range", "bytes */" + bytes.length);
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        if (!quirks.contains(Quirk.PART_WITHOUT_RANGE)) {
            long told = quirks.contains(Quirk.WRONG_RANGE) ? from + 1 : from;
            exchange.getResponseHeaders().set("Content-Range", "bytes " + told + "-" + (to - 1) + "/" + bytes.length);
        }
        body(exchange, 206, Arrays.copyOfRange(bytes, (int) from, (int) to));
    }

    private void body(HttpExchange exchange, int status, byte[] bytes) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            if (!quirks.contains(Quirk.NO_LENGTH)) {
                exchange.getResponseHeaders().set("Content-Length", String.valueOf(bytes.length));
            }
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        // 0 means chunked to this server, -1 no content
        long length = quirks.contains(Quirk.NO_LENGTH) ? 0 : bytes.length == 0 ? -1 : bytes.length;
        exchange.sendResponseHeaders(status, length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
