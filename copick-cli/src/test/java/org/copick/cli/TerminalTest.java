package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.copick.AnnotationId;
import org.copick.Copick;
import org.copick.OnExisting;
import org.copick.Root;
import org.copick.cli.output.Screen;
import org.copick.cli.output.StandardStreams;
import org.copick.cli.project.SampleProject;
import org.copick.picks.Point;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Output of commands on a terminal: tables with headers, colours, help as wide as the window. */
final class TerminalTest {
    @TempDir
    private static Path folder;

    private static String config = "";

    @BeforeAll
    static void unpack() throws IOException {
        SampleProject.unpack(folder);
        config = folder.resolve("copick.json").toString();
    }

    @Test
    void listsAreTables() {
        List<String> lines = shown(120, false, "ls", "--long", "-c", config);
        assertEquals(
                List.of("RUN", "KIND", "URI", "LAYER", "SHAPE (Z×Y×X)", "TYPE", "CONTENT", "SIZE"),
                List.of(lines.get(0).split(" {2,}", -1)));
        String tomogram = lines.stream()
                .filter(line -> line.contains("wbp@10.0 ") && line.startsWith("TS_001"))
                .findFirst()
                .orElseThrow();
        assertTrue(
                tomogram.matches(
                        "TS_001 +tomogram +wbp@10.0 +static +\\d+×\\d+×\\d+ +float32 +3 levels +[0-9.]+ [kM]B"),
                tomogram);
        assertEquals(
                Called.copick("ls", "-c", config).out().lines().count() + 1, lines.size(), "a line each, and headers");
    }

    @Test
    void pipesGetTheLinesThatScriptsKnow() {
        String piped = Called.copick("ls", "--long", "wbp@10.0", "--run", "TS_001", "-c", config)
                .out();
        assertTrue(
                piped.matches(
                        "(?s)TS_001\ttomogram\twbp@10.0\tstatic\t\\d+×\\d+×\\d+ <f4  3 levels  [0-9.]+ [kM]B\\R.*"),
                piped);
    }

    @Test
    void aPatternWithoutMatchesSaysSo() {
        Called none = Called.copick("ls", "TS_001", "-c", config).succeeded();
        assertEquals("", none.out());
        assertEquals(
                "copick: nothing matches TS_001; copick ls lists everything, --run NAME limits it to a run",
                none.err().strip());
        assertEquals(
                "[ ]",
                Called.copick("ls", "nothing", "--json", "-c", config).out().strip());
    }

    @Test
    void infoNamesLayersObjectsAndContents() {
        String info = String.join("\n", shown(120, false, "info", "-c", config));
        for (String header : List.of(
                "LAYER +ACCESS +LOCATION",
                "OBJECT +LABEL +KIND +RADIUS",
                "LAYER +CONTENT +COUNT +SIZE",
                "INSTALLED STORAGE +OPENS")) {
            assertTrue(info.lines().anyMatch(line -> line.matches(header + ".*")), header + " in " + info);
        }
        assertTrue(info.contains("writable   " + folder.resolve("overlay")), info);
        assertTrue(info.lines().anyMatch(line -> line.matches("ribosome +\\d +particle +1\\d0 Å.*")), info);
    }

    @Test
    void statisticsAreTables() {
        List<String> lines = shown(80, false, "stats", "picks", "-c", config);
        assertTrue(lines.contains("TOTAL       COUNT"), lines::toString);
        assertTrue(lines.stream().anyMatch(line -> line.matches("OBJECT +COUNT")), lines::toString);
    }

    @Test
    void problemsAreRed() throws IOException {
        try (Root root = Copick.open(Path.of(config))) {
            AnnotationId mine = AnnotationId.of("ribosome").user("outside").session("1");
            root.run("TS_001").newPicks(mine, List.of(Point.at(1e6, 0, 0)), OnExisting.REPLACE);
            List<String> lines = shown(1, 80, true, "validate", "--quick", "--run", "TS_001", "-c", config);
            assertTrue(lines.get(0).startsWith("\u001b[1mLOCATION"), lines::toString);
            assertTrue(lines.stream().anyMatch(line -> line.contains("\u001b[31m1 point outside")), lines::toString);
            root.run("TS_001").picks(mine).delete();
        }
    }

    @Test
    void aCleanValidationSaysWhatItChecked() throws IOException {
        Called clean = Called.copick("validate", "--run", "empty_run", "-c", config);
        assertEquals("", clean.succeeded().out());
        assertTrue(
                clean.err()
                        .matches(
                                "copick: no problems in 1 run, 1 entity and \\d+ objects of 2 layers; every voxel was read\\R"),
                clean.err());
        assertTrue(Called.copick("validate", "--quick", "--run", "empty_run", "-c", config)
                .err()
                .contains("; voxels were not read"));
    }

    @Test
    void headersAreBoldUnlessColoursAreUnwanted() {
        assertTrue(shown(80, true, "ls", "-c", config).get(0).startsWith("\u001b[1mRUN"));
        assertTrue(shown(80, false, "ls", "-c", config).get(0).startsWith("RUN"));
    }

    @Test
    void helpFollowsTheWidthOfTheTerminal() {
        int wide = longest(shown(110, false, "help", "export", "picks"));
        assertTrue(wide > 90 && wide <= 110, () -> "longest line: " + wide);
        int narrow = longest(shown(60, false, "export", "picks", "--help"));
        assertTrue(narrow <= 60, () -> "longest line: " + narrow);
        assertEquals(shown(120, false, "ls", "--help"), shown(400, false, "ls", "--help"));
        assertTrue(String.join("", shown(80, true, "ls", "--help")).contains("\u001b["));
    }

    private static int longest(List<String> lines) {
        return lines.stream().mapToInt(String::length).max().orElse(0);
    }

    private static List<String> shown(int columns, boolean colours, String... arguments) {
        return shown(0, columns, colours, arguments);
    }

    private static List<String> shown(int expected, int columns, boolean colours, String... arguments) {
        ByteArrayOutputStream terminal = new ByteArrayOutputStream();
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        Screen screen = new Screen(terminal, messages, new StandardStreams(true, false, false, columns, colours));
        int status = Main.run(screen.out(), screen.err(), arguments);
        assertEquals(expected, status, () -> messages.toString(StandardCharsets.UTF_8));
        return terminal.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
