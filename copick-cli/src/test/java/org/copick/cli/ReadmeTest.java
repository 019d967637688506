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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.copick.AnnotationId;
import org.copick.Axis;
import org.copick.Copick;
import org.copick.OnExisting;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
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

/** Runs the snippets of README.md and docs/zarr.md and the commands of docs/command.md, and compares them with the pages. */
final class ReadmeTest {
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
        // shown in README.md
        try (Root root = Copick.open(config)) {
            Run run = root.run("TS_001");

            // a slice of the tomogram: rows of y, columns of x
            float[] slice = run.voxelSpacing(10).tomogram("wbp").plane(Axis.Z, 18);

            // everybody's ribosomes: x, y, z in Å
            for (Picks picks : run.picks("ribosome:*")) {
                System.out.println(picks.userId() + " from " + picks.layer().name() + ": "
                        + picks.points().size());
            }

            // yours go into the overlay, in one write; picks of an earlier run of this program are replaced
            List<Point> points = List.of(Point.at(120.5, 300, 184), Point.at(88, 251.5, 184));
            run.newPicks(AnnotationId.of("ribosome").user("alice").session("7"), points, OnExisting.REPLACE);
            // not shown
            assertEquals(50 * 61, slice.length);
            // shown again
        }
        // end of what is shown
    }

    @Test
    void theFirstSnippetNeedsNoOtherImports() throws IOException {
        Snippets.assertCompilesAlone(Snippets.blocks("README.md", "java").get(0), folder);
    }

    /** Runs every line of the table in docs/command.md, in order, in the folder of a demo. */
    @Test
    void theCommandsRunInTheDemo() throws IOException {
        Path demo = folder.resolve("copick-demo");
        Called.copick("demo", demo).succeeded();
        List<String> lines = Files.readAllLines(Snippets.CHECKOUT.resolve("docs/command.md")).stream()
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
            int expected = line.equals("diff") ? ExitStatus.DIFFERENT : ExitStatus.DONE;
            assertEquals(expected, called.status(), () -> line + called.err());
        }
    }

    @Test
    void theSnippetWithoutCopickRuns() throws IOException {
        Path run = Golden.unpack("v1", folder).resolve("static/ExperimentRuns/TS_001");
        zarr(run.resolve("VoxelSpacing10.000").toString());
    }

    private static void zarr(String place) {
        // shown in docs/zarr.md
        try (ObjectStore bucket = StorageProviders.open(place, Map.of())) {
            Zarr zarr = new Zarr(ChunkCache.ofBytes(256 << 20));
            ZarrArray array = (ZarrArray) zarr.open(bucket, "wbp.zarr/0").orElseThrow();
            float[] box = array.readFloats(Region.at(8, 0, 0).size(4, 32, 32)); // z, y, x

            // write the box as an image: Zarr v3 in shards, with three levels of 10, 20 and 40 Å
            ImageSpec spec = ImageSpec.tomogram(new long[] {4, 32, 32}, DataType.FLOAT32, 10, 3);
            zarr.write(
                    new StorePlace(bucket, "box.zarr/"),
                    WriteCondition.IF_ABSENT,
                    spec,
                    ImageFormat.VERSION_3.fitting(),
                    BoxSource.of(box, 4, 32, 32));
            // not shown
            ZarrArray copy = (ZarrArray) zarr.open(bucket, "box.zarr/0").orElseThrow();
            assertArrayEquals(box, copy.readFloats(Region.all(copy.shape())));
            // shown again
        }
        // end of what is shown
    }

    @Test
    void thePagesShowWhatIsRun() throws IOException {
        Snippets.assertShown("README.md", ReadmeTest.class, Map.of("Path.of(\"copick.json\")", "config"));
        Snippets.assertShown("docs/zarr.md", ReadmeTest.class, Map.of("\"s3://bucket/folder\"", "place"));
        Snippets.assertCompilesAlone(Snippets.blocks("docs/zarr.md", "java").get(0), folder);
    }

    /** The pages name modules of this checkout in the version that the profile "release" makes. */
    @Test
    void theCoordinatesExist() throws IOException {
        String parent = Files.readString(Snippets.CHECKOUT.resolve("pom.xml"));
        Matcher revision = Pattern.compile("<id>release</id>.*?<revision>(.*?)</revision>", Pattern.DOTALL)
                .matcher(parent);
        assertTrue(revision.find());
        List<String> texts = new ArrayList<>(Snippets.blocks("README.md", "xml"));
        texts.addAll(Snippets.blocks("docs/zarr.md", "xml"));
        Pattern coordinates =
                Pattern.compile("<artifactId>(.*?)</artifactId>.*?<version>(.*?)</version>", Pattern.DOTALL);
        int found = 0;
        for (String text : texts) {
            for (Matcher named = coordinates.matcher(text); named.find(); found++) {
                assertTrue(Files.isDirectory(Snippets.CHECKOUT.resolve(named.group(1))), named.group(1));
                assertEquals(revision.group(1), named.group(2), named.group(1));
            }
        }
        assertEquals(4, found);
        for (String gradle : Snippets.blocks("README.md", "groovy")) {
            assertTrue(gradle.contains("org.copick:copick-overlay:" + revision.group(1)), gradle);
            assertTrue(gradle.contains("org.copick:copick-fs:" + revision.group(1)), gradle);
        }
    }
}
