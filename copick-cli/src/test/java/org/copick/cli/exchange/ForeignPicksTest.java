package org.copick.cli.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.copick.AnnotationId;
import org.copick.Copick;
import org.copick.Root;
import org.copick.Run;
import org.copick.VolumeData;
import org.copick.cli.Called;
import org.copick.picks.Point;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of imports of picks from tables by other programs. */
final class ForeignPicksTest {
    private static final String PIXELS = "_rlnCoordinateX\n_rlnCoordinateY\n_rlnCoordinateZ\n";

    @TempDir
    private Path folder;

    private Path config = Path.of("");

    @BeforeEach
    void project() throws IOException {
        config = write("copick.json", """
                {"config_type": "filesystem", "overlay_root": "project", "pickable_objects": [
                  {"name": "ribosome", "is_particle": true, "label": 1}]}
                """);
    }

    @Test
    void tablesWithoutARunAskForOne() throws IOException {
        Path csv = write("no_run.csv", "x,y,z\n1,2,3\n");
        Path star = write("no_run.star", "data_\nloop_\n" + PIXELS + "_rlnPixelSize\n1 2 3 10\n");
        Path empty = write("emptyrun.csv", "run_name,x,y,z\n,1,2,3\n");
        for (Path file : List.of(csv, star, empty)) {
            Called called = called(file).refused();
            assertTrue(called.err().contains("--run"), called::err);
            assertTrue(called.err().contains(file + ": it does not name the run"), called::err);
        }
        assertFalse(Files.exists(folder.resolve("project")), "nothing is written");
        called(csv, "--run", "A").succeeded();
        called(csv, "--run-regex", "no_(.*)").succeeded();
        called(star, "--run", "B").succeeded();
        try (Root root = Copick.open(config)) {
            assertEquals(
                    List.of("A", "B", "run"),
                    root.runs().stream().map(Run::name).sorted().toList());
            assertEquals(List.of(Point.at(1, 2, 3)), points(root, "A"));
            assertEquals(List.of(Point.at(10, 20, 30)), points(root, "B"));
        }
    }

    @Test
    void starFilesAreCalledLikeRunsThatExist() throws IOException {
        try (Root root = Copick.open(config)) {
            root.newRun("TS_1");
        }
        called(write("TS_1.star", "data_\nloop_\n" + PIXELS + "_rlnPixelSize\n1 2 3 10\n"))
                .succeeded();
        try (Root root = Copick.open(config)) {
            assertEquals(List.of(Point.at(10, 20, 30)), points(root, "TS_1"));
        }
    }

    @Test
    void runsThatAFileNamesAreNotReplacedByItsOwnName() throws IOException {
        try (Root root = Copick.open(config)) {
            root.newRun("TS_1");
        }
        called(write("TS_1.csv", "run_name,x,y,z\nTS_9,1,2,3\n")).succeeded();
        called(write(
                        "TS_1.star",
                        "data_\nloop_\n_rlnTomoName\n" + PIXELS + "_rlnTomoTiltSeriesPixelSize\nTS_8 1 2 3 10\n"))
                .succeeded();
        try (Root root = Copick.open(config)) {
            assertEquals(List.of(Point.at(1, 2, 3)), points(root, "TS_9"));
            assertEquals(List.of(Point.at(10, 20, 30)), points(root, "TS_8"));
            assertTrue(root.run("TS_1").picks().isEmpty());
        }
    }

    @Test
    void warpsPixelSizeIsPartOfARunOnlyWhereOneIsCalledSo() throws IOException {
        String named =
                "data_\nloop_\n_rlnMicrographName\n" + PIXELS + "_rlnPixelSize\nrec/TS_1_10.00Apx.mrc 1 2 3 10\n";
        String unnamed = "data_\nloop_\n" + PIXELS + "_rlnPixelSize\n1 2 3 10\n";
        called(write("new.star", named)).succeeded();
        try (Root root = Copick.open(config)) {
            assertEquals(List.of(Point.at(10, 20, 30)), points(root, "TS_1_10.00Apx"));
            root.newRun("TS_1");
            root.newRun("TS_2");
        }
        assertTrue(
                called(write("again.star", named.replace("mrc 1", "mrc 9")))
                        .refused()
                        .err()
                        .contains("TS_1_10.00Apx"),
                "the whole name first");
        called(write("b.star", named.replace("TS_1", "TS_2"))).succeeded();
        called(write("TS_1_5Apx.star", unnamed)).succeeded();
        called(write("c.csv", "run_name,x,y,z\nTS_2_10Apx,1,2,3\n")).succeeded();
        try (Root root = Copick.open(config)) {
            assertEquals(List.of(Point.at(10, 20, 30)), points(root, "TS_2"));
            assertEquals(List.of(Point.at(10, 20, 30)), points(root, "TS_1"));
            assertEquals(List.of(Point.at(1, 2, 3)), points(root, "TS_2_10Apx"));
        }
    }

    @Test
    void tomogramsAreFoundByTheNamesOfTheirFile() throws IOException {
        Path tomograms = write("tomograms.star", """
                data_global
                loop_
                _rlnTomoName
                _rlnTomoSizeX
                _rlnTomoSizeY
                _rlnTomoSizeZ
                _rlnTomoTiltSeriesPixelSize
                TS_1 4000 3000 1000 2
                mine 10 10 10 7
                """);
        Path centered = write(
                "centered.star",
                "data_\nloop_\n_rlnTomoName\n"
                        + PIXELS.replace("_rlnCoordinate", "_rlnCenteredCoordinate")
                                .replaceAll("([XYZ])\n", "$1Angst\n")
                        + "TS_1 0 1 -2\n");
        Path pixels = write("pixels.star", "data_\nloop_\n_rlnTomoName\n" + PIXELS + "TS_1 10 20 30\n");
        Path warp = write("warp.star", "data_\nloop_\n_rlnMicrographName\n" + PIXELS + "TS_1_10.00Apx.mrc 1 2 3\n");
        try (Root root = Copick.open(config)) {
            root.newRun("mine").newVoxelSpacing(10).newTomogram("wbp", VolumeData.of(new float[1000], 10, 10, 10));
        }
        for (String run : List.of("mine", "fresh")) {
            called(centered, "--tomograms-star", tomograms, "--run", run).succeeded();
            try (Root root = Copick.open(config)) {
                assertEquals(List.of(Point.at(4000, 3001, 998)), points(root, run));
            }
            Called called = called(pixels, "--tomograms-star", tomograms, "--run", run, "--overwrite")
                    .succeeded();
            assertEquals("", called.err());
            try (Root root = Copick.open(config)) {
                assertEquals(List.of(Point.at(20, 40, 60)), points(root, run));
            }
        }
        called(warp, "--tomograms-star", tomograms).succeeded();
        try (Root root = Copick.open(config)) {
            assertEquals(List.of(Point.at(2, 4, 6)), points(root, "TS_1_10.00Apx"));
        }
    }

    @Test
    void headersWithoutRowsAreNamed() throws IOException {
        Path csv = write("header.csv", "run_name,x,y,z\n");
        Path star = write("header.star", "data_particles\nloop_\n_rlnTomoName\n" + PIXELS);
        for (Path file : List.of(csv, star)) {
            Called called = called(file).refused();
            assertTrue(called.err().contains(file + " has a header and no rows; nothing was imported"), called::err);
        }
        Called beside = called(csv, write("a.csv", "run_name,x,y,z\nA,1,2,3\n")).succeeded();
        assertEquals("copick: warning: " + csv + " has a header and no rows\n", beside.err());
    }

    @Test
    void relion3IsImportedByMicrograph() throws IOException {
        Path star = write("particles.star", """
                data_
                loop_
                _rlnMicrographName
                _rlnCoordinateX
                _rlnCoordinateY
                _rlnCoordinateZ
                _rlnOriginX
                _rlnOriginY
                _rlnOriginZ
                _rlnMagnification
                _rlnDetectorPixelSize
                tomo/TS_001.mrc 10 20 30 1 -1 0.5 10000 10
                TS_002.tomostar 1 2 3 0 0 0 10000 10
                """);
        assertEquals("", called(star).succeeded().err());
        try (Root root = Copick.open(config)) {
            assertEquals(List.of(Point.at(90, 210, 295)), points(root, "TS_001"));
            assertEquals(List.of(Point.at(10, 20, 30)), points(root, "TS_002"));
        }
    }

    @Test
    void guessesOfPixelSizesAreSaid() throws IOException {
        Path star = write("particles.star", """
                data_optics
                loop_
                _rlnImagePixelSize
                5
                data_particles
                loop_
                _rlnMicrographName
                _rlnCoordinateX
                _rlnCoordinateY
                _rlnCoordinateZ
                TS_001.tomostar 10 20 30
                """);
        Called called = called(star).succeeded();
        assertTrue(called.err().startsWith("copick: warning: " + star), called::err);
        assertTrue(called.err().contains("5 Å (rlnImagePixelSize)"), called::err);
        assertTrue(called.err().contains("--tilt-series-pixel-size"), called::err);
        assertEquals(
                "",
                called(star, "--tilt-series-pixel-size", "2", "--overwrite")
                        .succeeded()
                        .err());
        try (Root root = Copick.open(config)) {
            assertEquals(List.of(Point.at(20, 40, 60)), points(root, "TS_001"));
        }
    }

    @Test
    void coordinatesThatAreNoneAreRefusedWithTheLine() throws IOException {
        Called csv =
                called(write("a.csv", "run_name;x;y;z\nA;1;2;3\nA;1;nan;3\n")).refused();
        assertTrue(csv.err().contains("a.csv, line 3: y is \"nan\""), csv::err);
        Called star = called(write("a.star", "data_\nloop_\n_rlnTomoName\n" + PIXELS + "A 1 2 inf\n"))
                .refused();
        assertTrue(star.err().contains("line 7: rlnCoordinateZ is \"inf\""), star::err);
        assertFalse(Files.exists(folder.resolve("project")), "nothing is written");
    }

    @Test
    void refusalsNameTheFileAndTheOptionsThatHelp() throws IOException {
        Path centered = write("centered.star", """
                data_
                loop_
                _rlnTomoName
                _rlnCenteredCoordinateXAngst
                _rlnCenteredCoordinateYAngst
                _rlnCenteredCoordinateZAngst
                A 1 2 3
                """);
        Path pixels = write("pixels.star", "data_\nloop_\n_rlnTomoName\n" + PIXELS + "A 1 2 3\n");
        Path half =
                write("half.star", "data_\nloop_\n_rlnMicrographName\n" + PIXELS + "_rlnMagnification\nA 1 2 3 9\n");
        Path two =
                write("two.star", "data_\nloop_\n_rlnMicrographName\n" + PIXELS + "a/rec.mrc 1 2 3\nb/rec.mrc 1 2 3\n");
        Path index =
                write("index.star", "data_\nloop_\n_rlnTomoName\n_rlnTomoImportParticleFile\nA coordinates/A.star\n");
        Path set = write("set.star", "data_\n_rlnTomoParticlesFile p.star\n_rlnTomoTomogramsFile t.star\n");
        Map<Path, String> told = Map.of(
                centered, "; see --tomograms-star",
                pixels, "; see --tilt-series-pixel-size, --tomograms-star, --voxel-size",
                half, "; see --tilt-series-pixel-size",
                two, "from files of their own, each with --run",
                index, "import coordinates/A.star (rlnTomoImportParticleFile)",
                set, "import p.star (rlnTomoParticlesFile)");
        told.forEach((file, end) -> {
            String err = called(file).refused().err();
            assertTrue(err.contains(file.toString()), err);
            assertTrue(err.strip().endsWith(end), err);
        });
        assertFalse(Files.exists(folder.resolve("project")), "nothing is written");
    }

    @Test
    void rowsWithoutARunAmongOthersAreNamed() throws IOException {
        Path after = write("a.csv", "run_name,x,y,z\nA,1,2,3\n,4,5,6\n");
        Path before = write("b.csv", "run_name,x,y,z\n,4,5,6\n,4,5,6\nA,1,2,3\n");
        assertTrue(called(after).refused().err().contains("a.csv, line 3: run_name is empty"));
        assertTrue(called(before).refused().err().contains("b.csv, line 2: run_name is empty"));
        called(after, "--run", "B").succeeded();
        try (Root root = Copick.open(config)) {
            assertEquals(List.of(Point.at(1, 2, 3), Point.at(4, 5, 6)), points(root, "B"));
        }
    }

    private static List<Point> points(Root root, String run) {
        return root.run(run)
                .picks(AnnotationId.of("ribosome").user("copick").session("1"))
                .points();
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private Called called(Object... arguments) {
        return Called.copick(Stream.of(
                        Stream.<Object>of("add", "picks"),
                        Stream.of(arguments),
                        Stream.<Object>of("--object-name", "ribosome", "-c", config))
                .flatMap(all -> all)
                .toArray());
    }
}
