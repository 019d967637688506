package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.copick.AnnotationId;
import org.copick.Copick;
import org.copick.Root;
import org.copick.SegmentationId;
import org.copick.VolumeData;
import org.copick.cli.output.ExitStatus;
import org.copick.cli.output.Printable;
import org.copick.mesh.MeshScene;
import org.copick.picks.Point;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that names in a store cannot break lines, move the cursor or reverse text in any output. */
final class HostileNamesTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path folder;

    private Path config = Path.of("");
    private final Set<String> runs = new TreeSet<>();

    @BeforeEach
    void project() throws IOException {
        config = Files.writeString(folder.resolve("copick.json"), """
                {"config_type": "filesystem", "overlay_root": "project", "pickable_objects": [
                  {"name": "ribosome", "is_particle": true, "label": 1, "radius": 30}]}
                """);
        runs.addAll(List.of("L1\nL2", "TS_\u001b[2J\u001b]0;pwn\u0007", "tab\tr\r", "\u007f-x"));
        if (Charset.forName(System.getProperty("sun.jnu.encoding")).newEncoder().canEncode('\u202e')) {
            runs.addAll(List.of("a\u202egnp", "\u2066\u200b\u2028\ufeff"));
        }
        try (Root root = Copick.open(config)) {
            var plain = root.newRun("plain");
            plain.newVoxelSpacing(10).newTomogram("wbp", VolumeData.of(new float[512], 8, 8, 8));
            plain.newPicks(AnnotationId.of("ribosome").user("me").session("1"), List.of(Point.at(10, 20, 30)));
            plain.newMesh(AnnotationId.of("ribosome").user("me").session("1"), MeshScene.empty());
            plain.newSegmentation(
                    SegmentationId.binary("ribosome").at(10).user("me").session("1"), VolumeData.zeros(8, 8, 8));
        }
        Path parent = folder.resolve("project/ExperimentRuns");
        for (String run : runs) {
            copy(parent.resolve("plain"), parent.resolve(run));
            copy(
                    parent.resolve("plain/Picks/me_1_ribosome.json"),
                    parent.resolve(run + "/Picks/m\ne_1\u001b_ribosome.json"));
            Files.writeString(parent.resolve(run + "/Picks/no\u001bname\n.json"), "{}");
        }
        try (Stream<Path> plain = Files.walk(parent.resolve("plain"))) {
            for (Path each : plain.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(each);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
    }

    @Test
    void everyEntityIsOneLine() {
        Called listed = called("ls");
        // per run: the run, a voxel spacing, a tomogram, two picks, a mesh and a segmentation
        assertEquals(7L * runs.size(), listed.out().lines().count(), listed::out);
        assertTrue(listed.out().lines().allMatch(line -> line.split("\t", -1).length == 4), listed::out);
        assertTrue(listed.out().contains("L1\\nL2\tpicks\tribosome:m\\ne/1\\u001b\toverlay\n"), listed::out);
        assertTrue(listed.out().contains("tab\\tr\\r\trun\ttab\\tr\\r\toverlay\n"), listed::out);
        assertEquals(runs.size(), listed.err().lines().count(), listed::err);
    }

    @Test
    void jsonIsExact() throws IOException {
        JsonNode rows = MAPPER.readTree(called("ls", "--json").out());
        Set<String> found = new TreeSet<>();
        rows.forEach(row -> found.add(row.get("run").textValue()));
        assertEquals(runs, found);
        rows.forEach(row -> assertTrue(Files.exists(Path.of(row.get("path").textValue())), row::toString));
    }

    @Test
    void noCommandPrintsThem() throws IOException {
        Path manifest = folder.resolve("manifest.json");
        List<Object[]> commands = new ArrayList<>(List.of(
                new Object[] {"ls", "--long"},
                new Object[] {"info"},
                new Object[] {"stats", "picks"},
                new Object[] {"diff"},
                new Object[] {"manifest"},
                new Object[] {"manifest", "-o", manifest},
                new Object[] {"verify", manifest},
                new Object[] {"verify", manifest, "--run", "L1\nL2"},
                new Object[] {"cp", "picks", "ribosome:me/1", "ribosome:you/1", "--dry-run"},
                new Object[] {"cp", "picks", "ribosome:*", "ribosome:you/1", "--force"},
                new Object[] {"rm", "mesh", "ribosome:me/1"},
                new Object[] {"new", "picks", "--particle-name", "ribosome"},
                new Object[] {"render", "wbp@10"},
                new Object[] {"ls", "--run", "no\u001b[2J\n"},
                new Object[] {"ls", "--no\u001b[2J\n"},
                new Object[] {"\u001b]0;pwn\u0007"},
                new Object[] {"--debug", "rm", "picks", "\u001b[2J\n:/"},
                new Object[] {"export", "picks", "--picks-uri", "*", "--output-file", "-", "--output-format", "star"}));
        for (Object[] command : commands) {
            called(command);
        }
    }

    @Test
    void manifestsHoldWhatUtf8Cannot() throws IOException {
        Files.writeString(
                folder.resolve("project/ExperimentRuns/L1\nL2/Picks/me_1_ribosome.json"),
                "{\"pickable_object_name\": \"ribosome\", \"user_id\": \"a\\ud800\", \"session_id\": \"1\"}");
        Path manifest = folder.resolve("manifest.json");
        called("manifest", "-o", manifest, "--run", "L1\nL2").succeeded();
        called("verify", manifest, "--run", "L1\nL2").succeeded();
        assertTrue(Files.readString(manifest).contains("\"a\\ud800\""));
    }

    @Test
    void validateReportsThem() {
        Called called = called("validate");
        assertEquals(ExitStatus.FAILED, called.status());
        for (String run : runs) {
            String name = Printable.line(run);
            assertEquals(
                    1,
                    called.out()
                            .lines()
                            .filter(line -> line.contains("/ExperimentRuns/" + name + "\tits name contains U+"))
                            .count(),
                    called::out);
        }
        assertTrue(
                called.out()
                        .contains(
                                "/L1\\nL2/Picks/m\\ne_1\\u001b_ribosome.json\tits name contains U+000A, U+001B, which"),
                called::out);
        assertTrue(called.out().contains("/L1\\nL2\tits name contains U+000A, which terminals execute"), called::out);
    }

    @Test
    void exportedFilesHaveSafeNames() throws IOException {
        Path out = folder.resolve("out");
        called("export", "tomogram", "--tomogram-uri", "wbp", "--output-dir", out, "--output-format", "mrc");
        called("export", "segmentation", "--segmentation-uri", "*", "--output-dir", out, "--output-format", "zarr");
        called("export", "mesh", "--mesh-uri", "*", "--output-dir", out);
        called("export", "picks", "--picks-uri", "*", "--output-dir", out, "--output-format", "csv");
        Path index = out.resolve("index.star");
        called(
                "export",
                "picks",
                "--picks-uri",
                "ribosome:me/1",
                "--output-file",
                index,
                "--output-format",
                "star",
                "--star-layout",
                "import");
        try (Stream<Path> files = Files.walk(out)) {
            List<String> names =
                    files.map(file -> out.relativize(file).toString()).toList();
            names.forEach(name -> assertEquals(Printable.line(name), name));
            assertTrue(names.contains("L1%0AL2/VoxelSpacing10.000/wbp.mrc"), names::toString);
            assertTrue(names.contains("L1%0AL2_ribosome_m%0Ae_1%1B.csv"), names::toString);
            assertTrue(names.contains("L1%0AL2_ribosome_me_1.glb"), names::toString);
        }
        assertFalse(Files.exists(index), "STAR has no names of several lines");
    }

    private Called called(Object... arguments) {
        Called called = Called.copick(
                Stream.concat(Stream.of(arguments), Stream.of("-c", config)).toArray());
        String all = called.out() + called.err();
        assertTrue(
                all.codePoints().noneMatch(c -> c != '\n' && c != '\t' && Printable.isHostile(c)),
                () -> Printable.line(all));
        called.err()
                .lines()
                .forEach(line -> assertTrue(
                        line.matches(
                                "copick: .*|    at .*|    \\.\\.\\. .*|(Caused by: )?[\\w.]+(Exception|Failure).*"),
                        line));
        return called;
    }
}
