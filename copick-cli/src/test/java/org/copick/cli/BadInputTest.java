package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of invalid input: a one-line message, the right exit status, and nothing written. */
final class BadInputTest {
    @TempDir
    private Path folder;

    private Path config = Path.of("");

    @BeforeEach
    void project() throws IOException {
        Files.createDirectories(folder.resolve("static/ExperimentRuns/TS_001/Picks"));
        Files.createDirectories(folder.resolve("overlay"));
        config = write("copick.json", config("\"static_root\": \"static\", \"overlay_root\": \"overlay\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"overlay_root\": \"x\", }|line 1",
                "nonsense|line 1",
                "[]|JSON object",
                "{\"overlay_root\": \"x\"}|pickable_objects",
                "{\"pickable_objects\": []}|overlay_root",
                "{\"config_type\": \"astral\", \"overlay_root\": \"x\", \"pickable_objects\": []}|astral",
                "{\"overlay_root\": \"ftp://host/x\", \"pickable_objects\": []}|installed: file, gcs, gs, http, https, local, s3, s3a",
                "{\"overlay_root\": \"copick.json\", \"pickable_objects\": []}|copick.json",
                "{\"overlay_root\": \"x\", \"overlay_fs_args\": {\"secret\": \"hunter2\"}, \"pickable_objects\": []}|secret",
                "{\"overlay_root\": \"x\", \"pickable_objects\": [{\"name\": \"a_b\", \"is_particle\": true}]}|pickable_objects[0].name"
            })
    void badConfigurations(String json, String told) throws IOException {
        Path bad = write("bad.json", json);
        assertFails(told, "ls", "-c", bad);
    }

    @Test
    void missingConfigurations() {
        assertFails("absent.json", "ls", "-c", folder.resolve("absent.json"));
        assertFails("folder", "ls", "-c", folder + "/");
        assertFails("copick.json", "info", "-c", folder.resolve("no/such/copick.json"));
        assertFails("configuration", "ls", "-c", folder);
    }

    @Test
    void wrongUsageIsTwo() {
        assertEquals(2, Called.copick().status());
        assertEquals(2, Called.copick("unknown").status());
        assertEquals(2, Called.copick("ls", "--unknown", "-c", config).status());
        assertEquals(2, Called.copick("render", "wbp@10", "-c", config).status(), "without an output");
        assertEquals(2, Called.copick("new", "-c", config).status());
        assertEquals(
                2, Called.copick("new", "voxelspacing", "ten", "-c", config).status());
        assertEquals(
                2, Called.copick("manifest", "--zarr", folder, "-c", config).status());
        assertEquals(0, Called.copick("--help").status());
        assertEquals(0, Called.copick("render", "--help").status());
    }

    @Test
    void rootsThatDoNotExistAreEmpty() throws IOException {
        Path absent = write("absent.json", config("\"static_root\": \"gone\", \"overlay_root\": \"not-yet\""));
        Called listed = Called.copick("ls", "-c", absent);
        assertEquals(0, listed.status(), listed.err());
        assertEquals("", listed.out());
        assertFalse(Files.exists(folder.resolve("not-yet")), "looking creates nothing");
        assertEquals(0, Called.copick("new", "run", "first", "-c", absent).status());
        assertTrue(Files.isRegularFile(folder.resolve("not-yet/ExperimentRuns/first/.meta")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "..", "../../x", ".hidden", "trailing.", "", "a\u0000b", "x*", "a\\b"})
    void hostileRunNames(String name) throws IOException {
        Map<String, Long> before = files();
        assertFails("run", "new", "run", name, "-c", config);
        assertEquals(before, files());
    }

    @Test
    void creationFailsCleanly() throws IOException {
        assertEquals(0, Called.copick("new", "run", "mine", "-c", config).status());
        Map<String, Long> before = files();
        assertFails("exists", "new", "run", "mine", "-c", config);
        assertFails("exists", "new", "run", "TS_001", "-c", config);
        assertFails("unknown", "new", "picks", "--particle-name", "unknown", "-c", config);
        assertFails("would do", "new", "picks", "--particle-name", "ribosome", "--out-user", "a_b", "-c", config);
        assertFails("nobody", "new", "picks", "--particle-name", "ribosome", "--run", "nobody", "-c", config);
        assertFails("-1", "new", "voxelspacing", "--run", "mine", "-c", config, "--", "-1");
        assertEquals(before, files());
        assertEquals(
                0,
                Called.copick("new", "run", "mine", "--overwrite", "-c", config).status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "{\"user_id\": \"a\", \"session_id\": \"1\"}",
                "{\"pickable_object_name\": \"ribosome\", \"user_id\": \"a\", \"session_id\": \"1\", \"points\": [{}]}",
                "{\"pickable_object_name\": \"ribosome\", \"user_id\": \"a\", \"session_id\": \"1\", \"points\": [{\"location\": {\"x\": \"a\", \"y\": 1, \"z\": 1}}]}"
            })
    void brokenPicks(String json) throws IOException {
        write("static/ExperimentRuns/TS_001/Picks/a_1_ribosome.json", json);
        Called listed = Called.copick("ls", "--long", "-c", config);
        assertEquals(1, listed.status());
        assertTrue(listed.out().contains("a_1_ribosome.json"), listed::out);
        Called manifest = Called.copick("manifest", "-c", config);
        assertEquals(1, manifest.status());
        assertTrue(manifest.out().contains("CorruptDataException"), manifest::out);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{|.zarray",
                "{\"zarr_format\": 2}|.zarray",
                "{\"zarr_format\": 2, \"shape\": [-1], \"chunks\": [1], \"dtype\": \"<f4\", \"compressor\": null, \"fill_value\": 0, \"filters\": null, \"order\": \"C\"}|shape",
                "{\"zarr_format\": 2, \"shape\": [9223372036854775807, 9223372036854775807], \"chunks\": [1, 1], \"dtype\": \"<f4\", \"compressor\": null, \"fill_value\": 0, \"filters\": null, \"order\": \"C\"}|",
                "{\"zarr_format\": 2, \"shape\": [4], \"chunks\": [4000000000], \"dtype\": \"<f4\", \"compressor\": null, \"fill_value\": 0, \"filters\": null, \"order\": \"C\"}|chunk",
                "{\"zarr_format\": 2, \"shape\": [4], \"chunks\": [0], \"dtype\": \"<f4\", \"compressor\": null, \"fill_value\": 0, \"filters\": null, \"order\": \"C\"}|chunk",
                "{\"zarr_format\": 2, \"shape\": [1000000, 10000000], \"chunks\": [1, 1], \"dtype\": \"<f8\", \"compressor\": null, \"fill_value\": 0, \"filters\": null, \"order\": \"C\"}|8 TiB",
                "{\"zarr_format\": 2, \"shape\": [4], \"chunks\": [4], \"dtype\": \"<c16\", \"compressor\": null, \"fill_value\": 0, \"filters\": null, \"order\": \"C\"}|c16",
                "{\"zarr_format\": 2, \"shape\": [4], \"chunks\": [4], \"dtype\": \"<f4\", \"compressor\": {\"id\": \"magic\"}, \"fill_value\": 0, \"filters\": null, \"order\": \"C\"}|magic"
            })
    void absurdArrays(String metadata, String told) throws IOException {
        write("arrays/a/.zarray", metadata);
        Called manifest = Called.copick("manifest", "--zarr", folder.resolve("arrays"));
        assertEquals(1, manifest.status());
        assertEquals(1, manifest.err().lines().count(), manifest::err);
        assertTrue(told == null || manifest.err().contains(told), manifest::err);
        assertTrue(manifest.out().contains("\"error\""), manifest::out);
    }

    @Test
    void aChunkThatIsCutShortIsAnError() throws IOException {
        write(
                "arrays/a/.zarray",
                "{\"zarr_format\": 2, \"shape\": [4], \"chunks\": [4], \"dtype\": \"<f4\", \"compressor\": null, \"fill_value\": 0, \"filters\": null, \"order\": \"C\"}");
        write("arrays/a/0", "123456789");
        Called manifest = Called.copick("manifest", "--zarr", folder.resolve("arrays"));
        assertEquals(1, manifest.status());
        assertTrue(
                manifest.err().contains("CorruptDataException")
                        || manifest.err().contains("9"),
                manifest::err);
        assertFalse(manifest.out().contains("sha256"), "no digest of what is not there");
    }

    @Test
    void missingThingsAreNamed() {
        assertFails("wbp@10", "render", "wbp@10", "-o", folder.resolve("x.png"), "-c", config);
        assertFails("no manifest at", "verify", folder.resolve("absent.json"), "-c", config);
        assertFails("nothing at", "manifest", "--zarr", folder.resolve("absent"));
        assertFails("no folder", "manifest", "-c", config, "-o", folder.resolve("absent/out.json"));
        assertFails("nobody", "ls", "--run", "nobody", "-c", config);
        assertFails("URI", "ls", "re:[", "-c", config);
        assertFalse(Files.exists(folder.resolve("x.png")));
    }

    @Test
    void malformedNamesAreReportedAndTheRestListed() throws IOException {
        write("static/ExperimentRuns/TS_001/Picks/no-parts.json", "{}");
        write(
                "static/ExperimentRuns/TS_001/Picks/a_1_ribosome.json",
                "{\"pickable_object_name\": \"ribosome\", \"user_id\": \"a\", \"session_id\": \"1\"}");
        Called listed = Called.copick("ls", "-c", config);
        assertEquals(0, listed.status());
        assertEquals(
                "TS_001\trun\tTS_001\tstatic" + System.lineSeparator() + "TS_001\tpicks\tribosome:a/1\tstatic"
                        + System.lineSeparator(),
                listed.out());
        assertTrue(listed.err().contains("no-parts.json"), listed::err);
    }

    @Test
    void secretsAreNotShown() throws IOException {
        Path secret = write(
                "secret.json",
                config("\"overlay_root\": \"overlay\", \"overlay_fs_args\": {\"auto_mkdir\": true},"
                        + "\"static_root\": \"static\", \"static_fs_args\": {\"token\": \"hunter2\"}"));
        Called failed = Called.copick("ls", "-c", secret, "--debug");
        assertEquals(1, failed.status());
        assertTrue(failed.err().contains("token"), failed::err);
        assertFalse(failed.err().contains("hunter2"), failed::err);
    }

    @Test
    void manifestsShowNoSecretsOfLayers() throws IOException {
        Path layered = write("layered.json", config("""
                        "overlay_root": "overlay", "static_root": "static", "layers": [
                        {"name": "mine", "root": "overlay", "token": "hunter1"},
                        {"name": "team", "root": "s3://team/data",
                         "fs_args": {"key": "hunter2", "secret": "hunter3", "anon": false,
                                     "endpoint_url": "http://127.0.0.1:1"}},
                        {"name": "shared", "root": "static"}]
                        """));
        Called manifest = Called.copick("manifest", "-c", layered);
        assertFalse((manifest.out() + manifest.err()).contains("hunter"), manifest::toString);
        Path local = write("local.json", config("""
                        "overlay_root": "overlay", "static_root": "static", "layers": [
                        {"name": "mine", "root": "overlay", "token": "hunter1", "fs_args": {"auto_mkdir": true}},
                        {"name": "shared", "root": "static"}]
                        """));
        Called readable = Called.copick("manifest", "-c", local).succeeded();
        assertFalse(readable.out().contains("hunter"), readable::out);
        assertTrue(readable.out().contains("\"name\" : \"shared\""), readable::out);
    }

    @Test
    void invalidPatternsAreRefused() {
        assertFails("invalid pattern", "add", "tomogram", folder.resolve("x[.mrc"), "-c", config);
        assertFails("there is no", "add", "tomogram", folder.resolve("absent/*.mrc"), "-c", config);
        assertFails("directory", "verify", folder, "-c", config);
    }

    private void assertFails(String told, Object... arguments) {
        Called called = Called.copick(arguments);
        assertEquals(1, called.status(), () -> called.out() + called.err());
        assertEquals(1, called.err().lines().count(), () -> "one line: " + called.err());
        assertTrue(called.err().startsWith("copick: "), called::err);
        assertTrue(called.err().contains(told), () -> told + " in " + called.err());
        assertFalse(called.err().contains("unexpected"), called::err);
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
        return Files.writeString(file, text);
    }

    private static String config(String roots) {
        return "{" + roots + ", \"pickable_objects\": [{\"name\": \"ribosome\", \"is_particle\": true}]}";
    }

    private Map<String, Long> files() throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                sizes.put(folder.relativize(file).toString(), Files.size(file));
            }
        }
        return sizes;
    }
}
