package org.copick.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A project of the datasets 10501 and 10502 in a portal on loopback, with an empty overlay.
 *
 * <p>The portal answers each query with all rows of the tests of {@code copick-portal}, so a project with these few rows
 * is known after the first one.
 */
public final class PortalProject implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Lists of the service, with the types of their rows. */
    private static final Map<String, String> LISTS = Map.of(
            "runs", "Run",
            "tomogramVoxelSpacings", "TomogramVoxelSpacing",
            "tomograms", "Tomogram",
            "tomogramAuthors", "TomogramAuthor",
            "annotations", "Annotation",
            "annotationAuthors", "AnnotationAuthor",
            "annotationShapes", "AnnotationShape",
            "annotationFiles", "AnnotationFile");

    private final HttpServer server;
    private final byte[] answer;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile int status = 200;
    private final Path config;
    private final Path overlay;

    /** Starts the portal and writes the configuration into a folder. */
    public PortalProject(Path folder) throws IOException {
        Path data = Snippets.CHECKOUT.resolve("copick-portal/src/test/resources/portal");
        answer = answer(MAPPER.readTree(data.resolve("rows.json").toFile()));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/graphql", this::handle);
        server.start();
        overlay = Files.createDirectories(folder.resolve("overlay"));
        ObjectNode project = (ObjectNode)
                MAPPER.readTree(data.resolve("copick.template.json").toFile());
        project.put("overlay_root", overlay.toString());
        project.put("portal_url", "http://127.0.0.1:" + server.getAddress().getPort() + "/graphql");
        project.put(
                "portal_bucket_root",
                data.resolve("bucket").toAbsolutePath().normalize().toString());
        project.put("portal_cache", false);
        config = folder.resolve("portal.json");
        Files.writeString(config, project.toString());
    }

    private static byte[] answer(JsonNode rows) {
        ObjectNode answer = MAPPER.createObjectNode();
        ObjectNode data = answer.putObject("data");
        LISTS.forEach((list, type) -> {
            ArrayNode sorted = data.putArray(list);
            rows.path(type)
                    .valueStream()
                    .filter(row -> !type.equals("Run")
                            || List.of(10501, 10502)
                                    .contains(row.path("datasetId").intValue()))
                    .sorted(Comparator.comparing((JsonNode row) ->
                                    row.path("authorListOrder").intValue())
                            .thenComparing(row -> row.path("id").longValue()))
                    .forEach(sorted::add);
        });
        return answer.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    /** Has the service answer with this status from now on. */
    public void answerWith(int given) {
        status = given;
    }

    /** Returns the file of the configuration. */
    public Path config() {
        return config;
    }

    /** Returns the folder of the writable layer. */
    public Path overlay() {
        return overlay;
    }

    /** Returns the number of requests to the service since the last call. */
    public int requests() {
        return requests.getAndSet(0);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
