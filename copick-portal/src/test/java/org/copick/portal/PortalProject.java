package org.copick.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.copick.CopickContext;
import org.copick.Root;
import org.copick.config.ProjectConfig;

/** An open project in a portal on loopback, with the bucket in a folder and a copy of the overlay. */
final class PortalProject implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    final PortalServer server;
    final Root root;
    final Path overlay;
    /** The operations on the bucket's folder, such as {@code READ 10501/…}. */
    final List<String> bucketCalls = new CopyOnWriteArrayList<>();

    private final CopickContext context;

    private PortalProject(PortalServer server, String template, Path overlay, Consumer<ObjectNode> change)
            throws IOException {
        this.server = server;
        this.overlay = overlay;
        ObjectNode config = (ObjectNode) MAPPER.readTree(resource(template).toFile());
        config.put("overlay_root", overlay.toString());
        config.putNull("overlay_fs_args");
        config.put("portal_url", server.address().toString());
        config.put("portal_bucket_root", resource("bucket").toString());
        config.put("portal_cache", false);
        change.accept(config);
        String bucket = resource("bucket").toString();
        context = CopickContext.builder()
                .listener(operation -> {
                    if (operation.toString().contains(bucket)) {
                        bucketCalls.add(operation.toString());
                    }
                })
                .build();
        root = context.open(ProjectConfig.parse(config.toString(), "test"));
    }

    /** Opens the project of the datasets 10501 and 10502, with a copy of what Python wrote. */
    static PortalProject main(PortalServer server, Path folder) throws IOException {
        return main(server, folder, config -> {});
    }

    static PortalProject main(PortalServer server, Path folder, Consumer<ObjectNode> change) throws IOException {
        copy(resource("overlay"), folder);
        return new PortalProject(server, "copick.template.json", folder, change);
    }

    /** Opens the project of the dataset 10599, with an empty overlay. */
    static PortalProject faulty(PortalServer server, Path folder) throws IOException {
        return new PortalProject(server, "copick.faulty.template.json", folder, config -> {});
    }

    /** Opens a project of the dataset ids, objects and bucket that a change of the configuration sets. */
    static PortalProject of(PortalServer server, Path overlay, Consumer<ObjectNode> change) throws IOException {
        return new PortalProject(server, "copick.template.json", overlay, change);
    }

    static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(PortalProject.class.getResource("/portal/" + name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the view of the manifest that Python wrote. */
    static JsonNode manifest(String view) throws IOException {
        return MAPPER.readTree(resource("manifest.json").toFile()).path("views").path(view);
    }

    static JsonNode contents() throws IOException {
        return MAPPER.readTree(resource("manifest.json").toFile()).path("contents");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
