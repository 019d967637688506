package org.copick.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.copick.Run;
import org.copick.config.ProjectConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the view of cached catalogues that programs have. */
final class CachedCataloguesTest {
    @TempDir
    Path folder;

    private PortalServer server;
    private int opened;

    @BeforeEach
    void open() throws IOException {
        server = new PortalServer();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private PortalProject project() throws IOException {
        return PortalProject.main(server, folder.resolve("overlay" + opened++), config -> {
            config.put("portal_cache", true);
            config.put("portal_cache_dir", folder.resolve("caches").toString());
        });
    }

    @Test
    void tellsWhatAProjectHasCached() throws IOException {
        server.grow(120);
        try (PortalProject project = project()) {
            CachedCatalogues cached = CachedCatalogues.of(project.root.config()).orElseThrow();
            assertEquals(Optional.empty(), cached.state());
            assertEquals(List.of(), cached.files());
            assertEquals(List.of(), cached.clear());
            assertEquals(List.of(), cached.clearAll());

            project.root.run("20001").picks();
            CatalogueState one = cached.state().orElseThrow();
            assertEquals(124, one.runs());
            assertEquals(1, one.completeRuns());
            assertTrue(one.isCurrent());
            project.root.runs().forEach(Run::picks);
            assertEquals(124, cached.state().orElseThrow().completeRuns());
            assertEquals(List.of(cached.file()), cached.files());
        }
    }

    @Test
    void clearingMakesTheNextProcessAsk() throws IOException {
        try (PortalProject project = project()) {
            project.root.runs();
            CachedCatalogues cached = CachedCatalogues.of(project.root.config()).orElseThrow();
            assertEquals(List.of("Contents"), server.operations());
            assertEquals(List.of(cached.file()), cached.clear());
            assertEquals(List.of(), cached.clear());
            assertEquals(5, project.root.runs().size(), "a running process keeps its rows");
            assertEquals(List.of(), server.operations());
        }
        try (PortalProject project = project()) {
            project.root.runs();
            assertEquals(List.of("Contents"), server.operations());
        }
    }

    @Test
    void clearsWhatKilledProcessesLeft() throws IOException {
        Path caches = Files.createDirectories(folder.resolve("caches"));
        Path old = Files.write(caches.resolve("catalogue-123.tmp"), new byte[1]);
        Path young = Files.write(caches.resolve("catalogue-456.tmp"), new byte[1]);
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofMinutes(61))));
        try (PortalProject project = project()) {
            CachedCatalogues cached = CachedCatalogues.of(project.root.config()).orElseThrow();
            assertEquals(List.of(), cached.clear());
            assertTrue(Files.exists(old));
            assertEquals(List.of(), cached.clearAll());
            assertFalse(Files.exists(old));
            assertTrue(Files.exists(young));
        }
    }

    @Test
    void otherProjectsHaveNone() {
        assertEquals(
                Optional.empty(),
                CachedCatalogues.of(
                        ProjectConfig.parse("{\"overlay_root\": \"x\", \"pickable_objects\": []}", "test")));
        assertEquals(
                Optional.empty(),
                CachedCatalogues.of(ProjectConfig.parse(
                        "{\"config_type\": \"cryoet_data_portal\", \"overlay_root\": \"x\", \"dataset_ids\": [1],"
                                + " \"pickable_objects\": [], \"portal_cache\": false}",
                        "test")));
    }
}
