package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.copick.AnnotationId;
import org.copick.Axis;
import org.copick.Copick;
import org.copick.OnExisting;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.SegmentationId;
import org.copick.VolumeData;
import org.copick.cache.ChunkCache;
import org.copick.cli.output.ExitStatus;
import org.copick.picks.Point;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorageProviders;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.ImageSpec;
import org.copick.zarr.Region;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that run the README's snippets and commands, and compare them with its text. */
final class ReadmeTest {
    private static final String BEGIN = "// README begins";
    private static final String END = "// README ends";
    private static final String BEGIN_WRITING = "// README begins writing";
    private static final String END_WRITING = "// README ends writing";
    private static final String BEGIN_ZARR = "// README begins zarr";
    private static final String END_ZARR = "// README ends zarr";

    @TempDir
    private Path folder;

    @Test
    void theSnippetRuns() throws IOException {
        Path golden = Golden.unpack("v1", folder);
        Path config = Golden.config(golden, "copick.template.json");
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            snippet(config);
            snippet(config);
        } finally {
            System.setOut(console);
        }
        assertEquals(
                List.of(
                        "anna.b-1 from overlay: 0",
                        "gapstop from static: 40",
                        "alice from overlay: 2",
                        "anna.b-1 from overlay: 0",
                        "gapstop from static: 40"),
                printed.toString(StandardCharsets.UTF_8).lines().toList());
        try (Root root = Copick.open(config)) {
            assertEquals(
                    2,
                    root.run("TS_001")
                            .picks(AnnotationId.of("ribosome").user("alice").session("7"))
                            .points()
                            .size());
        }
    }

    private static void snippet(Path config) {
        // README begins
        try (Root root = Copick.open(config)) {
            Run run = root.run("TS_001");

            // a slice of the tomogram, in an array of your own: rows of y, columns of x
            float[] slice = run.voxelSpacing(10).tomogram("wbp").plane(Axis.Z, 18);

            // everybody's ribosomes: x, y, z in Å
            for (Picks picks : run.picks("ribosome:*")) {
                System.out.println(picks.userId() + " from " + picks.layer().name() + ": "
                        + picks.points().size());
            }

            // yours go into the overlay, whole by one write
            List<Point> points = List.of(Point.at(120.5, 300, 184), Point.at(88, 251.5, 184));
            run.newPicks(AnnotationId.of("ribosome").user("alice").session("7"), points, OnExisting.REUSE);
            // README ends
            assertEquals(50 * 61, slice.length);
        }
    }

    @Test
    void theFirstSnippetNeedsNoOtherImports() throws IOException {
        List<String> readme = Files.readAllLines(Path.of("../README.md"));
        List<String> snippet = readme.subList(readme.indexOf("```java") + 1, readme.indexOf("```"));
        String imports =
                snippet.stream().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
        String body =
                snippet.stream().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
        Path source = Files.writeString(
                folder.resolve("Readme.java"),
                imports + "\nclass Readme { static void main(String[] arguments) {" + body + "}}");
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        int status = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler())
                .run(
                        null,
                        told,
                        told,
                        "-proc:none",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "-d",
                        folder.toString(),
                        source.toString());
        assertEquals(0, status, () -> told.toString(StandardCharsets.UTF_8));
    }

    /** Runs every line of the README's table of commands, in order, in the folder of a demo. */
    @Test
    void theCommandsRunInTheDemo() throws IOException {
        Path demo = folder.resolve("copick-demo");
        Called.copick("demo", demo).succeeded();
        List<String> lines = Files.readAllLines(Path.of("../README.md")).stream()
                .filter(line -> line.startsWith("| `copick "))
                .map(line -> line.substring("| `copick ".length(), line.indexOf('`', 3)))
                .toList();
        assertTrue(lines.size() > 10, lines::toString);
        for (String line : lines) {
            List<String> arguments = new ArrayList<>();
            for (String word : line.replace("'", "").split(" ", -1)) {
                boolean isPath = word.matches("other|out|out/.*|.*\\.(json|star|png)");
                arguments.add(isPath ? demo.resolve(word).toString() : word);
            }
            if (!line.startsWith("config ")) {
                arguments.addAll(List.of("-c", demo.resolve("copick.json").toString()));
            }
            Called called = Called.copick(arguments.toArray());
            int expected = line.equals("diff")
                    ? ExitStatus.DIFFERENT
                    : line.equals("validate") ? ExitStatus.FAILED : ExitStatus.DONE;
            assertEquals(expected, called.status(), () -> line + called.err());
        }
    }

    @Test
    void theSnippetThatWritesRuns() throws IOException {
        Path golden = Golden.unpack("v1", folder);
        Path config = Golden.config(golden, "copick.template.json");
        writing(config);
        try (Root root = Copick.open(config)) {
            float[] cells =
                    root.run("TS_009").segmentations().get(0).volume().level(0).readFloats();
            assertEquals(2, cells[(16 * 64 + 32) * 64 + 32]);
        }
    }

    private static void writing(Path config) {
        // README begins writing
        try (Root root = Copick.open(config)) {
            Run run = root.newRun("TS_009");
            run.newVoxelSpacing(10).newTomogram("wbp", VolumeData.of(new float[32 * 64 * 64], 32, 64, 64));

            // an annotator paints a box of a segmentation: only the chunks that it touches are written
            Segmentation cells = run.newSegmentation(
                    SegmentationId.multilabel("cells").at(10).user("alice").session("1"), VolumeData.zeros(32, 64, 64));
            cells.fill(Region.at(16, 32, 32).size(1, 1, 1), root.object("ribosome"));
            // README ends writing
        }
    }

    @Test
    void theSnippetWithoutCopickRuns() throws IOException {
        Path run = Golden.unpack("v1", folder).resolve("static/ExperimentRuns/TS_001");
        zarr(run.resolve("VoxelSpacing10.000").toString());
    }

    private static void zarr(String place) {
        // README begins zarr
        try (ObjectStore bucket = StorageProviders.open(place, Map.of())) {
            Zarr zarr = new Zarr(ChunkCache.ofBytes(256 << 20));
            ZarrArray array = (ZarrArray) zarr.open(bucket, "wbp.zarr/0").orElseThrow();
            float[] box =
                    array.readFloats(Region.at(8, 0, 0).size(4, 32, 32)); // z, y, x; only the bytes that the box needs

            // the same box as an image of its own: Zarr v3 in shards, with three levels of 10, 20 and 40 Å
            ImageSpec spec = ImageSpec.tomogram(new long[] {4, 32, 32}, DataType.FLOAT32, 10, 3);
            zarr.write(
                    new StorePlace(bucket, "box.zarr/"),
                    WriteCondition.IF_ABSENT,
                    spec,
                    ImageFormat.VERSION_3.fitting(),
                    BoxSource.of(box, 4, 32, 32));
            // README ends zarr
            ZarrArray copy = (ZarrArray) zarr.open(bucket, "box.zarr/0").orElseThrow();
            assertArrayEquals(box, copy.readFloats(Region.all(copy.shape())));
        }
    }

    @Test
    void theReadmeShowsWhatIsRun() throws IOException {
        List<String> source = Files.readAllLines(Path.of("src/test/java/org/copick/cli/ReadmeTest.java"));
        List<String> readme = Files.readAllLines(Path.of("../README.md"));
        int first = readme.indexOf("```java");
        int second = first + 1 + readme.subList(first + 1, readme.size()).indexOf("```java");
        assertShown(source, BEGIN, END, readme.subList(first, readme.size()));
        int third = second + 1 + readme.subList(second + 1, readme.size()).indexOf("```java");
        assertShown(source, BEGIN_WRITING, END_WRITING, readme.subList(second, readme.size()));
        assertShown(source, BEGIN_ZARR, END_ZARR, readme.subList(third, readme.size()));
    }

    private static void assertShown(List<String> source, String begin, String end, List<String> readme) {
        String run = normalized(source.subList(indexOf(source, begin) + 1, indexOf(source, end)));
        String shown = normalized(readme.subList(1, readme.indexOf("```")).stream()
                .filter(line -> !line.startsWith("import "))
                .toList());
        assertEquals(
                run + " }",
                shown.replace("Path.of(\"copick.json\")", "config")
                        .replace("\"s3://bucket/folder\", Map.of(\"anon\", true)", "place, Map.of()"));
        assertTrue(run.contains("new"));
    }

    private static int indexOf(List<String> lines, String marker) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().equals(marker)) {
                return i;
            }
        }
        throw new AssertionError("no line " + marker);
    }

    /** Joins lines without line breaks and indentation, which the formatter may change. */
    private static String normalized(List<String> lines) {
        return lines.stream().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining(" "));
    }
}
