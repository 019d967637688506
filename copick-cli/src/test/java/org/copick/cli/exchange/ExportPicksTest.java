package org.copick.cli.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.copick.AnnotationId;
import org.copick.Copick;
import org.copick.Root;
import org.copick.Run;
import org.copick.VolumeData;
import org.copick.cli.Called;
import org.copick.cli.Main;
import org.copick.cli.output.Screen;
import org.copick.cli.output.StandardStreams;
import org.copick.picks.Point;
import org.copick.picks.Transform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of exports of picks: failures do not stop others, values are exact, and missing data are warned of. */
final class ExportPicksTest {
    @TempDir
    private Path folder;

    private Path config = Path.of("");

    @BeforeEach
    void project() throws IOException {
        config = Files.writeString(folder.resolve("copick.json"), """
                {"config_type": "filesystem", "overlay_root": "project", "pickable_objects": [
                  {"name": "ribosome", "is_particle": true, "label": 1}]}
                """);
        try (Root root = Copick.open(config)) {
            for (String name : List.of("TS_1", "TS_2", "TS_3")) {
                Run run = root.newRun(name);
                run.newVoxelSpacing(10).newTomogram("wbp", VolumeData.of(new float[128 * 2], 1, 2, 128));
                run.newPicks(
                        AnnotationId.of("ribosome").user("alice").session("1"), List.of(Point.at(620.497, 10.1, 5)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "star"})
    void aDashIsStandardOutput(String format) throws IOException {
        Path file = folder.resolve("all." + format);
        export(format, "--output-file", file).succeeded();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Screen screen = new Screen(out, err, new StandardStreams(false, false, false));

        int status = Main.run(
                screen.out(),
                screen.err(),
                "export",
                "picks",
                "--picks-uri",
                "ribosome",
                "--output-format",
                format,
                "--output-file",
                "-",
                "-c",
                config.toString());

        assertEquals(0, status, err::toString);
        assertArrayEquals(Files.readAllBytes(file), out.toByteArray());
        assertEquals(
                Files.readString(file),
                export(format, "--output-file", "-").succeeded().out());
        assertFalse(Files.exists(Path.of("-")));
        assertEquals(
                2,
                export("star", "--star-layout", "import", "--output-file", "-").status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"points\":", "[1]"})
    void oneBadFileHidesNoOther(String content) throws IOException {
        Path bad = folder.resolve("project/ExperimentRuns/TS_2/Picks/alice_1_ribosome.json");
        Files.writeString(bad, content);
        for (String format : List.of("csv", "star")) {
            Path out = folder.resolve("out");
            Called called = export(format, "--output-dir", out);
            assertEquals(1, called.status(), called::err);
            assertEquals(
                    1,
                    called.err()
                            .lines()
                            .filter(line -> line.contains(bad.toString()))
                            .count(),
                    called::err);
            assertFalse(called.err().contains("unexpected"), called::err);
            assertEquals(2, called.out().lines().count(), called::out);
            assertTrue(Files.exists(out.resolve("TS_1_ribosome_alice_1." + format)));
            assertFalse(Files.exists(out.resolve("TS_2_ribosome_alice_1." + format)));
            assertTrue(Files.exists(out.resolve("TS_3_ribosome_alice_1." + format)));
            Path all = folder.resolve("all." + format);
            assertEquals(1, export(format, "--output-file", all).status());
            String text = Files.readString(all);
            assertTrue(text.contains("TS_1") && text.contains("TS_3") && !text.contains("TS_2"), text);
        }
    }

    @Test
    void nothingIsWrittenWhenNothingCanBeRead() throws IOException {
        for (String run : List.of("TS_1", "TS_2", "TS_3")) {
            Files.writeString(folder.resolve("project/ExperimentRuns/" + run + "/Picks/alice_1_ribosome.json"), "");
        }
        Path all = folder.resolve("all.csv");
        Called called = export("csv", "--output-file", all);
        assertEquals(1, called.status());
        assertEquals(3, called.err().lines().count(), called::err);
        assertFalse(Files.exists(all));
    }

    @Test
    void pointsThatAreNowhereAreNamedAndHideNoOther() throws IOException {
        Path bad = folder.resolve("project/ExperimentRuns/TS_2/Picks/alice_1_ribosome.json");
        String good = Files.readString(bad);
        String nowhere = good.replace("620.497", "NaN");
        String turnedNowhere = good.replaceFirst("(\"transformation_\"\\s*:\\s*\\[\\s*\\[\\s*)1\\.0", "$1Infinity");
        for (String content : List.of(nowhere, turnedNowhere)) {
            assertFalse(content.equals(good), good);
            Files.writeString(bad, content);
            for (String format : List.of("csv", "star")) {
                Path all = folder.resolve("all." + format);
                Called called = export(format, "--output-file", all, "--overwrite");
                assertEquals(1, called.status(), called::err);
                String first = called.err().lines().findFirst().orElseThrow();
                assertTrue(first.startsWith("copick: not exported: " + bad + ": "), first);
                assertTrue(
                        first.contains(
                                content.equals(nowhere)
                                        ? ": point 0 is at NaN, 10.1, 5.0"
                                        : ": the transform of point 0 is [Infinity, 0.0, 0.0"),
                        first);
                String text = Files.readString(all);
                assertTrue(text.contains("TS_1") && text.contains("TS_3") && !text.contains("TS_2"), text);
            }
        }
    }

    @Test
    void transformsThatAreNoRotationsAreCounted() {
        try (Root root = Copick.open(config)) {
            Transform reflection = Transform.of(-1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1);
            root.run("TS_2")
                    .newPicks(
                            AnnotationId.of("ribosome").user("bob").session("1"),
                            List.of(Point.at(1, 2, 3, reflection)));
        }
        String told = "transforms of 1 point of TS_2 are reflections or singular";
        Called called = export("star", "--output-dir", folder.resolve("out"));
        assertEquals(0, called.status(), called::err);
        List<String> lines =
                called.err().lines().filter(line -> line.contains(told)).toList();
        assertEquals(1, lines.size(), called::err);
        assertTrue(lines.get(0).endsWith("written as 0"), called::err);
        Called index = export("star", "--star-layout", "import", "--output-file", folder.resolve("in/index.star"));
        assertEquals(1, index.err().lines().count(), index::err);
        assertTrue(index.err().contains(told), index::err);
    }

    @Test
    void numbersAreThoseThatWereMeant() throws IOException {
        Path star = folder.resolve("all.star");
        export("star", "--output-file", star);
        String text = Files.readString(star);
        assertTrue(text.contains("TS_1\t0.0\t0.0\t0.0\t-19.503\t0.1\t0.0\n"), text);
        assertEquals(
                0,
                called("add", "picks", star, "--object-name", "ribosome", "--user-id", "back")
                        .status());
        try (Root root = Copick.open(config)) {
            Run run = root.run("TS_1");
            assertEquals(
                    run.picks(AnnotationId.of("ribosome").user("alice").session("1"))
                            .points(),
                    run.picks(AnnotationId.of("ribosome").user("back").session("1"))
                            .points());
        }
    }

    @Test
    void whatRelionWillMissIsSaidOnce() {
        Called none = export("star", "--output-dir", folder.resolve("out"));
        assertEquals(0, none.status());
        assertEquals(1, none.err().lines().count(), none::err);
        assertTrue(none.err().startsWith("copick: warning: "), none::err);
        assertTrue(
                none.err().contains("tilt series of TS_1, TS_2, TS_3 there is no optics table; RELION needs one with"),
                none::err);
        assertTrue(none.err().contains("--tilt-series-pixel-size"), none::err);
        Called lacking =
                export("star", "--output-dir", folder.resolve("out"), "--tilt-series-pixel-size", "2", "--overwrite");
        assertTrue(lacking.err().contains("lacks rlnVoltage"), lacking::err);
        assertEquals("", export("csv", "--output-dir", folder.resolve("out")).err());
    }

    private Called export(String format, Object... arguments) {
        return called(Stream.concat(
                        Stream.of("export", "picks", "--picks-uri", "ribosome", "--output-format", format),
                        Stream.of(arguments))
                .toArray());
    }

    private Called called(Object... arguments) {
        return Called.copick(
                Stream.concat(Stream.of(arguments), Stream.of("-c", config)).toArray());
    }
}
