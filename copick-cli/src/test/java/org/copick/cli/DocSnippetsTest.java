package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.copick.AnnotationFilter;
import org.copick.AnnotationId;
import org.copick.Axis;
import org.copick.Copick;
import org.copick.CopickContext;
import org.copick.MetadataFilter;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.Tomogram;
import org.copick.VoxelSpacing;
import org.copick.config.ProjectConfig;
import org.copick.error.ConflictException;
import org.copick.error.InvalidConfigException;
import org.copick.picks.Point;
import org.copick.storage.StorageProviders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the code that the guides show, and checks the messages and names that they quote. */
final class DocSnippetsTest {
    private static final String APPLICATION = "docs/application.md";
    private static final AnnotationId MINE =
            AnnotationId.of("ribosome").user("alice").session("7");

    @TempDir
    private Path folder;

    private Path config = Path.of("");

    @BeforeEach
    void unpackProject() throws IOException {
        config = Golden.config(Golden.unpack("v1", folder), "copick.template.json");
        try (Root root = Copick.open(config)) {
            root.run("TS_001").newPicks(MINE, List.of(Point.at(1, 2, 3)));
        }
    }

    @Test
    void theGuidesShowWhatIsRun() throws IOException {
        Snippets.assertShown(
                APPLICATION,
                DocSnippetsTest.class,
                Map.of("Path.of(\"copick.json\")", "config", "\"copick.json\"", "config.toString()"));
        Snippets.assertShown(
                "docs/disk-cache.md",
                DocSnippetsTest.class,
                Map.of("Path.of(\"/scratch/copick-cache\")", "folder.resolve(\"cache\")"));
    }

    @Test
    void portalsAreFiltered() throws IOException {
        Snippets.assertShown("docs/portal.md", DocSnippetsTest.class, Map.of("\"portal.json\"", "portal"));
        Snippets.assertCompilesAlone(Snippets.blocks("docs/portal.md", "java").get(0), folder);
        try (PortalProject project = new PortalProject(folder)) {
            Path portal = project.config();
            String printed = printed(() -> {
                // shown in docs/portal.md
                try (Root root = Copick.open(portal)) {
                    MetadataFilter manual = MetadataFilter.any()
                            .is("method_type", "manual")
                            .is("authors", "Ann Author")
                            .atLeast("release_date", "2025-01-01");
                    MetadataFilter standard = MetadataFilter.any().is("is_portal_standard", true);
                    for (Run run : root.runsNamed("TS_001")) {
                        for (Picks picks : run.picks(AnnotationFilter.any().metadata(manual))) {
                            System.out.println(run.name() + " " + picks);
                        }
                        for (VoxelSpacing spacing : run.voxelSpacings()) {
                            for (Tomogram tomogram : spacing.tomograms(standard)) {
                                System.out.println(run.name() + " " + tomogram);
                            }
                        }
                    }
                }
                // end of what is shown
            });
            List<String> lines = printed.lines().toList();
            assertEquals(3, lines.size(), printed);
            assertTrue(lines.get(0).startsWith("20001 s3:") && lines.get(0).endsWith("_point.ndjson"), printed);
            assertTrue(lines.get(1).endsWith("_orientedpoint.ndjson"), printed);
            assertTrue(lines.get(2).startsWith("20001 s3:") && lines.get(2).endsWith(".zarr"), printed);
        }
    }

    @Test
    void theGuidesNameAllImports() throws IOException {
        List<String> blocks = Snippets.blocks(APPLICATION, "java");
        Snippets.assertCompilesAlone(blocks.get(0), folder);
        Snippets.assertCompilesAlone(blocks.get(1), folder);
        Snippets.assertCompilesAlone(blocks.get(2), folder);
        Snippets.assertCompilesAlone(declaring("Run run", blocks.get(3)), folder);
        Snippets.assertCompilesAlone(declaring("Picks picks", blocks.get(4)), folder);
    }

    /** A snippet whose first statement gets what the text around it has already. */
    private static String declaring(String variable, String block) {
        int code = block.indexOf("\n\n") + 2;
        return block.substring(0, code) + variable + " = null;\n" + block.substring(code);
    }

    @Test
    void aProjectIsOpened() {
        String printed = printed(() -> {
            // shown in docs/application.md
            try (Root root = Copick.open(config)) {
                for (Run run : root.runs()) {
                    System.out.println(
                            run.name() + ": " + run.picks("ribosome:*").size() + " ribosome picks");
                }
            }
            // end of what is shown
        });
        assertTrue(printed.contains("TS_001: 3 ribosome picks"), printed);
    }

    @Test
    void aContextHasItsOwnLimits() {
        String printed = printed(() -> {
            // shown in docs/application.md
            try (CopickContext context = CopickContext.builder()
                            .cacheBytes(512L << 20) // decoded chunks, in bytes
                            .maxAge(Duration.ofMinutes(1)) // how long changes by other programs may go unnoticed
                            .listener(operation -> System.out.println(operation.kind() + " " + operation.key()))
                            .build();
                    Root root = context.open(config.toString())) {
                System.out.println(root.runs().size() + " runs");
            }
            // end of what is shown
        });
        assertTrue(printed.contains("READ " + config.getFileName()), printed);
        assertTrue(printed.contains(" runs\n"), printed);
    }

    @Test
    void meansOfTomogramsAreComputed() {
        String printed = printed(() -> {
            // shown in docs/application.md
            try (Root root = Copick.open(config)) {
                for (Run run : root.runs()) {
                    for (VoxelSpacing spacing : run.voxelSpacings()) {
                        for (Tomogram tomogram : spacing.tomograms()) {
                            long[] shape = tomogram.level(0).shape(); // z, y, x
                            double sum = 0;
                            for (long z = 0; z < shape[0]; z++) {
                                for (float value : tomogram.plane(Axis.Z, z)) {
                                    sum += value;
                                }
                            }
                            System.out.println(tomogram + ": " + sum / (shape[0] * shape[1] * shape[2]));
                        }
                    }
                }
            }
            // end of what is shown
        });
        assertTrue(printed.matches("(?s).*wbp.*: -?[0-9.E-]+\\R.*"), printed);
    }

    @Test
    void aRefreshShowsWhatOthersWrote() {
        try (Root root = Copick.open(config);
                Root others = Copick.open(config)) {
            Run run = root.run("TS_001");
            assertEquals(1, run.picks(MINE).points().size());
            others.run("TS_001").picks(MINE).write(List.of());
            // shown in docs/application.md
            run.refresh(); // lists the run's annotations and voxel spacings again
            Picks picks = run.picks(AnnotationId.of("ribosome").user("alice").session("7"));
            picks.refresh(); // reads the file again
            // end of what is shown
            assertEquals(List.of(), picks.points());
        }
    }

    @Test
    void aConflictIsRepeated() {
        try (Root root = Copick.open(config);
                Root others = Copick.open(config)) {
            Picks picks = root.run("TS_001").picks(MINE);
            assertEquals(1, picks.points().size());
            others.run("TS_001").picks(MINE).write(List.of(Point.at(1, 2, 3), Point.at(4, 5, 6)));
            // shown in docs/application.md
            List<Point> points = new ArrayList<>(picks.points());
            points.add(Point.at(120.5, 300, 184));
            try {
                picks.write(points);
            } catch (ConflictException e) {
                picks.refresh(); // somebody else has written the file meanwhile
                points = new ArrayList<>(picks.points());
                points.add(Point.at(120.5, 300, 184));
                picks.write(points);
            }
            // end of what is shown
            assertEquals(3, picks.points().size());
        }
    }

    @Test
    void aContextHasADiskCache() {
        // shown in docs/disk-cache.md
        CopickContext context = CopickContext.builder()
                .diskCache(folder.resolve("cache"), 50L << 30) // folder, bytes
                .build();
        // end of what is shown
        context.close();
        assertTrue(Files.isDirectory(folder.resolve("cache")));
    }

    @Test
    void theCoordinatesAreThoseOfTheRelease() throws IOException {
        String pom = Files.readString(Snippets.CHECKOUT.resolve("pom.xml"));
        String guide = Files.readString(Snippets.CHECKOUT.resolve(APPLICATION));
        int from = pom.indexOf("<revision>", pom.indexOf("<id>release</id>")) + "<revision>".length();
        String version = pom.substring(from, pom.indexOf('<', from));
        assertTrue(guide.contains("<version>" + version + "</version>\n      <type>pom</type>"), version);
        assertTrue(guide.contains("org.copick:copick-bom:" + version), version);
        Matcher artifacts = Pattern.compile("copick-(?:api|overlay|fs|s3|gcs|http|exchange|zarr|tests)\\b")
                .matcher(guide);
        while (artifacts.find()) {
            assertTrue(pom.contains("<module>" + artifacts.group() + "</module>"), artifacts.group());
        }
    }

    @Test
    void theConfigurationOfTheStorageGuideIsValid() throws IOException {
        String json = Snippets.blocks("docs/storage.md", "json").get(0);
        ProjectConfig parsed = ProjectConfig.parse(json, "docs/storage.md");
        assertEquals("gs://open-tomograms/project", parsed.staticRoot().orElseThrow());
    }

    /** The guides name every argument in the first column of a table below "Arguments". */
    @Test
    void theArgumentsOfTheStorageGuidesAreKnown() throws IOException {
        for (String[] store : new String[][] {
            {"docs/s3.md", "s3://bucket"}, {"docs/gcs.md", "gs://bucket"}, {"docs/http.md", "https://host/folder"}
        }) {
            InvalidConfigException refused = assertThrows(
                    InvalidConfigException.class,
                    () -> StorageProviders.open(store[1], Map.of("unknown-argument", true)));
            String known = String.valueOf(refused.getMessage());
            String guide = Files.readString(Snippets.CHECKOUT.resolve(store[0]));
            String table = guide.substring(guide.indexOf("| argument |"));
            Matcher rows = Pattern.compile("(?m)^\\| ((?:`\\w+`(?:, )?)+) \\|")
                    .matcher(table.substring(0, table.indexOf("\n\n")));
            int count = 0;
            while (rows.find()) {
                for (String name : rows.group(1).replace("`", "").split(", ", -1)) {
                    assertTrue(known.matches("(?s).*[ (]" + name + "[,)].*"), () -> name + ": " + known);
                    count++;
                }
            }
            assertTrue(count > 6, store[0] + " names " + count);
        }
    }

    /** The plot has the rows of the table, and the rows that begin the page are among them. */
    @Test
    void thePlotShowsTheTable() throws IOException {
        String page = Files.readString(Snippets.CHECKOUT.resolve("docs/performance.md"));
        String plot = Files.readString(Snippets.CHECKOUT.resolve("docs/performance.svg"));
        List<String> table = new ArrayList<>();
        Matcher rows = Pattern.compile("(?m)^\\| ([\\w.]+) \\| ([\\w-]+) \\| java-?([\\w-]*) .* \\| ([\\d.]+×) \\|")
                .matcher(page);
        while (rows.find()) {
            String kind = rows.group(3).isEmpty() ? "" : " " + rows.group(3);
            table.add(rows.group(1) + " " + rows.group(2) + kind + " " + rows.group(4));
        }
        List<String> bars = new ArrayList<>();
        Matcher texts = Pattern.compile(">([\\w.]+ [\\w -]+) [\\w-]+</text>\\n<rect.*\\n<text[^>]*>([\\d.]+×)<")
                .matcher(plot);
        while (texts.find()) {
            bars.add(texts.group(1) + " " + texts.group(2));
        }
        assertEquals(table, bars, "make the plot with copick-bench/ratios docs/performance.md docs/performance.svg");
        Matcher first = Pattern.compile("(?m)^\\|[^|]+\\| `([\\w.]+)`(?:, `([\\w-]+)`)? \\|[^|]+\\| ([\\d.]+×) \\|$")
                .matcher(page);
        int count = 0;
        while (first.find()) {
            String row = first.group(1) + " " + (first.group(2) == null ? "" : first.group(2));
            assertTrue(
                    table.stream().anyMatch(each -> each.startsWith(row) && each.endsWith(" " + first.group(3))), row);
            count++;
        }
        assertEquals(5, count);
    }

    private static String printed(Runnable snippet) {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            snippet.run();
        } finally {
            System.setOut(console);
        }
        return printed.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
