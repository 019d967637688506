package org.copick.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.PointRoi;
import ij.gui.Roi;
import ij.measure.Measurements;
import ij.measure.ResultsTable;
import ij.plugin.filter.Analyzer;
import ij.process.FloatPolygon;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.copick.AnnotationId;
import org.copick.Copick;
import org.copick.OnExisting;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.Tomogram;
import org.copick.config.ProjectConfig;
import org.copick.error.AlreadyExistsException;
import org.copick.error.InvalidDataException;
import org.copick.picks.Point;
import org.copick.picks.Transform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of picks as overlay and as selection. */
final class ImagePicksTest {
    private static final AnnotationId MINE =
            AnnotationId.of("proteasome").user("alice").session("7");

    @TempDir
    private Path overlay;

    /** Opens a project whose overlay is a folder, which starts empty. */
    private GoldenProject project() throws IOException {
        return GoldenProject.under("local://" + overlay, "v1");
    }

    @Test
    void aMarkIsDrawnOnTheVoxelAtThePosition() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        try (GoldenProject project = project()) {
            Run run = project.root().run("TS_001");
            Tomogram tomogram = run.voxelSpacing(10).tomogram("denoised");
            for (int level = 0; level < 3; level++) {
                ImagePlus image = CopickImagePlus.open(tomogram, level);
                double voxel = tomogram.level(level).scale().orElseThrow()[2];
                int x = random.nextInt(image.getWidth());
                int y = random.nextInt(image.getHeight());
                int z = random.nextInt(image.getNSlices());
                // less than half a voxel off
                Point point = Point.at(
                        (x + 0.98 * (random.nextDouble() - 0.5)) * voxel,
                        (y + 0.98 * (random.nextDouble() - 0.5)) * voxel,
                        (z + 0.98 * (random.nextDouble() - 0.5)) * voxel);
                Picks picks = run.newPicks(MINE, List.of(point), OnExisting.REPLACE);
                CopickImagePlus.showPicks(image, picks);
                for (int slice = 1; slice <= image.getNSlices(); slice++) {
                    String message = "seed " + seed + " level " + level + " slice " + slice;
                    image.setSlice(slice);
                    assertEquals(slice == z + 1 ? List.of(x, y) : List.of(), redCentre(image.flatten()), message);
                }
            }
        }
    }

    /** Returns x and y of the middle of the pure red pixels, as far as they are inside; empty if there are none. */
    private static List<Integer> redCentre(ImagePlus image) {
        List<Integer> columns = new ArrayList<>();
        List<Integer> rows = new ArrayList<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if ((image.getProcessor().get(x, y) & 0xffffff) == 0xff0000) {
                    columns.add(x);
                    rows.add(y);
                }
            }
        }
        return columns.isEmpty()
                ? List.of()
                : List.of(middle(columns, image.getWidth()), middle(rows, image.getHeight()));
    }

    /** Returns the middle of a mark of three pixels, of which one may be outside. */
    private static int middle(List<Integer> places, int length) {
        int first = places.stream().mapToInt(i -> i).min().orElseThrow();
        int last = places.stream().mapToInt(i -> i).max().orElseThrow();
        assertTrue(last - first == 2 || first == 0 || last == length - 1, first + " to " + last);
        return last - first == 2 ? first + 1 : first == 0 ? last - 1 : first + 1;
    }

    @Test
    void theOverlayHasTheCoordinatesNameAndColourOfThePicks() throws IOException {
        try (GoldenProject project = GoldenProject.open("v1")) {
            Run run = project.root().run("TS_001");
            ImagePlus image = CopickImagePlus.open(run.voxelSpacing(10).tomogram("wbp"));
            Roi other = new Roi(1, 2, 3, 4);
            image.setOverlay(new Overlay(other));
            Picks picks = run.picks("ribosome:gapstop/0").get(0);
            for (int again = 0; again < 2; again++) {
                CopickImagePlus.showPicks(image, picks);
                CopickImagePlus.showPicks(
                        image, run.picks("proteasome:gapstop/0").get(0));
            }
            List<double[]> expected = new ArrayList<>();
            for (Point point : picks.points()) {
                long slice = Math.max(1, Math.min(37, Math.round(point.z() / 10) + 1));
                expected.add(new double[] {slice, point.x() / 10, point.y() / 10});
            }
            List<double[]> shown = new ArrayList<>();
            for (Roi roi : image.getOverlay()) {
                if ("ribosome:gapstop/0".equals(roi.getName())) {
                    assertEquals(new Color(0, 255, 0), roi.getStrokeColor());
                    FloatPolygon places = roi.getFloatPolygon();
                    for (int i = 0; i < places.npoints; i++) {
                        shown.add(new double[] {roi.getPosition(), places.xpoints[i], places.ypoints[i]});
                    }
                }
            }
            Comparator<double[]> bySlice = Comparator.comparingDouble(mark -> mark[0]);
            expected.sort(bySlice); // picks of one slice keep their order
            assertEquals(expected.size(), shown.size());
            for (int i = 0; i < shown.size(); i++) {
                assertArrayEquals(expected.get(i), shown.get(i), 1e-4);
            }
            assertTrue(image.getOverlay().contains(other));
        }
    }

    @Test
    void wholeVoxelsGoThereAndBackExactly() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        try (GoldenProject project = project()) {
            Run run = project.root().run("TS_001");
            ImagePlus image = CopickImagePlus.open(run.voxelSpacing(10).tomogram("wbp"));
            for (int i = 0; i < 100; i++) {
                double[] zyx = {
                    (1 + random.nextInt(99_999)) / 1000.0, (1 + random.nextInt(99_999)) / 1000.0, random.nextInt(99) + 1
                };
                image.setCalibration(PixelGrid.calibration(zyx));
                List<Point> points = new ArrayList<>();
                for (int n = random.nextInt(20); n >= 0; n--) {
                    points.add(Point.at(
                            random.nextInt(4000) * zyx[2], random.nextInt(4000) * zyx[1], random.nextInt(37) * zyx[0]));
                }
                Picks picks = run.newPicks(MINE, points, OnExisting.REPLACE);
                CopickImagePlus.selectPicks(image, picks);
                assertEquals(sorted(points), sorted(CopickImagePlus.points(image)), "seed " + seed);
            }
        }
    }

    @Test
    void picksThatWereNotMovedStayAsTheyAre() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        try (GoldenProject project = project()) {
            Run run = project.root().run("TS_001");
            ImagePlus image = CopickImagePlus.open(run.voxelSpacing(10).tomogram("wbp"));
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                Point point = Point.at(
                        random.nextDouble() * 610,
                        random.nextDouble() * 500,
                        random.nextDouble() * 400 - 15,
                        Transform.of(1, 0, 0, random.nextDouble(), 0, 1, 0, 2, 0, 0, 1, 3, 0, 0, 0, 1));
                points.add(new Point(
                        point.x(),
                        point.y(),
                        point.z(),
                        point.transform(),
                        (long) i,
                        random.nextDouble(),
                        Map.of("lab", random.nextInt())));
            }
            points.add(points.get(7)); // twice at one place
            Picks picks = run.newPicks(MINE, points);
            CopickImagePlus.selectPicks(image, picks);
            assertEquals(sorted(points), sorted(CopickImagePlus.points(image, picks)), "seed " + seed);

            PointRoi selection = (PointRoi) image.getRoi();
            image.setSlice(21);
            selection.addPoint(image, 12.25, 7.5);
            List<Point> more = new ArrayList<>(points);
            more.add(Point.at(122.5, 75, 200));
            assertEquals(sorted(more), sorted(CopickImagePlus.points(image, picks)), "seed " + seed);

            picks.write(CopickImagePlus.points(image, picks));
            picks.refresh();
            assertEquals(sorted(more), sorted(picks.points()));

            run.newPicks(MINE, List.of(), OnExisting.REPLACE);
            CopickImagePlus.selectPicks(image, run.picks(MINE));
            assertEquals(List.of(), CopickImagePlus.points(image));
        }
    }

    @Test
    void aSelectionIsSavedInTheOverlayOnDisk() throws IOException {
        try (GoldenProject project = project()) {
            Run run = project.root().run("TS_001");
            ImagePlus image = CopickImagePlus.open(run.voxelSpacing(13.48).tomogram("wbp"));
            image.setSlice(3);
            PointRoi selection = new PointRoi();
            selection.addPoint(image, 4, 5);
            image.setSlice(9);
            selection.addPoint(image, 2.5, 0);
            image.setRoi(selection);
            Picks picks = CopickImagePlus.savePicks(image, run, MINE);
            List<Point> expected =
                    List.of(Point.at(4 * 13.48, 5 * 13.48, 2 * 13.48), Point.at(2.5 * 13.48, 0, 8 * 13.48));
            assertEquals(expected, picks.points());
            assertThrows(AlreadyExistsException.class, () -> CopickImagePlus.savePicks(image, run, MINE));

            try (Root alone = Copick.open(ProjectConfig.parse("""
                    {"overlay_root": "local://%s", "pickable_objects": []}
                    """.formatted(overlay), "of a test"))) {
                assertEquals(expected, alone.run("TS_001").picks(MINE).points());
            }

            image.setRoi(new PointRoi(1, 1)); // on all planes, so on the one that is shown
            Picks replaced = CopickImagePlus.savePicks(image, run, MINE, OnExisting.REPLACE);
            assertEquals(List.of(Point.at(13.48, 13.48, 8 * 13.48)), replaced.points());
        }
    }

    @Test
    void picksAreOnEachChannelOfAHyperstack() throws IOException {
        try (GoldenProject project = GoldenProject.open("v1")) {
            Run run = project.root().run("TS_001");
            Segmentation cell = run.segmentations("cell:*?panoptic=true").get(0);
            ImagePlus image = CopickImagePlus.open(cell);
            double voxel = cell.level(0).scale().orElseThrow()[3];
            Picks picks = run.newPicks(MINE, List.of(Point.at(4 * voxel, 6 * voxel, 10 * voxel)));
            CopickImagePlus.showPicks(image, picks);
            for (int channel = 1; channel <= 2; channel++) {
                for (int slice = 1; slice <= 13; slice++) {
                    image.setPosition(channel, slice, 1);
                    assertEquals(slice == 11 ? List.of(4, 6) : List.of(), redCentre(image.flatten()));
                }
                image.setPosition(channel, 3, 1);
                CopickImagePlus.selectPicks(image, picks);
                assertEquals(picks.points(), CopickImagePlus.points(image));
                image.setRoi((Roi) image.getOverlay().get(0).clone());
                assertEquals(picks.points(), CopickImagePlus.points(image));
                image.deleteRoi(); // ImageJ would draw it, too
            }
        }
    }

    @Test
    void otherImagesNeedACalibrationInAUnitOfLength() throws IOException {
        try (GoldenProject project = GoldenProject.open("v1")) {
            Run run = project.root().run("TS_001");
            ImagePlus copy =
                    CopickImagePlus.open(run.voxelSpacing(10).tomogram("wbp")).duplicate();
            copy.setRoi(new PointRoi(3, 4));
            copy.setSlice(6);
            for (Map.Entry<String, Double> unit : Map.of(
                            "nm", 1.0, "A", 10.0, "Å", 10.0, "angstrom", 10.0, "um", 0.001, "micron", 0.001)
                    .entrySet()) {
                copy.getCalibration().setUnit(unit.getKey());
                copy.getCalibration().pixelWidth = unit.getValue();
                copy.getCalibration().pixelHeight = unit.getValue();
                copy.getCalibration().pixelDepth = unit.getValue();
                assertEquals(List.of(Point.at(30, 40, 50)), CopickImagePlus.points(copy));
            }
            copy.getCalibration().setUnit("nm");
            copy.getCalibration().pixelWidth = 1;
            copy.getCalibration().xOrigin = 1; // ImageJ crops images like this
            assertEquals(20, CopickImagePlus.points(copy).get(0).x());

            copy.getCalibration().pixelWidth = 0;
            assertThrows(InvalidDataException.class, () -> CopickImagePlus.points(copy));
            copy.getCalibration().pixelWidth = 1;
            copy.getCalibration().xOrigin = Double.NaN;
            assertThrows(InvalidDataException.class, () -> CopickImagePlus.points(copy));
            copy.getCalibration().xOrigin = 0;
            copy.getCalibration().setUnit("pixel");
            InvalidDataException refused = assertThrows(InvalidDataException.class, () -> CopickImagePlus.points(copy));
            assertTrue(
                    String.valueOf(refused.getMessage()).contains("pixel; set the size in nm"), refused.getMessage());
        }
    }

    @Test
    void measurementsArePositionsInNanometres() throws IOException {
        try (GoldenProject project = GoldenProject.open("v1")) {
            Run run = project.root().run("TS_001");
            ImagePlus image = CopickImagePlus.open(run.voxelSpacing(10).tomogram("wbp"));
            image.setSlice(8);
            image.setRoi(new PointRoi(3, 5));
            ResultsTable measured = new ResultsTable();
            new Analyzer(image, Measurements.CENTROID, measured).measure();
            assertEquals(3, measured.getValue("X", 0));
            assertEquals(5, measured.getValue("Y", 0));
            image.deleteRoi();
            assertTrue(image.getLocationAsString(3, 5).endsWith("z=7"));
        }
    }

    @Test
    void selectionsThatAreNotPointsAreRefused() throws IOException {
        try (GoldenProject project = GoldenProject.open("v1")) {
            Run run = project.root().run("TS_001");
            ImagePlus image = CopickImagePlus.open(run.voxelSpacing(10).tomogram("wbp"));
            assertEquals(List.of(), CopickImagePlus.points(image));
            assertThrows(InvalidDataException.class, () -> CopickImagePlus.savePicks(image, run, MINE));
            image.setRoi(1, 2, 3, 4);
            assertThrows(InvalidDataException.class, () -> CopickImagePlus.points(image));
            assertThrows(InvalidDataException.class, () -> CopickImagePlus.savePicks(image, run, MINE));
            PointRoi outside = new PointRoi(1, 2);
            outside.setPosition(38);
            image.setRoi(outside);
            assertThrows(InvalidDataException.class, () -> CopickImagePlus.points(image));
            assertTrue(run.findPicks(MINE).isEmpty());
        }
    }

    private static List<String> sorted(List<Point> points) {
        return points.stream().map(Point::toString).sorted().toList();
    }
}
