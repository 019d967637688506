package org.copick.cli.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.copick.cli.Called;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that one unreadable part is reported, the rest is done, and the exit status is 1. */
final class PartlyReadableTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path folder;

    private Path config = Path.of("");

    @BeforeEach
    void project() throws IOException {
        config = Files.writeString(folder.resolve("copick.json"), """
                {"name": "p", "overlay_root": "overlay", "pickable_objects": [
                  {"name": "ribosome", "is_particle": true, "label": 1, "radius": 50},
                  {"name": "membrane", "is_particle": false, "label": 2, "radius": 10}]}
                """);
        for (String run : new String[] {"TS_1", "TS_2", "TS_3"}) {
            for (String user : new String[] {"anna", "ben", "cleo"}) {
                write(run + "/Picks/" + user + "_1_ribosome.json", picks(user));
            }
        }
    }

    @AfterEach
    void readable() throws IOException {
        Path run = folder.resolve("overlay/ExperimentRuns/TS_2");
        permit(run, "rwxr-xr-x");
        permit(run.resolve("Picks"), "rwxr-xr-x");
    }

    @Test
    void anEmptyPicksFileAmongOthers() throws IOException {
        write("TS_2/Picks/ben_1_ribosome.json", "");

        Called stats = fails("ben_1_ribosome.json", "stats", "picks", "--json");
        JsonNode counts = MAPPER.readTree(stats.out());
        assertEquals(8, counts.get("total_pick_files").asInt());
        assertEquals(16, counts.get("total_picks").asInt());
        assertEquals(4, counts.at("/distribution_by_run/TS_2").asInt());
        assertEquals(4, counts.at("/distribution_by_user/ben").asInt());

        JsonNode contents =
                MAPPER.readTree(fails("ben_1_ribosome.json", "manifest").out()).get("contents");
        assertEquals(9, contents.size());
        assertEquals(
                1,
                contents.valueStream().filter(content -> content.has("error")).count());
    }

    @Test
    void whatCannotBeReadIsNotEqual() throws IOException {
        Path manifest = folder.resolve("m.json");
        copick("manifest", "-o", manifest).succeeded();
        assertEquals("copick: equal\n", copick("verify", manifest).succeeded().err());
        write("TS_2/Picks/ben_1_ribosome.json", "");
        String file = folder.resolve("overlay/ExperimentRuns/TS_2/Picks/ben_1_ribosome.json")
                .toString();
        String told = "copick: cannot read " + file + ": the file is empty, not a JSON object\n";
        Called before = copick("verify", manifest);
        assertEquals(3, before.status());
        assertEquals(told + "copick: 1 difference\n", before.err());
        assertEquals(told, fails("is empty", "manifest", "-o", manifest).err());

        assertEquals(told, fails("is empty", "verify", manifest).err());
        assertEquals("", copick("verify", manifest).out());

        Called validated = copick("validate");
        assertTrue(validated.out().contains(file + "\tthe file is empty, not a JSON object\n"), validated::out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TS_2/Picks", "TS_2"})
    void aFolderThatMayNotBeRead(String name) throws IOException {
        Path locked = folder.resolve("overlay/ExperimentRuns").resolve(name);
        permit(locked, "---------");
        assumeFalse(Files.isReadable(locked), "a superuser may read everything");
        String reason = "permission denied";

        String listed = fails(reason, "ls").out();
        assertEquals(9, listed.lines().count(), listed);
        assertTrue(listed.contains("TS_3\tpicks\tribosome:cleo/1"), listed);
        assertEquals(
                6,
                MAPPER.readTree(fails(reason, "stats", "picks", "--json").out())
                        .get("total_pick_files")
                        .asInt());
        assertEquals(9, MAPPER.readTree(fails(reason, "ls", "--json").out()).size());
        assertEquals(6, fails(reason, "ls", "ribosome:*/*").out().lines().count());
        JsonNode manifest = MAPPER.readTree(fails(reason, "manifest").out());
        assertEquals(6, manifest.get("contents").size());
        assertTrue(manifest.at("/views/project/runs/1/error").asText().contains(reason));
        assertFalse(manifest.at("/views/project/runs/2").has("error"));
        JsonNode info = MAPPER.readTree(fails(reason, "info", "--json").out());
        assertEquals(6, info.at("/contents/0/count").asInt());
        Called validated = copick("validate");
        assertEquals(1, validated.status());
        assertTrue(validated.out().contains(reason), validated::out);
    }

    @Test
    void theManifestOfArraysIsWhole() throws IOException {
        String array = "{\"zarr_format\": 2, \"shape\": [2], \"chunks\": [2], \"dtype\": \"|u1\", \"compressor\": null,"
                + " \"fill_value\": 0, \"filters\": null, \"order\": \"C\"}";
        for (String name : new String[] {"a", "b", "c"}) {
            Files.createDirectories(folder.resolve("arrays").resolve(name));
            Files.writeString(folder.resolve("arrays").resolve(name).resolve(".zarray"), array);
        }
        Files.writeString(folder.resolve("arrays/b/0"), "too long");
        Called called = Called.copick("manifest", "--zarr", folder.resolve("arrays"));
        assertEquals(1, called.status());
        JsonNode arrays = MAPPER.readTree(called.out()).get("arrays");
        assertEquals(3, arrays.size());
        assertTrue(arrays.get(1).has("error"));
        assertTrue(arrays.get(2).has("sha256"));
    }

    private Called fails(String told, Object... arguments) {
        Called called = copick(arguments);
        assertEquals(1, called.status(), () -> called.out() + called.err());
        assertEquals(1, called.err().lines().count(), called::err);
        assertTrue(called.err().contains(told), called::err);
        return called;
    }

    private Called copick(Object... arguments) {
        Object[] all =
                Stream.concat(Stream.of(arguments), Stream.of("-c", config)).toArray();
        return Called.copick(all);
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve("overlay/ExperimentRuns").resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static String picks(String user) {
        return "{\"pickable_object_name\": \"ribosome\", \"user_id\": \"" + user + "\", \"session_id\": \"1\","
                + " \"points\": [{\"location\": {\"x\": 1, \"y\": 1, \"z\": 1}},"
                + " {\"location\": {\"x\": 2, \"y\": 1, \"z\": 1}}]}";
    }
}
