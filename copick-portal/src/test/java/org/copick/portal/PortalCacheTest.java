package org.copick.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.copick.Root;
import org.copick.Run;
import org.copick.config.ProjectConfig;
import org.copick.error.StorageException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the catalogue that is cached on disk. */
final class PortalCacheTest {
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

    private Path caches() {
        return folder.resolve("caches");
    }

    private PortalProject project(Consumer<ObjectNode> change) throws IOException {
        return PortalProject.main(server, folder.resolve("overlay" + opened++), config -> {
            config.put("portal_cache", true);
            config.put("portal_cache_dir", caches().toString());
            change.accept(config);
        });
    }

    private static String everything(Root root) {
        StringBuilder text = new StringBuilder();
        for (Run run : root.runs()) {
            text.append(run.metadata()).append(run.picks()).append(run.segmentations());
            run.voxelSpacings()
                    .forEach(spacing -> text.append(spacing.metadata())
                            .append(spacing.tomograms().stream()
                                    .map(each -> each.metadata())
                                    .toList()));
            run.picks().forEach(each -> text.append(each.metadata()));
        }
        return text.toString().replaceAll("/overlay[0-9]+/", "/overlay/");
    }

    private String everything(Consumer<ObjectNode> change) throws IOException {
        try (PortalProject project = project(change)) {
            return everything(project.root);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(caches())) {
            return files.sorted().toList();
        }
    }

    /** Makes the saved rows older. */
    private void age(Duration by) throws IOException {
        PortalCache cache = PortalCache.in(
                caches(),
                Duration.ofDays(1),
                server.address(),
                Set.of(10501L, 10502L),
                List.of("GO:0022626", "UniProtKB:P0CX35", "GO:0016020", "PDB-1BXN"));
        PortalCache.Saved saved = cache.read().orElseThrow();
        cache.write(new PortalCache.Saved(saved.saved().minus(by), saved.answer(), saved.complete()));
    }

    @Test
    void openingAgainAsksNothing() throws IOException {
        String first = everything(config -> {});
        assertEquals(List.of("Contents"), server.operations());
        assertEquals(first, everything(config -> {}));
        assertEquals(List.of(), server.operations());
        assertEquals(1, files().size());
    }

    @Test
    void pagesOfALargeProjectAreSavedToo() throws IOException {
        server.grow(120);
        String first = everything(config -> {});
        assertEquals(4, server.operations().size());
        assertEquals(first, everything(config -> {}));
        assertEquals(List.of(), server.operations());
    }

    @Test
    void otherDatasetsObjectsAndServicesHaveTheirOwnFiles() throws IOException {
        everything(config -> {});
        everything(config -> config.withArray("dataset_ids").remove(1));
        everything(config -> config.withArray("pickable_objects").remove(0));
        assertEquals(3, files().size());
        server.close();
        server = new PortalServer();
        everything(config -> {});
        assertEquals(4, files().size());
    }

    @Test
    void oldRowsAreComparedFirst() throws IOException {
        String first = everything(config -> {});
        age(Duration.ofDays(2));
        server.operations();
        assertEquals(first, everything(config -> {}));
        assertEquals(List.of("Fresh"), server.operations());
        assertEquals(first, everything(config -> {}));
        assertEquals(List.of(), server.operations(), "the comparison made them young");
        age(Duration.ofDays(2));
        assertEquals(first, everything(config -> config.put("portal_cache_ttl_seconds", 0)));
        assertEquals(List.of(), server.operations(), "0 stands for any age");
        server.rows("Run").removeIf(row -> row.path("id").asLong() == 20004);
        everything(config -> {});
        assertEquals(List.of("Fresh", "Contents"), server.operations());
    }

    @Test
    void oldRowsAreShownWhileTheServiceIsDown() throws IOException {
        String first = everything(config -> {});
        age(Duration.ofDays(3));
        server.fail(503, PortalTimes.DEFAULT.attempts());
        try (PortalProject project = project(config -> {})) {
            assertEquals(List.of(), project.root.warnings());
            assertEquals(first, everything(project.root));
            assertEquals(List.of(), project.root.unparsableNames());
            List<String> warnings = project.root.warnings();
            assertEquals(1, warnings.size());
            assertTrue(
                    warnings.get(0)
                            .startsWith("cryoet-data-portal://10501,10502: the portal does not answer; its rows are"
                                    + " 3 days old ("),
                    warnings.toString());
            assertEquals(warnings, project.root.unmerged().warnings());
            project.root.close();
            assertEquals(warnings, project.root.warnings());
        }
        try (PortalProject project = project(config -> {})) {
            everything(project.root);
            assertEquals(List.of(), project.root.warnings());
        }
    }

    @Test
    void errorsOfTheServiceAreNotHidden() throws IOException {
        everything(config -> {});
        age(Duration.ofDays(3));
        server.error("no such field");
        assertThrows(StorageException.class, () -> everything(config -> {}));
    }

    @Test
    void damagedFilesAreReplaced() throws IOException {
        String first = everything(config -> {});
        for (byte[] content :
                List.of(new byte[0], new byte[] {31, -117, 8, 0}, "{}".getBytes(StandardCharsets.UTF_8))) {
            Files.write(files().get(0), content);
            server.operations();
            assertEquals(first, everything(config -> {}));
            assertEquals(List.of("Contents"), server.operations());
        }
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void hostileContentIsDiscarded() throws IOException {
        String first = everything(config -> {});
        String start = "{\"form\": 1, \"saved\": \"" + Instant.now() + "\", \"complete\": [20001], \"answer\": ";
        for (String content : List.of(
                "[".repeat(100_000),
                "[]",
                start + "[]}",
                start + "{\"runs\": [7]}}",
                start + "{\"runs\": [{\"id\": \"a\", \"name\": \"b\"}]}}",
                start + "{\"runs\": [{\"id\": 20001, \"name\": [], \"datasetId\": 1}]}}",
                start + "{\"runs\": [{\"id\": 1e99, \"name\": \"b\"}]}}",
                start + "{\"runs\": [], \"tomogramVoxelSpacings\": [{\"id\": null}]}}",
                start.replace("2", "x") + "{\"runs\": []}}")) {
            Files.write(files().get(0), packed(content));
            server.operations();
            assertEquals(first, everything(config -> {}), content.substring(0, Math.min(150, content.length())));
            assertEquals(List.of("Contents"), server.operations());
        }
    }

    @Test
    void runsOfOtherDatasetsAreDiscarded() throws IOException {
        String first = everything(config -> {});
        Files.write(
                files().get(0),
                packed("{\"form\": 1, \"saved\": \"" + Instant.now() + "\", \"complete\": [29001], \"answer\":"
                        + " {\"runs\": [{\"id\": 29001, \"name\": \"of others\", \"datasetId\": 10599}]}}"));
        server.operations();
        assertEquals(first, everything(config -> {}));
        assertEquals(List.of("Contents"), server.operations());
    }

    @Test
    void aFolderThatCannotBeWrittenCostsRequestsOnly() throws IOException {
        Files.writeString(folder.resolve("caches"), "a file");
        String first = everything(config -> {});
        assertEquals(first, everything(config -> {}));
        assertEquals(List.of("Contents", "Contents"), server.operations());
    }

    @Test
    void theEnvironmentPrecedesTheConfiguration() {
        ProjectConfig config = ProjectConfig.parse(
                "{\"config_type\": \"cryoet_data_portal\", \"overlay_root\": \"x\", \"dataset_ids\": [\"7\"],"
                        + " \"pickable_objects\": [], \"portal_cache\": true, \"portal_cache_ttl_seconds\": 5,"
                        + " \"portal_cache_dir\": \"/here\", \"portal_url\": \"http://127.0.0.1:1/graphql\"}",
                "test");
        PortalConfig plain = PortalConfig.of(config, Map.of());
        assertEquals(Path.of("/here"), plain.cacheFolder());
        assertEquals(Duration.ofSeconds(5), plain.cacheAge());
        assertEquals(Set.of(7L), plain.datasets());
        PortalConfig changed = PortalConfig.of(
                config,
                Map.of(
                        "COPICK_PORTAL_CACHE_TTL", "9",
                        "COPICK_PORTAL_CACHE_DIR", "/there",
                        "COPICK_PORTAL_URL", "https://portal.example/graphql"));
        assertEquals(Path.of("/there"), changed.cacheFolder());
        assertEquals(Duration.ofSeconds(9), changed.cacheAge());
        assertEquals(URI.create("https://portal.example/graphql"), changed.address());
        assertEquals(
                null,
                PortalConfig.of(config, Map.of("COPICK_PORTAL_CACHE", "off")).cacheFolder());
        PortalConfig malformed =
                PortalConfig.of(config, Map.of("COPICK_PORTAL_CACHE", "perhaps", "COPICK_PORTAL_CACHE_TTL", "a day"));
        assertEquals(plain.cacheFolder(), malformed.cacheFolder());
        assertEquals(plain.cacheAge(), malformed.cacheAge());
    }

    @Test
    void timesOfOtherClocksAreNotYoung() {
        PortalCache cache = PortalCache.in(caches(), Duration.ofDays(1), server.address(), Set.of(1L), List.of());
        assertTrue(cache.isYoung(Instant.now().minusSeconds(10)));
        assertEquals(false, cache.isYoung(Instant.now().plusSeconds(3600)));
        assertEquals(false, cache.isYoung(Instant.now().minus(Duration.ofDays(2))));
    }
}
