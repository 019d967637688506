package org.copick.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A portal on loopback that answers the queries of {@link PortalQuery} from rows. It knows these queries by name and
 * sends the fields that their text selects; the checks of the queries against the real schema are in CI.
 */
final class PortalServer implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<String> SHAPES =
            Set.of("Point", "OrientedPoint", "SegmentationMask", "InstanceSegmentationMask");
    private static final Pattern LIST = Pattern.compile("\\n\\s*([a-zA-Z]+)\\(");

    /** A request that the server has received. */
    record Asked(String operation, JsonNode variables, String query, int status) {}

    private record Fault(int status, @Nullable String retryAfter, String body) {}

    private final Map<String, List<ObjectNode>> rows;
    /** The rows by type and id, as of the request that is answered. */
    private final Map<String, Map<Long, ObjectNode>> byId = new HashMap<>();

    private final List<Asked> asked = new ArrayList<>();
    private final Queue<Fault> faults = new ArrayDeque<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostRunning = new AtomicInteger();
    private int mostRows = Integer.MAX_VALUE;
    private @Nullable String error;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    PortalServer() throws IOException {
        this(read());
    }

    PortalServer(Map<String, List<ObjectNode>> rows) throws IOException {
        this.rows = rows;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/graphql", this::handle);
        server.start();
    }

    private static Map<String, List<ObjectNode>> read() throws IOException {
        Map<String, List<ObjectNode>> rows = new HashMap<>();
        try (InputStream file = PortalServer.class.getResourceAsStream("/portal/rows.json")) {
            MAPPER.readTree(file).properties().forEach(type -> {
                List<ObjectNode> list = new ArrayList<>();
                type.getValue().forEach(row -> list.add((ObjectNode) row));
                rows.put(type.getKey(), list);
            });
        }
        return rows;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/graphql");
    }

    /** Returns the rows of a type, which a test may change between requests. */
    List<ObjectNode> rows(String type) {
        return Objects.requireNonNull(rows.get(type));
    }

    /** Adds more runs like {@code TS_001}, each with everything in it. */
    void grow(int count) {
        byId.clear();
        Map<String, String> owners = Map.of(
                "Run", "runId",
                "TomogramVoxelSpacing", "tomogramVoxelSpacingId",
                "Tomogram", "tomogramId",
                "Annotation", "annotationId",
                "AnnotationShape", "annotationShapeId");
        for (String type : List.of(
                "AnnotationFile",
                "AnnotationShape",
                "AnnotationAuthor",
                "Annotation",
                "TomogramAuthor",
                "Tomogram",
                "TomogramVoxelSpacing",
                "Run")) {
            List<ObjectNode> like =
                    rows(type).stream().filter(row -> runOf(type, row) == 20001).toList();
            for (int i = 1; i <= count; i++) {
                for (ObjectNode row : like) {
                    ObjectNode copy = row.deepCopy();
                    long shift = 1_000_000L * i;
                    copy.put("id", row.path("id").longValue() + shift);
                    owners.values().forEach(column -> {
                        if (row.path(column).isNumber()) {
                            copy.put(column, row.path(column).longValue() + shift);
                        }
                    });
                    rows(type).add(copy);
                }
            }
        }
    }

    /** Answers the next requests with a status. */
    synchronized void fail(int status, int times) {
        fail(status, times, null);
    }

    synchronized void fail(int status, int times, @Nullable String retryAfter) {
        for (int i = 0; i < times; i++) {
            faults.add(new Fault(status, retryAfter, "{\"message\": \"out of order\"}"));
        }
    }

    /** Answers the next request with a status and a body. */
    synchronized void answer(int status, String body) {
        faults.add(new Fault(status, null, body));
    }

    /** Answers each request with a GraphQL error from now on; null for none. */
    synchronized void error(@Nullable String message) {
        error = message;
    }

    /** Answers 502 to requests for more rows. */
    synchronized void mostRows(int most) {
        mostRows = most;
    }

    /** Holds all answers back until the latch is open. */
    void hold(CountDownLatch until) {
        gate = until;
    }

    /** Returns the names of the operations since the last call, and forgets them. */
    synchronized List<String> operations() {
        List<String> names = asked.stream().map(Asked::operation).toList();
        asked.clear();
        return names;
    }

    synchronized List<Asked> asked() {
        return List.copyOf(asked);
    }

    int running() {
        return running.get();
    }

    int mostRunning() {
        return mostRunning.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        JsonNode request = MAPPER.readTree(exchange.getRequestBody());
        mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
        try {
            gate.await();
            respond(exchange, request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private void respond(HttpExchange exchange, JsonNode request) throws IOException {
        int status = 200;
        String body;
        synchronized (this) {
            Fault fault = faults.poll();
            if (fault != null) {
                status = fault.status();
                body = fault.body();
                if (fault.retryAfter() != null) {
                    exchange.getResponseHeaders().set("Retry-After", fault.retryAfter());
                }
            } else if (error != null) {
                ObjectNode answer = MAPPER.createObjectNode().putNull("data");
                answer.putArray("errors").addObject().put("message", error);
                body = answer.toString();
            } else {
                ObjectNode data = data(request);
                int count = 0;
                for (JsonNode list : data) {
                    count += list.size();
                }
                status = count > mostRows ? 502 : 200;
                body = MAPPER.createObjectNode().set("data", data).toString();
            }
            asked.add(new Asked(
                    request.path("operationName").asText(),
                    request.path("variables"),
                    request.path("query").asText(),
                    status));
            // before the answer, so that a client that has it counts as gone
            running.decrementAndGet();
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    /** Returns the datasets that exist, and the groups of shapes by what the query asks for. */
    private ObjectNode objects(JsonNode variables) {
        byId.clear();
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        ArrayNode datasets = data.putArray("datasets");
        for (JsonNode id : variables.path("datasets")) {
            if (rows("Dataset").stream().anyMatch(row -> row.path("id").longValue() == id.longValue())) {
                datasets.addObject().put("id", id.longValue());
            }
        }
        ArrayNode groups = data.putObject("annotationShapesAggregate").putArray("aggregate");
        for (ObjectNode row : rows("AnnotationShape")) {
            if (matches(runOf("AnnotationShape", row), variables.path("run"))) {
                ObjectNode annotation = owner(row, "Annotation");
                ObjectNode by = groups.addObject().put("count", 1).putObject("groupBy");
                by.set("shapeType", row.get("shapeType"));
                ObjectNode of = by.putObject("annotation");
                List.of("objectId", "objectName", "annotationPublication")
                        .forEach(field -> of.set(field, annotation.get(field)));
            }
        }
        return data;
    }

    private ObjectNode data(JsonNode request) {
        byId.clear();
        JsonNode variables = request.path("variables");
        if (request.path("operationName").asText().equals("Objects")) {
            return objects(variables);
        }
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        String query = request.path("query").asText();
        Set<String> objects = new java.util.HashSet<>();
        variables.path("objects").forEach(id -> objects.add(id.asText()));
        Predicate<Long> wanted = run -> matches(run, variables.path("run"));
        int most = variables.path("most").path("limit").asInt(Integer.MAX_VALUE);
        Matcher lists = LIST.matcher(query);
        while (lists.find()) {
            String name = lists.group(1);
            String type = type(name);
            boolean isRuns = type.equals("Run");
            JsonNode where = variables.path(isRuns && variables.has("project") ? "project" : "run");
            List<ObjectNode> found = rows(type).stream()
                    .filter(row -> isRuns ? matches(row.path("id").longValue(), where) : wanted.test(runOf(type, row)))
                    .filter(row -> isOfObject(type, row, objects))
                    .sorted(order(type))
                    .limit(isRuns ? Integer.MAX_VALUE : most)
                    .toList();
            if (name.endsWith("Aggregate")) {
                data.set(name, aggregate(found));
            } else {
                ArrayNode array = data.putArray(name);
                List<String> fields = fields(query, lists.end());
                found.forEach(row -> {
                    ObjectNode selected = array.addObject();
                    fields.forEach(field -> selected.set(field, row.get(field)));
                });
            }
        }
        return data;
    }

    private static ObjectNode aggregate(List<ObjectNode> found) {
        ObjectNode aggregate = JsonNodeFactory.instance.objectNode();
        ObjectNode values = aggregate.putArray("aggregate").addObject().put("count", found.size());
        ObjectNode max = values.putObject("max");
        max.put(
                "id",
                found.stream()
                        .map(row -> row.path("id").longValue())
                        .max(Long::compare)
                        .orElse(null));
        max.put(
                "lastModifiedDate",
                found.stream()
                        .filter(row -> row.path("lastModifiedDate").isTextual())
                        .map(row -> row.path("lastModifiedDate").asText())
                        .max(String::compareTo)
                        .orElse(null));
        return aggregate;
    }

    private static String type(String list) {
        String name = list.replace("Aggregate", "");
        return Character.toUpperCase(name.charAt(0)) + name.substring(1, name.length() - 1);
    }

    /** Returns the fields that a query selects for the list whose arguments begin at an index. */
    private static List<String> fields(String query, int begin) {
        int open = 1;
        int at = begin;
        while (open > 0) {
            char c = query.charAt(at++);
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
        }
        int from = query.indexOf('{', at);
        return List.of(
                query.substring(from + 1, query.indexOf('}', from)).strip().split("\\s+"));
    }

    private static Comparator<ObjectNode> order(String type) {
        Comparator<ObjectNode> byId = Comparator.comparing(row -> row.path("id").longValue());
        return type.endsWith("Author")
                ? Comparator.comparing(
                                (ObjectNode row) -> row.path("authorListOrder").longValue())
                        .thenComparing(byId)
                : byId;
    }

    private boolean matches(long run, JsonNode where) {
        ObjectNode row = row("Run", run);
        if (row.isEmpty()) {
            return false;
        }
        for (Map.Entry<String, JsonNode> column : where.properties()) {
            JsonNode value = row.path(column.getKey());
            for (Map.Entry<String, JsonNode> test : column.getValue().properties()) {
                boolean passes = switch (test.getKey()) {
                    case "_in" -> test.getValue().valueStream().anyMatch(item -> item.longValue() == value.longValue());
                    case "_eq" -> test.getValue().longValue() == value.longValue();
                    case "_gte" -> value.longValue() >= test.getValue().longValue();
                    case "_lte" -> value.longValue() <= test.getValue().longValue();
                    default -> throw new IllegalArgumentException(test.getKey());
                };
                if (!passes) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean isOfObject(String type, ObjectNode row, Set<String> objects) {
        return switch (type) {
            case "Annotation" -> objects.contains(row.path("objectId").asText());
            case "AnnotationAuthor" -> isOfObject("Annotation", owner(row, "Annotation"), objects);
            case "AnnotationShape" ->
                SHAPES.contains(row.path("shapeType").asText())
                        && isOfObject("Annotation", owner(row, "Annotation"), objects);
            case "AnnotationFile" -> isOfObject("AnnotationShape", owner(row, "AnnotationShape"), objects);
            default -> true;
        };
    }

    private long runOf(String type, ObjectNode row) {
        return switch (type) {
            case "Run" -> row.path("id").longValue();
            case "Tomogram" -> runOf("TomogramVoxelSpacing", owner(row, "TomogramVoxelSpacing"));
            case "TomogramAuthor" -> runOf("Tomogram", owner(row, "Tomogram"));
            case "AnnotationAuthor", "AnnotationShape" -> runOf("Annotation", owner(row, "Annotation"));
            case "AnnotationFile" -> runOf("AnnotationShape", owner(row, "AnnotationShape"));
            default -> row.path("runId").longValue();
        };
    }

    /** Returns the row that another belongs to; an empty one, which nothing matches, where the key is null. */
    private ObjectNode owner(ObjectNode row, String type) {
        String column = Character.toLowerCase(type.charAt(0)) + type.substring(1) + "Id";
        return row(type, row.path(column).longValue());
    }

    private ObjectNode row(String type, long id) {
        return byId.computeIfAbsent(type, key -> {
                    Map<Long, ObjectNode> found = new HashMap<>();
                    rows(type).forEach(row -> found.put(row.path("id").longValue(), row));
                    return found;
                })
                .getOrDefault(id, MAPPER.createObjectNode());
    }

    @Override
    public void close() {
        gate.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
