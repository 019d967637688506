package org.copick.cli.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.copick.cli.Called;
import org.copick.cli.Main;
import org.copick.cli.output.Screen;
import org.copick.cli.output.StandardStreams;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of {@code copick cache}: sizes and ages, what is deleted, and the question before it. */
final class CacheCommandTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path folder;

    private Path config = Path.of("");

    @BeforeEach
    void write() throws IOException {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("config_type", "cryoet_data_portal");
        json.putArray("dataset_ids").add(10501);
        json.putArray("pickable_objects");
        json.put("overlay_root", folder.resolve("overlay").toString());
        // nobody listens there: no command asks the service
        json.put("portal_url", "http://127.0.0.1:1/graphql");
        json.put("portal_cache_dir", folder.resolve("catalogues").toString());
        json.putObject("disk_cache").put("path", folder.toString()).put("max_bytes", 1_000_000);
        config = Files.writeString(folder.resolve("portal.json"), json.toString());
    }

    private JsonNode info() throws IOException {
        return MAPPER.readTree(Called.copick("cache", "info", "--json", "-c", config)
                .succeeded()
                .out());
    }

    private Path piece() throws IOException {
        Path object = Files.createDirectories(folder.resolve("copick-cache-1/ab/" + "0".repeat(62)));
        return Files.write(object.resolve("0123456789abcdef-9-0-9"), new byte[5000]);
    }

    private Path catalogue(Duration age) throws IOException {
        Path file = Path.of(info().path("catalogue").path("file").asText());
        Files.createDirectories(folder.resolve("catalogues"));
        ObjectNode json = MAPPER.createObjectNode();
        json.put("form", 1);
        json.put("saved", Instant.now().minus(age).toString());
        json.putArray("complete").add(7);
        json.putObject("answer")
                .putArray("runs")
                .add(MAPPER.createObjectNode().put("id", 7).put("name", "a").put("datasetId", 10501))
                .add(MAPPER.createObjectNode().put("id", 8).put("name", "b").put("datasetId", 10501));
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(json.toString().getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    @Test
    void anUnusedCacheIsEmpty() throws IOException {
        JsonNode info = info();
        assertEquals(0, info.path("data").path("files").asInt());
        assertEquals(1_000_000, info.path("data").path("max_bytes").asInt());
        assertEquals("missing", info.path("catalogue").path("state").asText());
        assertEquals(0, info.path("catalogue").path("all_files").asInt());
        assertEquals(
                List.of("data\t" + folder + "\t0 files\t0 B"),
                Called.copick("cache", "clear", "--yes", "-c", config)
                        .succeeded()
                        .out()
                        .lines()
                        .toList());
    }

    @Test
    void showsSizesAndAges() throws IOException {
        piece();
        Path file = catalogue(Duration.ofHours(3).plusMinutes(5));
        Path other = Files.write(file.resolveSibling("catalogue-" + "0".repeat(64) + ".json.gz"), new byte[7]);
        JsonNode info = info();
        assertEquals(1, info.path("data").path("files").asInt());
        assertEquals(8192, info.path("data").path("bytes").asInt());
        JsonNode catalogue = info.path("catalogue");
        assertEquals("current", catalogue.path("state").asText());
        assertEquals(Files.size(file), catalogue.path("bytes").asLong());
        assertEquals(2, catalogue.path("runs").asInt());
        assertEquals(1, catalogue.path("complete_runs").asInt());
        assertEquals(2, catalogue.path("all_files").asInt());
        assertEquals(
                Files.size(file) + Files.size(other),
                catalogue.path("all_bytes").asLong());
        assertEquals(
                List.of(
                        "data\tat most 1.00 MB\t1 file\t8.19 kB\t" + folder,
                        "catalogue\tcurrent, 3 hours old\t2 runs, 1 of them complete\t" + Files.size(file) + " B\t"
                                + file,
                        "all catalogues\t\t2 files\t" + (Files.size(file) + 7) + " B\t" + file.getParent()),
                Called.copick("cache", "info", "-c", config)
                        .succeeded()
                        .out()
                        .lines()
                        .toList());
        catalogue(Duration.ofDays(3));
        assertEquals("old", info().path("catalogue").path("state").asText());
        Files.write(file, new byte[3]);
        assertEquals("damaged", info().path("catalogue").path("state").asText());
    }

    @Test
    void clearsTheProjectsCachesAndLeavesTheRest() throws IOException {
        Path piece = piece();
        Path file = catalogue(Duration.ZERO);
        Path other = Files.write(file.resolveSibling("catalogue-" + "0".repeat(64) + ".json.gz"), new byte[7]);
        List<Path> foreign = List.of(
                file.resolveSibling("portal_" + "0".repeat(64) + ".json"),
                file.resolveSibling("catalogue-notes.json.gz"),
                folder.resolve("overlay.txt"));
        for (Path path : foreign) {
            Files.write(path, new byte[1]);
        }
        Files.createDirectories(file.resolveSibling("catalogue-" + "1".repeat(64) + ".json.gz"));
        assertEquals(
                "catalogue\t" + file,
                Called.copick("cache", "clear", "--only", "catalogue", "-y", "-c", config)
                        .succeeded()
                        .out()
                        .strip());
        assertTrue(Files.exists(piece) && Files.exists(other));
        assertEquals(
                List.of("data\t" + folder + "\t1 file\t8.19 kB", "catalogue\t" + other),
                Called.copick("cache", "clear", "--all", "-y", "-c", config)
                        .succeeded()
                        .out()
                        .lines()
                        .toList());
        assertTrue(Files.notExists(piece) && Files.notExists(other));
        for (Path path : foreign) {
            assertTrue(Files.exists(path), path.toString());
        }
        assertTrue(Files.isDirectory(file.resolveSibling("catalogue-" + "1".repeat(64) + ".json.gz")));
    }

    @Test
    void asksBeforeItDeletes() throws IOException {
        Path piece = piece();
        Path file = catalogue(Duration.ZERO);
        String question = "copick: delete the cached data in " + folder + " (8.19 kB) and the cached catalogue " + file
                + "? [y/N] ";
        for (String answer : List.of("", "n\n", "nein\n", "\n", "y".repeat(100) + "\n")) {
            assertEquals(
                    "1 " + question + "copick: nothing was deleted; answer y, or repeat with --yes",
                    onTerminal(answer));
            assertTrue(Files.exists(piece) && Files.exists(file), answer);
        }
        assertEquals("0 " + question, onTerminal("Yes\nrest"));
        assertTrue(Files.notExists(piece) && Files.notExists(file));
    }

    /** Returns the exit status and messages of {@code copick cache clear} on a terminal with this input. */
    private String onTerminal(String input) {
        InputStream before = System.in;
        ByteArrayInputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        Screen screen =
                new Screen(new ByteArrayOutputStream(), messages, new StandardStreams(false, true, false, 80, false));
        System.setIn(in);
        try {
            int status = Main.run(screen.out(), screen.err(), "cache", "clear", "-c", config.toString());
            if (input.contains("rest")) {
                assertEquals(4, in.available(), "what follows the answer is for other programs");
            }
            screen.err().flush();
            return status + " " + messages.toString(StandardCharsets.UTF_8).stripTrailing() + (status == 0 ? " " : "");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void deletesNothingUnaskedWithoutATerminal() throws IOException {
        Path file = catalogue(Duration.ZERO);
        assertTrue(Called.copick("cache", "clear", "-c", config)
                .refused()
                .err()
                .contains("nothing was deleted, because there is no terminal to ask on; repeat with --yes"));
        assertTrue(Files.exists(file));
    }

    @Test
    void projectsWithoutCachesSaySo() throws IOException {
        Files.writeString(config, "{\"overlay_root\": \"x\", \"pickable_objects\": []}");
        assertEquals(
                List.of("data\tnot cached\t\t\t", "catalogue\tnot cached\t\t\t"),
                Called.copick("cache", "info", "-c", config)
                        .succeeded()
                        .out()
                        .lines()
                        .toList());
        assertTrue(Called.copick("cache", "clear", "-y", "-c", config)
                .refused()
                .err()
                .contains("no cache on disk"));
        assertEquals(2, Called.copick("cache").status());
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        Path file = catalogue(Duration.ZERO);
        Path thesis = Files.writeString(folder.resolve("thesis.txt"), "years");
        Files.delete(file);
        Files.createSymbolicLink(file, thesis);
        Called.copick("cache", "clear", "--all", "-y", "-c", config).succeeded();
        assertEquals("years", Files.readString(thesis));
        assertTrue(Files.notExists(file));
    }
}
