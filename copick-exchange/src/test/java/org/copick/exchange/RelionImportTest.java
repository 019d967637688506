package org.copick.exchange;

import static java.util.Objects.requireNonNull;
import static org.copick.exchange.Refusals.assertRefused;
import static org.copick.exchange.Relion.RUN;
import static org.copick.exchange.Relion.add;
import static org.copick.exchange.Relion.assertPoint;
import static org.copick.exchange.Relion.golden;
import static org.copick.exchange.Relion.json;
import static org.copick.exchange.Relion.particles;
import static org.copick.exchange.Relion.points;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.copick.error.CorruptDataException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.exchange.RelionPoints.Coordinates;
import org.copick.exchange.RelionPoints.Source;
import org.copick.exchange.RelionTomogram.Center;
import org.copick.picks.Point;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("statement-92")
class RelionImportTest {
    @TempDir
    Path folder;

    @Test
    @Tag("statement-39")
    @Tag("statement-41")
    void theGoldenPickComesBackWithoutItsShift() {
        StarFile star = RelionParticles.star(
                List.of(new RelionRun(RUN.withPixelSize(2.0), List.of(golden()))), RelionOptions.DEFAULT);
        for (Coordinates coordinates : Coordinates.values()) {
            Point point = points(star, RUN, coordinates).points().get(0);
            assertPoint(point, 101, 198, 53, EulerTest.GOLDEN, 1e-9);
            assertEquals(0L, point.instanceId());
            assertEquals(1.0, point.score());
        }
        assertEquals(Source.CENTERED, points(star, RUN, Coordinates.AUTO).source());
        assertEquals(Source.PIXELS, points(star, RUN, Coordinates.PIXELS).source());
    }

    @Test
    @Tag("statement-40")
    @Tag("statement-41")
    @Tag("statement-92")
    void theGoldenRowOfPixelsAndSubtomogramsIsImported() {
        Table.Builder table = Table.builder().strings("rlnTomoName", List.of("run"));
        add(table, RelionReader.PIXELS, 10.1, 19.8, 5.3);
        add(table, RelionReader.ANGLES, 30, 40, 50);
        add(table, RelionReader.SUBTOMOGRAM, 10, 20, -35);
        add(table, RelionReader.ORIGIN, 4, 5, -6);
        RelionPoints read = points(StarFile.of(Map.of("", table.build())), RUN, Coordinates.AUTO);
        assertEquals(Source.VOXELS, read.source());
        double[] rotation = {
            0.238992295,
            0.576578887,
            -0.781306259,
            -0.839225133,
            0.527396341,
            0.132492546,
            0.488450467,
            0.624027152,
            0.609923155
        };
        assertPoint(read.points().get(0), 98.044354664, 190.767234588, 56.993903496, rotation, 1e-9);
    }

    @Test
    void randomRowsBecomeThePointsOfPython() throws IOException {
        JsonNode cases = json().get("import");
        Table particles = table(cases.get("columns"));
        StarFile alone = StarFile.of(Map.of("particles", particles));
        StarFile withOptics = StarFile.of(Map.of("optics", table(cases.get("optics")), "particles", particles));
        double[] center = EulerTest.doubles(cases.get("center"));
        RelionTomogram nothing = RelionTomogram.named("");
        RelionTomogram centered = nothing.withCenter(new Center(center[0], center[1], center[2]));
        assertPoints(cases.get("centered"), points(withOptics, centered, Coordinates.AUTO));
        assertPoints(cases.get("centered"), points(alone, centered, Coordinates.CENTERED));
        assertPoints(cases.get("by_optics"), points(withOptics, nothing, Coordinates.AUTO));
        assertPoints(cases.get("by_optics"), points(withOptics, centered.withPixelSize(5.0), Coordinates.PIXELS));
        RelionPoints argued = requireNonNull(
                RelionParticles.points(withOptics, name -> nothing, Coordinates.AUTO, OptionalDouble.of(1.9))
                        .get(""));
        assertPoints(cases.get("by_argument"), argued);
        assertPoints(cases.get("by_argument"), points(alone, nothing.withPixelSize(1.9), Coordinates.AUTO));
        assertPoints(cases.get("by_voxels"), points(alone, nothing.withVoxelSpacing(10.0), Coordinates.AUTO));
    }

    private static Table table(JsonNode columns) {
        Table.Builder table = Table.builder();
        columns.properties().forEach(column -> {
            List<String> cells = new ArrayList<>();
            column.getValue().forEach(cell -> cells.add(cell.textValue()));
            table.strings(column.getKey(), cells);
        });
        return table.build();
    }

    private static void assertPoints(JsonNode expected, RelionPoints read) {
        assertEquals(expected.size(), read.points().size());
        for (int i = 0; i < expected.size(); i++) {
            double[] location = EulerTest.doubles(expected.get(i).get("location"));
            double[] rotation = EulerTest.doubles(expected.get(i).get("rotation"));
            assertPoint(read.points().get(i), location[0], location[1], location[2], rotation, 1e-8);
            assertEquals(
                    Long.valueOf(expected.get(i).get("instance").textValue()),
                    read.points().get(i).instanceId());
        }
    }

    @Test
    void rowsWithoutAnglesOrNamesAreUnrotatedPointsOfNoName() throws IOException {
        StarFile star = read("data_\nloop_\n_rlnCoordinateX\n_rlnCoordinateY\n_rlnCoordinateZ\n1 2 3\n");
        assertEquals(List.of(), RelionParticles.tomograms(star));
        Map<String, RelionPoints> points =
                RelionParticles.points(star, name -> RUN, Coordinates.AUTO, OptionalDouble.empty());
        assertEquals(Map.of("", new RelionPoints(List.of(Point.at(10, 20, 30)), Source.VOXELS)), points);
    }

    @Test
    @Tag("statement-69")
    void tomogramsAndTheirCentresAreRead() throws IOException {
        StarFile star = read("""
                data_other
                _rlnX 1
                data_global
                loop_
                _rlnTomoName
                _rlnTomoSizeX
                _rlnTomoSizeY
                _rlnTomoSizeZ
                _rlnTomoTiltSeriesPixelSize
                _rlnTomoTomogramBinning
                _rlnVoltage
                001 100 200 50 1.5 4 300
                """);
        Map<String, RelionTomogram> tomograms = RelionTomogram.readAll(star);
        assertEquals(
                Map.of("001", new RelionTomogram("001", new Center(75, 150, 37.5), 1.5, null, 300.0, null, null)),
                tomograms);
        RelionTomogram small = RelionTomogram.named("t").withCenter(Center.of(new long[] {100, 100, 100}, 1));
        Table.Builder table = Table.builder();
        add(table, RelionReader.CENTERED, -40, -35, -30);
        assertEquals(
                List.of(Point.at(10, 15, 20)),
                points(StarFile.of(Map.of("", table.build())), small, Coordinates.AUTO)
                        .points());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "no sizes       | _rlnTomoName^_rlnTomoSizeX^a 1 | rlnTomoSizeY, rlnTomoSizeZ, rlnTomoTiltSeriesPixelSize",
                "a pixel of 0 Å | _rlnTomoName^_rlnTomoSizeX^_rlnTomoSizeY^_rlnTomoSizeZ^_rlnTomoTiltSeriesPixelSize^a 1 2 3 0 | positive",
                "a size of nan  | _rlnTomoName^_rlnTomoSizeX^_rlnTomoSizeY^_rlnTomoSizeZ^_rlnTomoTiltSeriesPixelSize^a nan 2 3 1 | finite",
                "a name twice   | _rlnTomoName^_rlnTomoSizeX^_rlnTomoSizeY^_rlnTomoSizeZ^_rlnTomoTiltSeriesPixelSize^a 1 2 3 1^a 1 2 3 1 | twice",
            })
    void brokenTomogramsAreRefused(String what, String content, String message) throws IOException {
        StarFile star = read("data_global\nloop_\n" + content.replace('^', '\n'));
        assertRefused(CorruptDataException.class, () -> RelionTomogram.readAll(star), message, "data_global");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "no coordinates          | AUTO     | _rlnTomoName^_rlnCoordinateX^run 1 | rlnCoordinateY, rlnCoordinateZ are missing",
                "half centred            | AUTO     | _rlnCenteredCoordinateXAngst^1     | rlnCenteredCoordinateYAngst, rlnC",
                "pixels, but not allowed | CENTERED | _rlnCoordinateX^_rlnCoordinateY^_rlnCoordinateZ^1 2 3 | rlnCenteredCoordinateXAngst",
                "no finite coordinate    | AUTO     | _rlnCoordinateX^_rlnCoordinateY^_rlnCoordinateZ^1 inf 3 | line 6: rlnCoordinateY is \"inf\"",
                "half a tube             | AUTO     | _rlnCoordinateX^_rlnCoordinateY^_rlnCoordinateZ^_rlnHelicalTubeID^1 2 3 1.5 | rlnHelicalTubeID is \"1.5\"",
            })
    void brokenParticlesAreRefused(String what, Coordinates coordinates, String content, String message)
            throws IOException {
        StarFile star = read("data_particles\nloop_\n" + content.replace('^', '\n'));
        assertRefused(CorruptDataException.class, () -> points(star, RUN, coordinates), message, "data_particles");
    }

    @Test
    void opticsGroupsThatCannotBeFoundAreRefused() throws IOException {
        String optics = "data_optics\nloop_\n_rlnOpticsGroup\n_rlnTomoTiltSeriesPixelSize\n1 1.5\n2 2.5\n";
        String rows = "data_particles\nloop_\n_rlnCoordinateX\n_rlnCoordinateY\n_rlnCoordinateZ\n";
        StarFile unknown = read(optics + rows + "_rlnOpticsGroup\n1 2 3 2\n1 2 3 7\n");
        assertRefused(
                CorruptDataException.class, () -> points(unknown, RUN, Coordinates.AUTO), "row 2", "optics group 7");
        String one = "data_optics\nloop_\n_rlnOpticsGroup\n_rlnTomoTiltSeriesPixelSize\n1 1.5\n";
        StarFile notTheOne = read(one + rows + "_rlnOpticsGroup\n1 2 3 1\n1 2 3 2\n");
        assertRefused(
                CorruptDataException.class, () -> points(notTheOne, RUN, Coordinates.AUTO), "row 2", "optics group 2");
        StarFile twice = read(one + "1 2.5\n" + rows + "_rlnOpticsGroup\n1 2 3 1\n");
        assertRefused(
                CorruptDataException.class,
                () -> points(twice, RUN, Coordinates.AUTO),
                "optics group 1 is listed twice",
                "rlnTomoTiltSeriesPixelSize 1.5 and 2.5");
        StarFile alike = read(one + "1 1.5\n" + rows + "_rlnOpticsGroup\n2 4 6 1\n");
        assertEquals(
                Point.at(3, 6, 9), points(alike, RUN, Coordinates.AUTO).points().get(0));
        StarFile unsaid = read(optics + rows + "1 2 3\n");
        assertRefused(CorruptDataException.class, () -> points(unsaid, RUN, Coordinates.AUTO), "rlnOpticsGroup");
        StarFile only = read(optics);
        assertRefused(CorruptDataException.class, () -> points(only, RUN, Coordinates.AUTO), "no block of particles");
    }

    @Test
    void whatIsNotKnownIsAskedFor() throws IOException {
        RelionTomogram nothing = RelionTomogram.named("run");
        StarFile pixels = read("data_\nloop_\n_rlnCoordinateX\n_rlnCoordinateY\n_rlnCoordinateZ\n1 2 3\n");
        assertRefused(
                UnsupportedFeatureException.class,
                () -> points(pixels, nothing, Coordinates.AUTO),
                "pixel size",
                "run");
        Table.Builder table = Table.builder();
        add(table, RelionReader.CENTERED, 1, 2, 3);
        StarFile centered = StarFile.of(Map.of("", table.build()));
        assertRefused(
                UnsupportedFeatureException.class, () -> points(centered, nothing, Coordinates.AUTO), "centre", "run");
    }

    @Test
    void sizesAndCentresThatCannotBeAreProgrammingErrors() throws IOException {
        StarFile star = read("data_\nloop_\n_rlnCoordinateX\n_rlnCoordinateY\n_rlnCoordinateZ\n1 2 3\n");
        assertThrows(
                IllegalArgumentException.class,
                () -> RelionParticles.points(star, name -> RUN, Coordinates.AUTO, OptionalDouble.of(-1)));
        assertThrows(IllegalArgumentException.class, () -> RUN.withPixelSize(0.0));
        assertThrows(IllegalArgumentException.class, () -> RUN.withVoxelSpacing(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new Center(1, Double.NaN, 2));
        assertThrows(IllegalArgumentException.class, () -> Center.of(new long[] {1, 2}, 1));
    }

    private StarFile read(String content) throws IOException {
        return StarFile.read(Files.writeString(folder.resolve("particles.star"), content));
    }
}
