package org.copick.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A distant service with the reading part of Google Cloud Storage's JSON protocol, on the loopback interface. Its buckets
 * {@code small}, {@code chunks} and {@code picks} hold the projects of {@link ArchiveKeys}.
 *
 * <p>An answer is sent one round-trip time after it is ready; the first one of a connection after two, like a handshake. The
 * control paths {@code /stats} (counts as JSON) and {@code /reset} (the same, then sets the counts to zero) answer
 * immediately and are not counted.
 */
final class ArchiveServer {
    private static final int MOST_RESULTS = 1000;
    private static final int BACKLOG = 256;
    private static final String BUCKETS = "/storage/v1/b/";
    private static final String DOWNLOADS = "/download/storage/v1/b/";
    private static final String GENERATION = "1";
    private static final String PICKS = "{\"pickable_object_name\": \"ribosome\", \"user_id\": \"tool\","
            + " \"session_id\": \"0\", \"run_name\": \"TS\", \"points\": []}";
    private static final String OTHER = "{}";

    private final Map<String, ArchiveKeys> buckets;
    private final long roundTripMicros;
    private final LongAdder listings = new LongAdder();
    private final LongAdder reads = new LongAdder();
    private final LongAdder connections = new LongAdder();
    private final Set<InetSocketAddress> clients = ConcurrentHashMap.newKeySet();

    private ArchiveServer(Map<String, ArchiveKeys> buckets, long roundTripMicros) {
        this.buckets = buckets;
        this.roundTripMicros = roundTripMicros;
    }

    /**
     * Starts the server, prints its port, and ends with the standard input, so that it never outlives its caller.
     *
     * <p>Arguments: the number of runs and the round-trip time in ms.
     */
    public static void main(String[] arguments) throws IOException {
        // read once in a process; without it answers wait for acknowledgements
        System.setProperty("sun.net.httpserver.nodelay", "true");
        int runs = Integer.parseInt(arguments[0]);
        long micros = Math.round(Double.parseDouble(arguments[1]) * TimeUnit.MILLISECONDS.toMicros(1));
        Map<String, ArchiveKeys> buckets = Map.of(
                "small", ArchiveKeys.small(runs), "chunks", ArchiveKeys.chunks(runs), "picks", ArchiveKeys.picks());
        ArchiveServer archive = new ArchiveServer(buckets, micros);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/stats", exchange -> send(exchange, 200, archive.stats()));
        server.createContext("/reset", exchange -> {
            String stats = archive.stats();
            archive.reset();
            send(exchange, 200, stats);
        });
        server.createContext("/", archive::answer);
        server.start();
        System.out.println(server.getAddress().getPort());
        System.in.transferTo(OutputStream.nullOutputStream()); // until the caller closes it
        System.exit(0);
    }

    private String stats() {
        return "{\"requests\": " + (listings.sum() + reads.sum()) + ", \"listings\": " + listings.sum()
                + ", \"reads\": " + reads.sum() + ", \"connections\": " + connections.sum() + "}";
    }

    private void reset() {
        for (LongAdder count : new LongAdder[] {listings, reads, connections}) {
            count.reset();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        Answer answer =
                answer(exchange.getRequestMethod(), exchange.getRequestURI().getRawPath(), query(exchange));
        boolean isNew = clients.add(exchange.getRemoteAddress());
        if (isNew) {
            connections.increment();
        }
        try {
            TimeUnit.MICROSECONDS.sleep(isNew ? 2 * roundTripMicros : roundTripMicros);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.getResponseHeaders().set("X-Goog-Generation", GENERATION);
        send(exchange, answer.status, answer.body);
    }

    private Answer answer(String method, String path, Map<String, String> query) {
        boolean isDownload = path.startsWith(DOWNLOADS);
        if (!method.equals("GET") || (!isDownload && !path.startsWith(BUCKETS))) {
            return failure(400, method + " " + path + " is unknown here");
        }
        String[] parts =
                path.substring((isDownload ? DOWNLOADS : BUCKETS).length()).split("/", 3);
        ArchiveKeys keys = buckets.get(parts[0]);
        if (keys == null || parts.length < 2) {
            return failure(404, "there is no bucket " + parts[0]);
        }
        if (parts.length == 2) {
            listings.increment();
            return new Answer(200, page(parts[0], keys, query));
        }
        reads.increment();
        String key = decoded(parts[2]);
        if (!keys.contains(key)) {
            return failure(404, "there is no object " + key);
        }
        return new Answer(200, isDownload || "media".equals(query.get("alt")) ? content(key) : item(parts[0], key));
    }

    /** Returns a page of a listing. Its token is the index of the key that begins the next page. */
    private static String page(String bucket, ArchiveKeys keys, Map<String, String> query) {
        String prefix = query.getOrDefault("prefix", "");
        String from = query.getOrDefault("startOffset", "");
        String delimiter = query.get("delimiter");
        int most = Math.min(MOST_RESULTS, Integer.parseInt(query.getOrDefault("maxResults", "1000")));
        String token = query.get("pageToken");
        int at = token != null ? Integer.parseInt(token) : keys.from(from.compareTo(prefix) > 0 ? from : prefix);
        StringBuilder items = new StringBuilder();
        StringBuilder prefixes = new StringBuilder();
        for (int found = 0; at < keys.size(); found++) {
            String key = keys.get(at);
            if (!key.startsWith(prefix)) {
                return page(items, prefixes, null);
            }
            if (found == most) {
                return page(items, prefixes, at);
            }
            String common = common(key, prefix, delimiter);
            if (common == null) {
                items.append(items.isEmpty() ? "" : ",").append(item(bucket, key));
                at++;
            } else {
                prefixes.append(prefixes.isEmpty() ? "\"" : ",\"")
                        .append(common)
                        .append('"');
                at = keys.from(common + Character.MAX_VALUE);
            }
        }
        return page(items, prefixes, null);
    }

    private static @Nullable String common(String key, String prefix, @Nullable String delimiter) {
        int end = delimiter == null ? -1 : key.indexOf(delimiter, prefix.length());
        return delimiter == null || end < 0 ? null : key.substring(0, end + delimiter.length());
    }

    private static String page(StringBuilder items, StringBuilder prefixes, @Nullable Integer next) {
        return "{\"kind\":\"storage#objects\"" + (next == null ? "" : ",\"nextPageToken\":\"" + next + "\"")
                + (prefixes.isEmpty() ? "" : ",\"prefixes\":[" + prefixes + "]")
                + (items.isEmpty() ? "" : ",\"items\":[" + items + "]") + "}";
    }

    private static String item(String bucket, String key) {
        return "{\"bucket\":\"" + bucket + "\",\"name\":\"" + key + "\",\"generation\":\"" + GENERATION
                + "\",\"size\":\"" + content(key).length() + "\"}";
    }

    private static String content(String key) {
        return key.contains("/Picks/") ? PICKS : OTHER;
    }

    private record Answer(int status, String body) {}

    private static Answer failure(int status, String message) {
        return new Answer(
                status, "{\"error\": {\"code\": " + status + ", \"message\": \"" + message.replace('"', ' ') + "\"}}");
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String part : raw == null ? new String[0] : raw.split("&")) {
            int equals = part.indexOf('=');
            query.put(part.substring(0, Math.max(0, equals)), decoded(part.substring(equals + 1)));
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
            byte[] sent = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, sent.length);
            exchange.getResponseBody().write(sent);
        }
    }
}
