package org.copick.exchange;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.copick.exchange.RelionPoints.Coordinates;
import org.copick.exchange.RelionTomogram.Center;
import org.copick.picks.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers are written without rounding noise, and read back exactly as they were stored. */
class DecimalsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "620.497,640,-19.503",
        "640.1,640,0.1",
        "639.9,640,-0.1",
        "640,640,0.0",
        "1000.001,512.5,487.501",
        "-3.3,10,-13.3",
        "1.1,640,-638.9"
    })
    void differencesAreWrittenAsTheyWereMeant(double stored, double origin, String text) {
        double distance = Decimals.distance(stored, origin);
        assertEquals(text, DecimalText.toString(distance));
        assertEquals(stored, Decimals.sum(distance, origin));
    }

    @Test
    void decimalsOfCoordinatesAreNotMoreThanThoseOfTheirParts() throws IOException {
        Random random = new Random(7);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            points.add(Point.at(thousandths(random), thousandths(random), thousandths(random)));
        }
        RelionTomogram tomogram = RelionTomogram.named("A")
                .withCenter(Center.of(new long[] {512, 928, 960}, 7.84))
                .withPixelSize(1.35);
        Path file = folder.resolve("a.star");
        RelionParticles.star(List.of(new RelionRun(tomogram, points)), RelionOptions.DEFAULT)
                .write(file);
        StarFile star = StarFile.read(file);
        Table table = Relion.particles(star);
        for (int axis = 0; axis < 3; axis++) {
            for (String cell : table.strings(RelionReader.CENTERED[axis])) {
                assertTrue(cell.length() - cell.indexOf('.') - 1 <= 3, cell);
            }
        }
        for (Coordinates coordinates : List.of(Coordinates.CENTERED, Coordinates.PIXELS)) {
            List<Point> read = requireNonNull(
                            RelionParticles.points(star, name -> tomogram, coordinates, OptionalDouble.empty())
                                    .get("A"))
                    .points();
            if (coordinates == Coordinates.CENTERED) {
                assertEquals(points, read, "bit by bit");
            } else {
                for (int i = 0; i < points.size(); i++) {
                    assertEquals(
                            points.get(i).x(),
                            read.get(i).x(),
                            1e-12 * points.get(i).x());
                }
            }
        }
    }

    @Test
    void centresAreThoseThatWereMeant() {
        assertEquals(new Center(3763.2, 3637.76, 2007.04), Center.of(new long[] {512, 928, 960}, 7.84));
    }

    private static double thousandths(Random random) {
        return (2_000_000 + random.nextInt(2_000_000)) / 1000.0;
    }

    @Test
    void pixelsAreWrittenAsTheyWereRead() throws IOException {
        StringBuilder rows = new StringBuilder("""
                data_particles
                loop_
                _rlnTomoName
                _rlnCoordinateX
                _rlnCoordinateY
                _rlnCoordinateZ
                _rlnAngleRot
                _rlnAngleTilt
                _rlnAnglePsi
                """);
        Random random = new Random(8);
        List<String> first = new ArrayList<>();
        List<String> angles = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            String x = DecimalText.toString(random.nextInt(1_000_000) / 1000.0);
            String rot = DecimalText.toString((random.nextInt(360_000) - 180_000) / 1000.0);
            String tilt = DecimalText.toString((1 + random.nextInt(179_000)) / 1000.0);
            first.add(x);
            angles.add(rot);
            rows.append("A ")
                    .append(x)
                    .append(" 2.5 3.25 ")
                    .append(rot)
                    .append(' ')
                    .append(tilt)
                    .append(" 12.125\n");
        }
        RelionTomogram tomogram = RelionTomogram.named("A").withPixelSize(1.3491);
        StarFile read = StarFile.read(Files.writeString(folder.resolve("a.star"), rows));
        Map<String, RelionPoints> points =
                RelionParticles.points(read, name -> tomogram, Coordinates.AUTO, OptionalDouble.empty());
        Table table = Relion.particles(RelionParticles.star(
                List.of(new RelionRun(tomogram, requireNonNull(points.get("A")).points())), RelionOptions.DEFAULT));
        assertEquals(first, table.strings("rlnCoordinateX"));
        List<String> written = table.strings("rlnAngleRot");
        int same = 0;
        for (int i = 0; i < angles.size(); i++) {
            same += angles.get(i).equals(written.get(i)) ? 1 : 0;
            assertEquals(Double.parseDouble(angles.get(i)), Double.parseDouble(written.get(i)), 1e-8);
        }
        assertTrue(same > 900, same + " of 1000 angles are written as they were read");
    }

    @Test
    void anglesOfRotationsOfOurOwnAreRoundNumbers() {
        double[] stored = Euler.rotation(30, 40, 50);
        double[] angles =
                Decimals.shortest(Euler.angles(stored), stored, own -> Euler.rotation(own[0], own[1], own[2]));
        assertArrayEquals(new double[] {30, 40, 50}, angles);
    }

    @Test
    void inexactRotationsKeepAllDigits() {
        double[] stored = Euler.rotation(30, 40, 50);
        for (int i = 0; i < 9; i++) {
            stored[i] = (float) stored[i];
        }
        double[] computed = {30.00000000001, 40, 50};
        assertArrayEquals(computed, Decimals.shortest(computed, stored, own -> Euler.rotation(own[0], own[1], own[2])));
    }

    @Test
    void numbersThatAreStoredAreWrittenShortAndExact() throws IOException {
        Path file = folder.resolve("a.csv");
        List<Point> points = List.of(Point.at(-19.503, 0.1, 1e-7), Point.at(0.1 + 0.2, -0.0, 123456.789));
        PicksCsv.write(file, Map.of("A", points));
        List<String> lines = Files.readAllLines(file);
        assertTrue(lines.get(1).startsWith("A,-19.503,0.1,1.0e-7,"), lines.get(1));
        assertTrue(lines.get(2).startsWith("A,0.30000000000000004,-0.0,123456.789,"), lines.get(2));
        assertEquals(Map.of("A", points), PicksCsv.read(file));
    }

    @Test
    void warningsSayWhatRelionWillMiss() {
        RelionTomogram nothing = Relion.RUN;
        RelionTomogram full = new RelionTomogram("full", Relion.CENTER, 1.5, null, 300.0, 2.7, 0.1);
        assertEquals(
                List.of(
                        "without the pixel size of the tilt series of run there is no optics table; RELION needs one with"
                                + " rlnTomoTiltSeriesPixelSize, rlnVoltage, rlnSphericalAberration, rlnAmplitudeContrast"),
                warnings(RelionOptions.DEFAULT, nothing, full));
        assertEquals(List.of(), warnings(RelionOptions.DEFAULT, full));
        assertEquals(warnings(RelionOptions.DEFAULT, nothing), warnings(RelionOptions.DEFAULT, nothing, nothing));
        assertEquals(
                List.of(
                        "the optics table lacks rlnVoltage of run, rlnSphericalAberration of run, rlnAmplitudeContrast of"
                                + " run, which RELION needs"),
                warnings(RelionOptions.DEFAULT, full, nothing.withPixelSize(1.5)));
        assertTrue(
                warnings(RelionOptions.DEFAULT.withOptics(false), full).get(0).contains("exclude the optics table"));
        List<String> pixels = warnings(RelionOptions.DEFAULT, nothing.withCenter(null));
        assertTrue(pixels.get(1).contains("pixels of the tomograms"), pixels::toString);
    }

    @Test
    void warningsCountTransformsThatAreNoRotations() {
        RelionTomogram full = new RelionTomogram("A", Relion.CENTER, 1.5, null, 300.0, 2.7, 0.1);
        RelionTomogram other = new RelionTomogram("B", Relion.CENTER, 1.5, null, 300.0, 2.7, 0.1);
        double[] rounded = Euler.rotation(30, 40, 50);
        for (int i = 0; i < 9; i++) {
            rounded[i] = Math.rint(rounded[i] * 1e3) / 1e3;
        }
        List<RelionRun> runs = List.of(
                new RelionRun(
                        full,
                        List.of(
                                Relion.golden(),
                                turned(-1, 0, 0, 0, 1, 0, 0, 0, 1),
                                turned(1, 0.1, 0, 0, 1, 0, 0, 0, 1),
                                turned(0, 0, 0, 0, 0, 0, 0, 0, 0),
                                turned(rounded))),
                new RelionRun(other, List.of(turned(2, 0, 0, 0, 2, 0, 0, 0, 2))));
        List<String> expected = List.of(
                "transforms of 2 points of A are reflections or singular; their angles were written as 0",
                "transforms of 2 points of A, B are not orthonormal; the angles of the nearest rotations"
                        + " were written");
        assertEquals(expected, RelionParticles.warnings(runs, RelionOptions.DEFAULT));
        List<RelionRun> few = runs.stream().map(RelionRun::forWarnings).toList();
        assertEquals(3, few.get(0).points().size());
        assertEquals(expected, RelionParticles.warnings(few, RelionOptions.DEFAULT));
        assertEquals(
                List.of(), RelionParticles.rotationWarnings(List.of(new RelionRun(full, List.of(Relion.golden())))));
    }

    private static Point turned(double... rotation) {
        return Point.at(1, 2, 3, Relion.transform(rotation, 0, 0, 0));
    }

    private static List<String> warnings(RelionOptions options, RelionTomogram... tomograms) {
        List<RelionRun> runs = new ArrayList<>();
        for (RelionTomogram tomogram : tomograms) {
            runs.add(new RelionRun(tomogram, List.of(Relion.golden())));
        }
        return RelionParticles.warnings(runs, options);
    }
}
