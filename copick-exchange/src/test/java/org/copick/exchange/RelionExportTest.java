package org.copick.exchange;

import static java.util.Objects.requireNonNull;
import static org.copick.exchange.Refusals.assertRefused;
import static org.copick.exchange.Relion.RUN;
import static org.copick.exchange.Relion.assertPoint;
import static org.copick.exchange.Relion.assertRow;
import static org.copick.exchange.Relion.golden;
import static org.copick.exchange.Relion.json;
import static org.copick.exchange.Relion.particles;
import static org.copick.exchange.Relion.points;
import static org.copick.exchange.Relion.transform;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.copick.error.UnsupportedFeatureException;
import org.copick.exchange.RelionPoints.Coordinates;
import org.copick.exchange.RelionTomogram.Center;
import org.copick.picks.Point;
import org.copick.picks.Transform;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("statement-92")
class RelionExportTest {
    @TempDir
    Path folder;

    @Test
    @Tag("statement-38")
    @Tag("statement-41")
    void theGoldenPickIsExportedWithAnglesAndCentredCoordinates() {
        Table particles =
                particles(RelionParticles.star(List.of(new RelionRun(RUN, List.of(golden()))), RelionOptions.DEFAULT));
        assertEquals(
                List.of(
                        "rlnTomoName",
                        "rlnAngleRot",
                        "rlnAngleTilt",
                        "rlnAnglePsi",
                        "rlnCenteredCoordinateXAngst",
                        "rlnCenteredCoordinateYAngst",
                        "rlnCenteredCoordinateZAngst"),
                particles.columns());
        assertEquals(List.of("run"), particles.strings("rlnTomoName"));
        assertRow(particles, RelionReader.ANGLES, 30, 40, 50);
        assertRow(particles, RelionReader.CENTERED, -219, -2, -47);
    }

    @Test
    void pixelsAreWrittenWhenThePixelSizeIsKnown() {
        StarFile star = RelionParticles.star(
                List.of(new RelionRun(RUN.withPixelSize(2.0), List.of(golden()))), RelionOptions.DEFAULT);
        assertRow(particles(star), RelionReader.PIXELS, 50.5, 99, 26.5);
        assertRow(particles(star), RelionReader.CENTERED, -219, -2, -47);
        Table optics = star.block("optics").orElseThrow();
        assertEquals(List.of("rlnOpticsGroup", "rlnOpticsGroupName", "rlnTomoTiltSeriesPixelSize"), optics.columns());
        assertEquals(List.of("run"), optics.strings("rlnOpticsGroupName"));
    }

    @Test
    @Tag("statement-92")
    void goldenFilamentsHaveFramesAndTracks() {
        Point first = Point.at(0, 0, 0, transform(Euler.rotation(30, 40, 50), 0, 0, 0))
                .withInstanceId(1L);
        Point second = Point.at(30, 40, 0).withInstanceId(1L);
        RelionRun run = new RelionRun(RUN, List.of(first, second), id -> id == 1);
        Table particles = particles(
                RelionParticles.star(List.of(run), RelionOptions.DEFAULT.withFilaments(RelionOptions.Angles.FRAME)));
        assertRow(particles, RelionReader.SUBTOMOGRAM, 157.239523725, 56.174155029, -92.995498014);
        assertRow(particles, RelionReader.ANGLES, 0, 90, 0);
        assertArrayEquals(new double[] {0, 50}, particles.doubles("rlnHelicalTrackLengthAngst"), 1e-9);
        assertArrayEquals(new double[] {90, 90}, particles.doubles("rlnAngleTiltPrior"));
        assertArrayEquals(new double[] {0, 0}, particles.doubles("rlnAnglePsiPrior"));
        assertArrayEquals(new double[] {0, 0}, particles.doubles("rlnAnglePsiFlipRatio"));
        assertArrayEquals(new long[] {1, 1}, particles.longs("rlnHelicalTubeID"));
        Table poses = particles(RelionParticles.star(
                List.of(new RelionRun(RUN, List.of(first, second))),
                RelionOptions.DEFAULT.withFilaments(RelionOptions.Angles.POSE)));
        assertRow(poses, RelionReader.ANGLES, 30, 40, 50);
        assertArrayEquals(new double[] {0.5, 0.5}, poses.doubles("rlnAnglePsiFlipRatio"));
        assertFalse(poses.has("rlnAngleTiltPrior") || poses.has("rlnTomoSubtomogramRot"));
        Point back = points(StarFile.of(Map.of("particles", particles)), RUN, Coordinates.AUTO)
                .points()
                .get(0);
        assertPoint(back, 0, 0, 0, EulerTest.GOLDEN, 1e-9);
        assertEquals(1L, back.instanceId());
    }

    @Test
    @Tag("statement-92")
    void halfSetsKeepFilamentsWholeAndTheHalvesEven() {
        assertArrayEquals(new int[] {1, 1, 2}, RelionParticles.halfSets(List.of("t", "t", "t"), new long[] {1, 1, 2}));
        assertArrayEquals(
                new int[] {2, 1, 1, 2, 2, 1},
                RelionParticles.halfSets(List.of("b", "a", "a", "b", "c", "a"), new long[] {1, 1, 2, 1, 1, 1}));
        assertArrayEquals(new int[0], RelionParticles.halfSets(List.of(), new long[0]));
        assertThrows(IllegalArgumentException.class, () -> RelionParticles.halfSets(List.of(), new long[1]));
        assertThrows(IllegalArgumentException.class, () -> RelionOptions.DEFAULT.withHalfSets(true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"both", "pixels", "centers", "voxels", "frame", "pose", "centered"})
    void randomPointsBecomeTheTablesOfPython(String name) throws IOException {
        JsonNode export = json().get("export");
        List<RelionRun> runs = new ArrayList<>();
        for (String run : List.of("a", "b")) {
            runs.add(new RelionRun(
                    tomogram(name, run), picks(export.get("runs").get(run)), id -> run.equals("a") && id == 1));
        }
        RelionOptions options = switch (name) {
            case "frame" ->
                RelionOptions.DEFAULT.withFilaments(RelionOptions.Angles.FRAME).withHalfSets(true);
            case "pose" ->
                RelionOptions.DEFAULT.withFilaments(RelionOptions.Angles.POSE).withOptics(false);
            default -> RelionOptions.DEFAULT.withCenteredOnly(name.equals("centered"));
        };
        Path file = folder.resolve("particles.star");
        RelionParticles.star(runs, options).write(file);
        StarFile star = StarFile.read(file);
        JsonNode expected = StreamSupport.stream(export.get("cases").spliterator(), false)
                .filter(one -> one.get("name").textValue().equals(name))
                .findFirst()
                .orElseThrow();
        assertTable(expected.get("particles"), star.block("particles").orElseThrow());
        assertEquals(expected.get("optics").isNull(), star.block("optics").isEmpty());
        star.block("optics").ifPresent(optics -> assertTable(expected.get("optics"), optics));
    }

    private static RelionTomogram tomogram(String name, String run) {
        boolean a = run.equals("a");
        Center center = a ? new Center(10, 20, 30) : new Center(11, 21, 31);
        double pixelSize = a ? 2.5 : 1.25;
        return switch (name) {
            case "pixels" -> RelionTomogram.named(run).withPixelSize(pixelSize);
            case "centers" -> RelionTomogram.named(run).withCenter(center);
            case "voxels" -> RelionTomogram.named(run).withVoxelSpacing(10.0);
            default ->
                new RelionTomogram(run, center, pixelSize, 10.0, a ? 300.0 : 200.0, a ? 2.7 : 2.0, a ? 0.07 : 0.1);
        };
    }

    private static List<Point> picks(JsonNode picks) {
        List<Point> points = new ArrayList<>();
        for (JsonNode pick : picks) {
            double[] location = EulerTest.doubles(pick.get("location"));
            Transform transform = Transform.of(EulerTest.doubles(pick.get("transform")));
            points.add(Point.at(location[0], location[1], location[2], transform)
                    .withInstanceId(pick.get("instance").longValue()));
        }
        return points;
    }

    private static void assertTable(JsonNode expected, Table table) {
        List<String> columns = new ArrayList<>();
        expected.fieldNames().forEachRemaining(columns::add);
        assertEquals(columns, table.columns());
        for (String column : columns) {
            if (expected.get(column).get(0).isTextual()) {
                List<String> texts = new ArrayList<>();
                expected.get(column).forEach(cell -> texts.add(cell.textValue()));
                assertEquals(texts, table.strings(column));
            } else {
                assertArrayEquals(EulerTest.doubles(expected.get(column)), table.doubles(column), 1e-8, column);
            }
        }
    }

    @Test
    @Tag("statement-38")
    @Tag("statement-39")
    void randomPointsGoThereAndBack() {
        long seed = 12;
        Random random = new Random(seed);
        List<RelionRun> runs = new ArrayList<>();
        Map<String, RelionTomogram> tomograms = new LinkedHashMap<>();
        for (String name : List.of("001", "TS 2", "data_3")) {
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                double[] rotation =
                        Euler.rotation(random.nextDouble() * 360, random.nextDouble() * 180, random.nextDouble() * 360);
                points.add(Point.at(
                                random.nextGaussian(),
                                random.nextGaussian(),
                                random.nextGaussian(),
                                transform(rotation, 0, 0, 0))
                        .withInstanceId(1L + i / 10));
            }
            tomograms.put(
                    name,
                    RelionTomogram.named(name).withCenter(new Center(1, 2, 3)).withPixelSize(1.5));
            runs.add(new RelionRun(requireNonNull(tomograms.get(name)), points));
        }
        for (RelionOptions.Angles angles : RelionOptions.Angles.values()) {
            Path file = folder.resolve("random.star");
            RelionParticles.star(
                            runs, RelionOptions.DEFAULT.withFilaments(angles).withHalfSets(true))
                    .write(file);
            StarFile star = StarFile.read(file);
            assertEquals(List.copyOf(tomograms.keySet()), RelionParticles.tomograms(star));
            for (Coordinates coordinates : Coordinates.values()) {
                Map<String, RelionPoints> read = RelionParticles.points(
                        star, name -> requireNonNull(tomograms.get(name)), coordinates, OptionalDouble.empty());
                for (RelionRun run : runs) {
                    List<Point> points =
                            requireNonNull(read.get(run.tomogram().name())).points();
                    for (int i = 0; i < 100; i++) {
                        Point expected = run.points().get(i);
                        assertPoint(
                                points.get(i),
                                expected.x(),
                                expected.y(),
                                expected.z(),
                                expected.transform().rotation(),
                                1e-8);
                        assertEquals(expected.instanceId(), points.get(i).instanceId(), () -> "seed " + seed);
                    }
                }
            }
        }
    }

    @Test
    void whatIsNotKnownForWritingIsAskedFor() {
        RelionTomogram nothing = RelionTomogram.named("run");
        List<RelionRun> runs = List.of(new RelionRun(nothing, List.of(golden())));
        assertRefused(
                UnsupportedFeatureException.class,
                () -> RelionParticles.star(runs, RelionOptions.DEFAULT),
                "pixel size",
                "run");
        assertRefused(
                UnsupportedFeatureException.class,
                () -> RelionParticles.star(runs, RelionOptions.DEFAULT.withCenteredOnly(true)),
                "centre",
                "run");
        List<RelionRun> unassigned = List.of(new RelionRun(RUN, List.of(golden(), golden().withInstanceId(null))));
        assertRefused(
                UnsupportedFeatureException.class,
                () -> RelionParticles.star(unassigned, RelionOptions.DEFAULT.withFilaments(RelionOptions.Angles.POSE)),
                "2 of 2 points of run");
    }

    @Test
    void oneUnknownTomogramLeavesItsKindOfCoordinatesOut() {
        RelionTomogram full =
                RelionTomogram.named("a").withCenter(new Center(1, 2, 3)).withPixelSize(2.0);
        List<Point> points = List.of(Point.at(1, 2, 3));
        Table particles = particles(RelionParticles.star(
                List.of(new RelionRun(full, points), new RelionRun(full.withCenter(null), points)),
                RelionOptions.DEFAULT));
        assertEquals(Set.of("rlnCoordinateX"), only(particles, "rlnCoordinateX", "rlnCenteredCoordinateXAngst"));
        StarFile star = RelionParticles.star(
                List.of(new RelionRun(full, points), new RelionRun(full.withPixelSize(null), points)),
                RelionOptions.DEFAULT);
        assertEquals(
                Set.of("rlnCenteredCoordinateXAngst"),
                only(particles(star), "rlnCoordinateX", "rlnCenteredCoordinateXAngst"));
        assertFalse(star.block("optics").isPresent());
    }

    private static Set<String> only(Table table, String... names) {
        Set<String> found = new java.util.HashSet<>(List.of(names));
        found.retainAll(table.columns());
        return found;
    }
}
