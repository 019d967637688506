package org.copick.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.copick.cli.Called;
import org.copick.cli.PortalProject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that every command tells when the rows of the CryoET Data Portal are old because it does not answer. */
final class StaleRowsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** A status that is no reason to ask again at once. */
    private static final int INSUFFICIENT_STORAGE = 507;

    @TempDir
    private Path folder;

    private PortalProject project;

    @BeforeEach
    void start() throws IOException {
        project = new PortalProject(folder);
        ObjectNode config = (ObjectNode) MAPPER.readTree(project.config().toFile());
        config.put("portal_cache", true);
        config.put("portal_cache_dir", folder.resolve("caches").toString());
        Files.writeString(project.config(), config.toString());
        called("ls").succeeded();
        age(Duration.ofDays(3));
        project.answerWith(INSUFFICIENT_STORAGE);
    }

    @AfterEach
    void stop() {
        project.close();
    }

    private void age(Duration by) throws IOException {
        Path file;
        try (Stream<Path> files = Files.list(folder.resolve("caches"))) {
            file = files.findFirst().orElseThrow();
        }
        ObjectNode saved;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            saved = (ObjectNode) MAPPER.readTree(in);
        }
        saved.put("saved", Instant.parse(saved.path("saved").asText()).minus(by).toString());
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(MAPPER.writeValueAsBytes(saved));
        }
    }

    private Called called(Object... arguments) {
        List<Object> all = new ArrayList<>(Arrays.asList(arguments));
        all.add("--config");
        all.add(project.config());
        return Called.copick(all.toArray());
    }

    private static List<String> warnings(Called called) {
        return called.err()
                .lines()
                .filter(line -> line.contains("does not answer"))
                .toList();
    }

    private static void assertWarnsOnce(Called called) {
        List<String> warnings = warnings(called);
        assertEquals(1, warnings.size(), called.err());
        assertTrue(
                warnings.get(0)
                        .startsWith("copick: cryoet-data-portal://10501,10502: the portal does not answer; its rows are"
                                + " 3 days old ("),
                warnings.get(0));
        assertFalse(called.out().contains("does not answer"), called.out());
    }

    @Test
    void commandsThatReadTellItOnce() {
        assertWarnsOnce(called("ls").succeeded());
        assertWarnsOnce(called("ls", "--all-layers", "--json").succeeded());
        assertWarnsOnce(called("info").succeeded());
        assertWarnsOnce(called("stats", "picks").succeeded());
        assertWarnsOnce(called("manifest", "--run", "20002").succeeded());
        assertWarnsOnce(called("validate"));
        assertWarnsOnce(called(
                        "export",
                        "picks",
                        "--picks-uri",
                        "ribosome:data-portal/62001",
                        "--output-format",
                        "csv",
                        "--output-dir",
                        folder.resolve("csv"))
                .succeeded());
    }

    @Test
    void commandsThatWriteTellItOnce() {
        Path other = folder.resolve("other.json");
        Called.copick("config", "filesystem", "--overlay-root", folder.resolve("other"), "--config", other)
                .succeeded();
        assertWarnsOnce(called("sync", "picks", "--target-config", other, "--run", "20002")
                .succeeded());
        assertWarnsOnce(called("copy", "--to", other, "--run", "20001", "--kind", "picks")
                .succeeded());
        assertWarnsOnce(called("cp", "picks", "ribosome:data-portal/62001", "ribosome:me/1", "--run", "20001")
                .succeeded());
        assertWarnsOnce(called("hide", "picks", "ribosome:data-portal/62001", "--run", "20001")
                .succeeded());
        assertWarnsOnce(called("diff"));
    }

    @Test
    void targetsCountToo() {
        Path other = folder.resolve("other.json");
        Called.copick("config", "filesystem", "--overlay-root", folder.resolve("other"), "--config", other)
                .succeeded();
        called("copy", "--to", other, "--run", "20001", "--kind", "picks").succeeded();
        assertWarnsOnce(Called.copick(
                "sync", "picks", "--config", other, "--target-config", project.config(), "--run", "20001"));
    }

    @Test
    void failuresAreToldAfterIt() {
        Called failed = called("cp", "picks", "ribosome:data-portal/99999", "ribosome:me/1", "--run", "20001");
        assertWarnsOnce(failed);
        assertEquals(2, failed.err().lines().count(), failed.err());
        assertTrue(failed.err().startsWith("copick: cryoet-data-portal://"), failed.err());
    }

    @Test
    void nothingIsToldOnceThePortalAnswers() {
        project.answerWith(200);
        assertEquals(List.of(), warnings(called("info").succeeded()));
    }
}
