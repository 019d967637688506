package org.copick.cli.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.copick.AnnotationId;
import org.copick.Copick;
import org.copick.Root;
import org.copick.cli.Called;
import org.copick.cli.Golden;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of layer commands, with an empty layer above the overlay and static root that Python wrote. */
final class LayerCommandsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path folder;

    private Path golden = Path.of("");
    private Path config = Path.of("");

    @BeforeEach
    void unpack() throws IOException {
        golden = Golden.unpack("v1", folder);
        config = folder.resolve("layers.json");
        done(
                "config",
                "filesystem",
                "--overlay-root",
                folder.resolve("mine"),
                "--layer",
                "team=" + golden.resolve("overlay"),
                "--layer",
                "public=" + golden.resolve("static"),
                "--user-id",
                "me",
                "--config",
                config);
        withObjects(config);
    }

    @Test
    void layersAreConfigured() throws IOException {
        JsonNode json = MAPPER.readTree(config.toFile());
        assertEquals(
                List.of("overlay", "team", "public"),
                json.get("layers")
                        .valueStream()
                        .map(layer -> layer.get("name").textValue())
                        .toList());
        assertEquals(json.get("overlay_root"), json.at("/layers/0/root"));
        assertEquals(json.get("static_root"), json.at("/layers/1/root"), "the first one below is what Python sees");
        assertTrue(json.at("/layers/2/read_only").booleanValue());
        assertTrue(json.at("/layers/0/fs_args").isMissingNode());
        Path other = folder.resolve("other.json");
        done(
                "config",
                "filesystem",
                "--overlay-root",
                "s3://b/o",
                "--layer",
                "a=s3://b/a",
                "--layer",
                "b=s3://b/b=c",
                "--static-root",
                "s3://b/b=c",
                "--config",
                other);
        assertEquals(
                "s3://b/b=c", MAPPER.readTree(other.toFile()).get("static_root").textValue());
        for (String[] wrong : new String[][] {
            {"NAME=URL", "--layer", "team"},
            {"NAME=URL", "--layer", "=x"},
            {"name of another layer", "--layer", "a=/x", "--layer", "a=/y"},
            {"name of another layer", "--layer", "overlay=/x"},
            {"static_root", "--layer", "a=/x", "--static-root", "/y"}
        }) {
            failsAlone(
                    wrong[0],
                    Stream.concat(
                                    Stream.of(
                                            "config", "filesystem", "--overlay-root", "/o", "--config", folder + "/z"),
                                    Stream.of(wrong).skip(1))
                            .toArray());
        }
        JsonNode info = MAPPER.readTree(done("info", "--json", "-c", config).out());
        assertEquals("public", info.at("/layers/2/name").textValue());
    }

    @Test
    void whatIsHiddenIsListedAsHiddenAndComesBack() throws IOException {
        String before = succeeds("ls").out();
        List<String> all = before.lines().toList();
        String hidden = succeeds("hide", "picks", "ribosome:gapstop/0", "--run", "TS_001")
                .out();
        assertTrue(hidden.contains("gapstop_0_ribosome.json"), hidden);
        succeeds("hide", "segmentation", "*?instance=true", "--force");
        succeeds("hide", "voxelspacing", "13.48", "--run", "TS_001");
        succeeds("hide", "object-volume", "ribosome");
        succeeds("hide", "picks", "*", "--run", "TS_002", "--force");
        succeeds("hide", "voxelspacing", "10", "--run", "TS_002");
        assertTrue(succeeds("ls", "--hidden", "--run", "TS_002").out().lines().count() > 1);
        succeeds("hide", "run", "TS_002");
        List<String> shown = succeeds("ls").out().lines().toList();
        assertFalse(shown.stream().anyMatch(line -> line.startsWith("TS_002")));
        assertTrue(shown.size() < all.size() - 5);
        List<String> listed = succeeds("ls", "--hidden").out().lines().toList();
        assertEquals(
                List.of("voxel-spacing", "picks", "segmentation", "run", "density-map"),
                listed.stream().map(line -> line.split("\t", -1)[1]).toList());
        assertTrue(listed.get(1).endsWith("TS_001\tpicks\tribosome:gapstop/0\toverlay"), listed::toString);
        assertEquals(
                1, succeeds("ls", "--hidden", "ribosome:gapstop").out().lines().count());
        assertEquals(
                1, succeeds("ls", "--hidden", "--run", "TS_002").out().lines().count());
        assertEquals(
                listed.size(),
                MAPPER.readTree(succeeds("ls", "--hidden", "--json").out()).size());
        assertEquals(
                all.stream().filter(line -> line.contains("\tpicks\t")).count(),
                succeeds("ls", "--all-layers")
                        .out()
                        .lines()
                        .filter(line -> line.contains("\tpicks\t"))
                        .map(line -> line.substring(0, line.lastIndexOf('\t')))
                        .distinct()
                        .count());
        assertEquals(
                listed.stream().map(line -> line.split("\t", -1)[1]).toList(),
                Called.copick("diff", "-c", config)
                        .out()
                        .lines()
                        .map(line -> line.split("\t", -1)[2])
                        .toList());

        String still = succeeds("unhide", "picks", "ribosome", "--dry-run").out();
        assertEquals("TS_001\tribosome:gapstop/0\n", still);
        succeeds("unhide", "picks", "ribosome:gapstop/0");
        succeeds("unhide", "segmentation", "*?instance=true", "--force");
        succeeds("unhide", "voxelspacing", "13.48");
        succeeds("unhide", "object-volume", "ribosome");
        succeeds("unhide", "run", "TS_002");
        assertEquals("", succeeds("ls", "--hidden").out());
        assertEquals(before, succeeds("ls").out());
        try (Stream<Path> left = Files.walk(folder.resolve("mine"))) {
            assertEquals(0, left.filter(Files::isRegularFile).count(), "nothing is left");
        }
    }

    @Test
    void whatCannotBeHiddenIsRefused() throws IOException {
        succeeds("new", "picks", "--particle-name", "ribosome", "--out-user", "me", "--out-session", "1");
        fails("copick rm deletes it", "hide", "picks", "ribosome:me/1");
        fails("--force", "hide", "picks", "ribosome");
        fails("nothing matches", "hide", "picks", "ribosome:nobody/1");
        fails("no run", "hide", "run", "TS_099");
        fails("delete that first", "hide", "run", "TS_001");
        fails("--run", "hide", "voxelspacing", "10");
        fails("invalid voxel spacing", "hide", "voxelspacing", "ten");
        fails("nothing that is hidden", "unhide", "picks", "ribosome:gapstop/0");
        fails("--force", "unhide", "picks", "ribosome");
        fails("density map", "hide", "object-volume", "membrane");
        assertEquals(2, Called.copick("hide", "bird", "x", "-c", config).status());
        assertEquals("", succeeds("ls", "--hidden").out());
        Path single = Golden.config(golden, "copick.static-readonly.template.json");
        ObjectNode json = (ObjectNode) MAPPER.readTree(single.toFile());
        json.putArray("layers")
                .addObject()
                .put("name", "all")
                .put("root", json.get("overlay_root").textValue())
                .put("read_only", true);
        json.remove(List.of("static_root", "static_fs_args"));
        MAPPER.writeValue(single.toFile(), json);
        failsAlone("no writable layer", "hide", "run", "TS_001", "-c", single);
    }

    @Test
    void differencesAreOneLineEach() throws IOException {
        assertEquals("", succeeds("diff").out());
        succeeds("cp", "picks", "ribosome:gapstop/0", "ribosome:me/1", "--run", "TS_001");
        succeeds("hide", "picks", "proteasome:gapstop/0", "--run", "TS_001");
        Called called = Called.copick("diff", "-c", config);
        assertEquals(3, called.status(), called::err);
        assertEquals(
                "-\tTS_001\tpicks\tproteasome:gapstop/0\n+\tTS_001\tpicks\tribosome:me/1\n"
                        .lines()
                        .sorted()
                        .toList(),
                called.out().lines().sorted().toList());
        assertEquals("", succeeds("diff", "--run", "TS_002").out());
        assertEquals("", succeeds("diff", "membrane").out());
        JsonNode json = MAPPER.readTree(
                Called.copick("diff", "ribosome", "--json", "-c", config).out());
        assertEquals(1, json.size());
        assertEquals("added", json.at("/0/difference").textValue());
        assertTrue(json.at("/0/path").textValue().endsWith("Picks/me_1_ribosome.json"));
        failsAlone("regular expression", "diff", "re:(", "-c", config);
    }

    @Test
    void whatIsMineIsPromoted() throws IOException {
        succeeds("cp", "picks", "ribosome:gapstop/0", "ribosome:me/1", "--run", "TS_001");
        succeeds("cp", "tomogram", "wbp@10", "mine", "--run", "TS_001");
        Path team = folder.resolve("team.json");
        done("config", "filesystem", "--overlay-root", golden.resolve("overlay"), "--config", team);
        String dry = succeeds("promote", "picks", "ribosome:me/1", "--to", team, "--dry-run")
                .out();
        assertTrue(dry.contains("TS_001\tpicks\tribosome:me/1"), dry);
        assertTrue(dry.endsWith("1 to promote, 1 object to add\n"), dry);
        Path stored = golden.resolve("overlay/ExperimentRuns/TS_001/Picks/me_1_ribosome.json");
        assertFalse(Files.exists(stored));

        fails("read-only layer", "promote", "picks", "ribosome:gapstop/0", "--to", team);
        fails("--force", "promote", "picks", "*", "--to", team);
        fails("project itself", "promote", "picks", "ribosome:me/1", "--to", config);
        String done = succeeds("promote", "picks", "*", "--force", "--to", team).out();
        assertTrue(done.endsWith("1 promoted, 1 object added\n"), done);
        assertTrue(Files.exists(stored));
        assertEquals(
                "ribosome",
                MAPPER.readTree(team.toFile()).at("/pickable_objects/0/name").textValue(),
                "the configuration is saved");
        String again =
                succeeds("promote", "picks", "ribosome:me/1", "--to", team).out();
        assertTrue(again.endsWith("0 promoted, 1 there already, 0 objects added\n"), again);
        try (Root root = Copick.open(team)) {
            root.run("TS_001")
                    .picks(AnnotationId.of("ribosome").user("me").session("1"))
                    .write(List.of());
        }
        fails("exists already", "promote", "picks", "ribosome:me/1", "--to", team);
        succeeds("promote", "picks", "ribosome:me/1", "--to", team, "--overwrite");
        succeeds("promote", "tomogram", "mine@10", "--to", team);
        Called same = succeeds("diff");
        assertEquals(
                "=\tTS_001\ttomogram\tmine@10.0\n=\tTS_001\tpicks\tribosome:me/1\n",
                same.out(),
                "what is equal below is no difference");
    }

    @Test
    void validateTellsOfWhatHidesNothing() throws IOException {
        List<String> before = problems();
        succeeds("hide", "picks", "ribosome:gapstop/0", "--run", "TS_001");
        assertEquals(before, problems(), "a tombstone is no stray");
        Path mine = folder.resolve("mine/ExperimentRuns/TS_001/Picks");
        Files.writeString(mine.resolve(".nobody_1_ribosome.json.hidden-v1"), "{\"copick_hidden\": 1}\n");
        Files.writeString(mine.resolve(".gapstop_0_ribosome.json.hidden-v9"), "{}");
        Path run = golden.resolve("static/ExperimentRuns/.TS_077.hidden-v1");
        Files.writeString(run, "{\"copick_hidden\": 1}\n");
        List<String> after = problems();
        after.removeAll(before);
        assertEquals(3, after.size(), after::toString);
        assertEquals(
                2, after.stream().filter(line -> line.contains("hides nothing")).count(), after::toString);
        assertEquals(
                1, after.stream().filter(line -> line.contains("later version")).count(), after::toString);
        assertFalse(
                Called.copick("validate", "--quick", "--run", "TS_002", "-c", config)
                        .out()
                        .contains("hides nothing"),
                "other runs were not asked for");
    }

    private List<String> problems() {
        return new java.util.ArrayList<>(
                Called.copick("validate", "--quick", "-c", config).out().lines().toList());
    }

    /** Adds the objects of the project that Python wrote to a configuration. */
    private void withObjects(Path file) throws IOException {
        ObjectNode json = (ObjectNode) MAPPER.readTree(file.toFile());
        json.set(
                "pickable_objects",
                MAPPER.readTree(golden.resolve("copick.template.json").toFile()).get("pickable_objects"));
        MAPPER.writeValue(file.toFile(), json);
    }

    private Called succeeds(Object... arguments) {
        return done(Stream.concat(Stream.of(arguments), Stream.of("-c", config)).toArray());
    }

    private static Called done(Object... arguments) {
        return Called.copick(arguments).succeeded();
    }

    private void fails(String told, Object... arguments) {
        failsAlone(
                told,
                Stream.concat(Stream.of(arguments), Stream.of("-c", config)).toArray());
    }

    private static void failsAlone(String told, Object... arguments) {
        Called called = Called.copick(arguments);
        assertEquals(1, called.status(), () -> called.out() + called.err());
        assertTrue(called.err().contains(told), () -> told + " in " + called.err());
        assertFalse(called.err().contains("unexpected"), called::err);
    }
}
