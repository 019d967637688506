package org.copick.cli.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.copick.cli.Called;
import org.copick.cli.Golden;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that manifests of projects and arrays by Python equal those that Python computed. */
final class GoldenManifestTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    static Path folder;

    private static Path v1 = Path.of("");
    private static Path v2 = Path.of("");

    @BeforeAll
    static void unpack() throws IOException {
        v1 = Golden.unpack("v1", folder);
        v2 = Golden.unpack("v2", folder);
    }

    @ParameterizedTest
    @CsvSource({
        "v1,merged,copick.template.json",
        "v1,overlay,copick.overlay.template.json",
        "v1,static,copick.static.template.json",
        "v1,static-readonly,copick.static-readonly.template.json",
        "v2,merged,copick.template.json",
        "v2,overlay,copick.overlay.template.json",
        "v2,static,copick.static.template.json",
        "v2,static-readonly,copick.static-readonly.template.json"
    })
    @Tag("statement-32")
    @Tag("statement-45")
    void everyViewIsReadAsPythonReadsIt(String corpus, String view, String template) throws IOException {
        Path project = corpus.equals("v1") ? v1 : v2;
        Path config = Golden.config(project, template);
        Called manifest = Called.copick("manifest", "--all-layers", "--root", project, "-c", config);
        assertEquals("", manifest.err());
        assertEquals(0, manifest.status());

        JsonNode expected = MAPPER.readTree(project.resolve("manifest.json").toFile());
        JsonNode actual = MAPPER.readTree(manifest.out());
        JsonNode expectedView = expected.at("/views/" + view);
        JsonNode actualView = actual.at("/views/project");
        assertSame(expectedView.get("objects"), actualView.get("objects"), "objects");
        assertSame(expectedView.get("runs"), actualView.get("runs"), "runs");
        for (JsonNode path : expectedView.findValues("path")) {
            if (path.isTextual()) {
                assertSame(
                        expected.get("contents").get(path.asText()),
                        actual.get("contents").get(path.asText()),
                        path.asText());
            }
        }
        Called verified =
                Called.copick("verify", project.resolve("manifest.json"), "--view", view, "--layout", "-c", config);
        assertEquals("", verified.out());
        assertEquals(0, verified.status(), verified.err());
    }

    @Test
    void theOverlayShadowsByDefault() throws IOException {
        Path config = Golden.config(v1, "copick.template.json");
        Called manifest = Called.copick("manifest", "-c", config);
        assertEquals(0, manifest.status(), manifest.err());
        JsonNode run = MAPPER.readTree(manifest.out()).at("/views/project/runs/0");
        List<String> picks = new ArrayList<>();
        run.get("picks").forEach(p -> picks.add(p.get("user_id").asText() + " " + p.get("read_only")));
        assertEquals(
                1,
                picks.stream()
                        .filter(p -> p.startsWith("gapstop"))
                        .filter(p -> p.endsWith("false"))
                        .count());
        assertTrue(picks.stream().noneMatch("anna.b-1 true"::equals), picks::toString);

        Path own = folder.resolve("own.json");
        assertEquals(0, Called.copick("manifest", "-c", config, "-o", own).status());
        assertEquals(
                0, Called.copick("verify", own, "--layout", "-c", config).status(), "a manifest of its own is equal");
    }

    @Test
    void everyDifferenceIsFound() throws IOException {
        Path copy = Golden.unpack("v1", folder.resolve("changed"));
        Path config = Golden.config(copy, "copick.template.json");
        Files.delete(copy.resolve("overlay/ExperimentRuns/TS_001/Picks/gapstop_0_proteasome.json"));
        Path chunk = copy.resolve("static/ExperimentRuns/TS_002/VoxelSpacing10.000/raw-counts.zarr/0/0/0/0");
        Files.delete(chunk);
        Path picks = copy.resolve("static/ExperimentRuns/TS_002/Picks/gapstop_0_ribosome.json");
        Files.writeString(picks, Files.readString(picks).replaceFirst("\"x\": ", "\"x\": 1"));
        Called verified = Called.copick("verify", copy.resolve("manifest.json"), "--layout", "-c", config);
        assertEquals(3, verified.status());
        List<String> lines = verified.out().lines().toList();
        assertEquals(3, lines.size(), verified::out);
        assertTrue(lines.stream().anyMatch(l -> l.contains("gapstop") && l.endsWith("missing")), verified::out);
        assertTrue(lines.stream().anyMatch(l -> l.contains("sha256")), verified::out);
        assertTrue(lines.stream().anyMatch(l -> l.contains("location.x")), verified::out);
    }

    @Test
    void whatCannotBeReadIsSaidAndTheRestIsThere() throws IOException {
        Path copy = Golden.unpack("v1", folder.resolve("broken"));
        Path config = Golden.config(copy, "copick.template.json");
        Path chunk = copy.resolve("static/ExperimentRuns/TS_002/VoxelSpacing10.000/wbp.zarr/0/0/0/0");
        byte[] bytes = Files.readAllBytes(chunk);
        Files.write(chunk, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        Called manifest = Called.copick("manifest", "--root", copy, "-c", config);
        assertEquals(1, manifest.status());
        assertEquals(1, manifest.err().lines().count(), manifest::err);
        JsonNode contents = MAPPER.readTree(manifest.out()).get("contents");
        JsonNode broken = contents.get("static/ExperimentRuns/TS_002/VoxelSpacing10.000/wbp.zarr");
        assertEquals("error", broken.get("kind").asText());
        assertTrue(broken.get("error").asText().contains("chunk 0/0/0 of"), broken::toString);
        assertEquals(
                1,
                Stream.of(contents)
                        .flatMap(c -> c.valueStream())
                        .filter(c -> c.has("error"))
                        .count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"zarr2", "zarr3"})
    void arraysAreReadAsPythonReadsThemOrRefusedByCodec(String corpus) throws IOException {
        Path arrays = Golden.unpack(corpus, folder);
        JsonNode expected = MAPPER.readTree(arrays.resolve("manifest.json").toFile());
        Called manifest = Called.copick("manifest", "--zarr", arrays);
        JsonNode actual = MAPPER.readTree(manifest.out());
        List<String> refused = new ArrayList<>();
        assertEquals(expected.get("arrays").size(), actual.get("arrays").size());
        for (int i = 0; i < expected.get("arrays").size(); i++) {
            ObjectNode wanted = ((ObjectNode) expected.get("arrays").get(i)).deepCopy();
            JsonNode found = byPath(actual.get("arrays"), wanted.get("path").asText());
            if (found.has("error")) {
                String codec = wanted.get("path").asText().replaceFirst(".*/([a-z0-9]+).*", "$1");
                String error = found.get("error").asText();
                assertTrue(error.contains("unsupported codec \"") && error.contains(codec), found::toString);
                assertEquals("rare", wanted.get("tier").asText(), () -> "must be read: " + wanted.get("path"));
                refused.add(wanted.get("path").asText());
            } else {
                wanted.remove(List.of("tier", "about", "codecs"));
                assertSame(wanted, found, wanted.get("path").asText());
            }
        }
        assertEquals(refused.isEmpty() ? 0 : 1, manifest.status());
        assertEquals(refused.size(), manifest.err().lines().count(), manifest::err);
        for (JsonNode group : expected.get("groups")) {
            assertSame(group, byPath(actual.get("groups"), group.get("path").asText()), "group");
        }
    }

    private static JsonNode byPath(JsonNode list, String path) {
        return list.valueStream()
                .filter(item -> item.get("path").asText().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("missing: " + path));
    }

    /** Requires equal JSON values with any number types; ignores {@code spots}. */
    private static void assertSame(JsonNode expected, JsonNode actual, String where) {
        if (expected.isObject()) {
            expected.properties().forEach(field -> {
                if (!field.getKey().equals("spots")) {
                    JsonNode value = actual.get(field.getKey());
                    if (value == null) {
                        throw new AssertionError(where + "." + field.getKey() + " is missing");
                    }
                    assertSame(field.getValue(), value, where + "." + field.getKey());
                }
            });
            actual.fieldNames().forEachRemaining(name -> assertTrue(expected.has(name), () -> where + "." + name));
        } else if (expected.isArray()) {
            assertEquals(expected.size(), actual.size(), where);
            for (int i = 0; i < expected.size(); i++) {
                assertSame(expected.get(i), actual.get(i), where + "[" + i + "]");
            }
        } else if (expected.isFloatingPointNumber()) {
            assertTrue(actual.isNumber(), where);
            assertEquals(expected.doubleValue(), actual.doubleValue(), where);
        } else if (expected.isNumber()) {
            assertEquals(0, expected.decimalValue().compareTo(actual.decimalValue()), () -> where + ": " + actual);
        } else {
            assertEquals(expected, actual, where);
        }
    }
}
