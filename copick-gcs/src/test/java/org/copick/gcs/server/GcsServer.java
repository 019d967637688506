package org.copick.gcs.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A server with the JSON protocol of Google Cloud Storage on the loopback interface.
 *
 * <p>It is as strict as the documentation of the service: preconditions of every operation, pages, batches of at most a
 * hundred, sessions, checksums, compressed objects. It refuses unknown requests. Buckets exist after {@link #create}.
 */
public final class GcsServer implements AutoCloseable {
    private static final int LARGE = 64 << 10;
    private static final int MOST_IN_BATCH = 100;

    private static @Nullable GcsServer shared;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "gcs-server");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Contents> buckets = new ConcurrentHashMap<>();
    private final Uploads uploads = new Uploads();
    private final List<Trap> traps = new CopyOnWriteArrayList<>();

    private static final class Trap {
        final String operation;
        final String name;
        final Refusal refusal;
        final AtomicInteger times;

        Trap(String operation, String name, Refusal refusal, int times) {
            this.operation = operation;
            this.name = name;
            this.refusal = refusal;
            this.times = new AtomicInteger(times);
        }
    }

    /** Starts a new, empty server. */
    public GcsServer() {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /** Returns the server that all tests of the process share; it ends with the process. */
    public static synchronized GcsServer running() {
        GcsServer running = shared;
        if (running == null) {
            running = new GcsServer();
            shared = running;
        }
        return running;
    }

    /** Returns the URL at which the server listens. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Creates a bucket unless it exists. */
    public void create(String bucket) {
        buckets.computeIfAbsent(bucket, Contents::new);
    }

    /** Makes listings of this bucket begin with an empty page. */
    public void hesitate(String bucket) {
        contents(bucket).hesitate();
    }

    /** Makes this bucket require that this project pays for requests. */
    public void paidBy(String bucket, String project) {
        contents(bucket).paidBy(project);
    }

    /** Refuses the next deletions of an object, {@code times} times, including those in a batch. */
    public void keep(String name, int times, int status, String reason) {
        traps.add(new Trap("DELETE object", name, new Refusal(status, reason, "as the test wants it"), times));
    }

    /** Stops refusing deletions. */
    public void keepNothing() {
        traps.clear();
    }

    /** Returns the number of sessions that are neither complete nor cancelled. */
    public int openSessions() {
        return uploads.open();
    }

    /** Stores an object as other programs may, with this {@code Content-Encoding}. */
    public void put(String bucket, String name, byte[] content, String encoding) {
        contents(bucket)
                .put(
                        name,
                        Stored.JSON.createObjectNode().put("contentEncoding", encoding),
                        content,
                        new Request("PUT", "/", Map.of(), new byte[0]));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private Contents contents(String bucket) {
        Contents contents = buckets.get(bucket);
        if (contents == null) {
            throw Refusal.noBucket();
        }
        return contents;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request = read(exchange);
            if (request == null) {
                return;
            }
            send(exchange, answered(request));
        }
    }

    /** Reads the request; returns null if the connection ended within its content. */
    private @Nullable Request read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        String target = exchange.getRequestURI().toASCIIString();
        String session = new Request("", target, headers, new byte[0]).query("upload_id");
        String id = session == null ? "" : session;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean whole = true;
        uploads.arriving(id, 1);
        try {
            try (InputStream in = exchange.getRequestBody()) {
                byte[] buffer = new byte[64 << 10];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    body.write(buffer, 0, n);
                }
            } catch (IOException e) {
                whole = false;
            }
            Request request = new Request(exchange.getRequestMethod(), target, headers, body.toByteArray());
            if (!whole && session != null) {
                uploads.broken(request);
            }
            return whole ? request : null;
        } finally {
            uploads.arriving(id, -1);
        }
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        reply.headers().forEach(header -> headers.add(header.getKey(), header.getValue()));
        exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
        if (reply.body().length > 0) {
            exchange.getResponseBody().write(reply.body());
        }
    }

    private Reply answered(Request request) {
        boolean forContent = request.path().get(0).equals("download");
        try {
            return answer(request);
        } catch (Refusal e) {
            return e.reply(forContent);
        }
    }

    private Reply answer(Request request) {
        List<String> path = request.path();
        if (path.equals(List.of("batch", "storage", "v1")) && request.method().equals("POST")) {
            return batch(request);
        }
        if (path.equals(List.of("upload", "storage", "v1", "session"))) {
            return request.method().equals("DELETE") ? uploads.giveUp(request) : uploads.goOn(request);
        }
        boolean special = path.get(0).equals("upload") || path.get(0).equals("download");
        List<String> inside = path.subList(special ? 1 : 0, path.size());
        if (isRewrite(inside) && request.method().equals("POST")) {
            return rewritten(inside, request);
        }
        if (inside.size() < 5
                || inside.size() > 6
                || !inside.subList(0, 3).equals(List.of("storage", "v1", "b"))
                || !inside.get(4).equals("o")) {
            throw new Refusal(404, "notFound", "Not Found: " + path);
        }
        Contents bucket = contents(inside.get(3));
        bucket.requirePayer(request);
        String operation =
                request.method() + (special ? " " + path.get(0) : "") + (inside.size() == 6 ? " object" : "");
        String name = inside.size() == 6 ? inside.get(5) : "";
        for (Trap trap : traps) {
            if (trap.operation.equals(operation) && trap.name.equals(name) && trap.times.getAndDecrement() > 0) {
                throw trap.refusal;
            }
        }
        return switch (operation) {
            case "GET" -> {
                request.allow("prefix", "delimiter", "startOffset", "maxResults", "pageToken", "projection");
                yield Reply.json(200, Fields.filtered(bucket.list(request), request));
            }
            case "GET object" -> {
                request.allow("generation", "ifGenerationMatch", "ifGenerationNotMatch", "projection");
                yield Reply.json(200, Fields.filtered(bucket.get(name, request).resource(), request));
            }
            case "GET download object" -> {
                request.allow("generation", "ifGenerationMatch", "ifGenerationNotMatch");
                if (!"media".equals(request.query("alt"))) {
                    throw Refusal.bad("alt=media is missing");
                }
                yield Downloads.of(bucket.get(name, request), request);
            }
            case "DELETE object" -> {
                request.allow("generation", "ifGenerationMatch", "ifGenerationNotMatch");
                bucket.delete(name, request);
                yield Reply.of(204);
            }
            case "POST upload" -> uploaded(bucket, request);
            default -> throw new Refusal(405, "methodNotAllowed", operation);
        };
    }

    /** Returns whether a path is {@code storage/v1/b/BUCKET/o/NAME/rewriteTo/b/BUCKET/o/NAME}. */
    private static boolean isRewrite(List<String> path) {
        return path.size() == 11
                && path.get(6).equals("rewriteTo")
                && path.get(9).equals("o");
    }

    /** Copies an object; larger objects take two steps. */
    private Reply rewritten(List<String> path, Request request) {
        request.allow("ifSourceGenerationMatch", "rewriteToken", "projection");
        Contents bucket = contents(path.get(3));
        bucket.requirePayer(request);
        Stored source = bucket.get(path.get(5), new Request("GET", "/", Map.of(), new byte[0]));
        Long expected = request.number("ifSourceGenerationMatch");
        if (expected != null && expected != source.generation()) {
            throw Refusal.condition();
        }
        boolean done = request.query("rewriteToken") != null || source.content().length < LARGE;
        String size = Integer.toString(source.content().length);
        ObjectNode reply = Stored.JSON
                .createObjectNode()
                .put("kind", "storage#rewriteResponse")
                .put("objectSize", size)
                .put("totalBytesRewritten", done ? size : "1");
        if (done) {
            Stored copy = contents(path.get(8))
                    .put(
                            path.get(10),
                            source.metadata(),
                            source.content(),
                            new Request("PUT", "/", Map.of(), new byte[0]));
            reply.set("resource", copy.resource());
        } else {
            reply.put("rewriteToken", "go-on");
        }
        return Reply.json(200, Fields.filtered(reply.put("done", done), request));
    }

    private Reply uploaded(Contents bucket, Request request) {
        String type = String.valueOf(request.query("uploadType"));
        return switch (type) {
            case "multipart" -> uploads.multipart(bucket, request);
            case "resumable" -> uploads.begin(bucket, request, "http://" + request.header("host"));
            default -> throw Refusal.bad("uploadType " + type);
        };
    }

    private Reply batch(Request request) {
        List<Multipart.Section> sections = Multipart.sections(request.header("content-type"), request.body());
        if (sections.isEmpty() || sections.size() > MOST_IN_BATCH) {
            throw Refusal.bad("a batch holds 1 to " + MOST_IN_BATCH + " calls, not " + sections.size());
        }
        StringBuilder all = new StringBuilder();
        for (Multipart.Section section : sections) {
            if (!section.header("content-type").startsWith("application/http")) {
                throw Refusal.bad("a part of type " + section.header("content-type"));
            }
            Reply reply = answered(Multipart.request(section));
            all.append("--batch_of_replies\r\nContent-Type: application/http\r\nContent-ID: ")
                    .append(section.header("content-id").replaceFirst("^<?", "<response-"))
                    .append("\r\n\r\nHTTP/1.1 ")
                    .append(reply.status())
                    .append(" As it is\r\n");
            reply.headers().forEach(header -> all.append(header.getKey() + ": " + header.getValue() + "\r\n"));
            all.append("Content-Length: ").append(reply.body().length).append("\r\n\r\n");
            all.append(new String(reply.body(), StandardCharsets.UTF_8)).append("\r\n");
        }
        return Reply.of(200)
                .with("Content-Type", "multipart/mixed; boundary=batch_of_replies")
                .body(all + "--batch_of_replies--\r\n");
    }
}
