package org.copick.exchange;

import static java.util.Objects.requireNonNull;
import static org.copick.exchange.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.copick.error.CorruptDataException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.exchange.RelionPoints.Coordinates;
import org.copick.exchange.RelionPoints.Source;
import org.copick.picks.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns of RELION 3 and Warp, and their combinations with those of RELION 4 and 5. */
class RelionVersionsTest {
    private static final String PLACE = "_rlnCoordinateX^_rlnCoordinateY^_rlnCoordinateZ^";

    @TempDir
    Path folder;

    @Test
    void filesOfRelion3AreRead() throws IOException {
        StarFile star = star("data_^^loop_^_rlnMicrographName #1^_rlnCoordinateX #2^_rlnCoordinateY #3^"
                + "_rlnCoordinateZ #4^_rlnAngleRot #5^_rlnAngleTilt #6^_rlnAnglePsi #7^_rlnOriginX #8^"
                + "_rlnOriginY #9^_rlnOriginZ #10^_rlnDetectorPixelSize #11^_rlnMagnification #12^"
                + "Tomograms/TS_001/TS_001.mrc 100 200 50 30 40 50 1.5 -2 3 5.0 50000^"
                + "Tomograms/TS_002/TS_002.mrc 10 20 30 0 0 0 0 0 0 14.0 50000^");
        assertEquals(List.of("TS_001", "TS_002"), RelionParticles.tomograms(star));
        Map<String, RelionPoints> points = read(star);
        Point first = requireNonNull(points.get("TS_001")).points().get(0);
        // 1 Å per pixel; the shift is in the frame of the tomogram
        Relion.assertPoint(first, 98.5, 202, 47, EulerTest.GOLDEN, 1e-9);
        assertPlace(requireNonNull(points.get("TS_002")), 28, 56, 84);
        assertEquals(Source.PIXELS, requireNonNull(points.get("TS_001")).source());
        assertEquals(List.of(), requireNonNull(points.get("TS_001")).warnings());
    }

    @ParameterizedTest
    @CsvSource({
        "TS_001.tomostar,TS_001",
        "TS_001.mrc.tomostar,TS_001",
        "a/b/TS_001.mrc,TS_001",
        "a\\b\\TS_001.rec,TS_001",
        "TS_001_10.00Apx.mrc,TS_001_10.00Apx",
        "tomo.1.mrc,tomo.1",
        "TS_001,TS_001",
        ".mrc,.mrc"
    })
    void micrographsAreTomograms(String file, String run) throws IOException {
        StarFile star = star("data_^loop_^_rlnMicrographName^" + PLACE + "_rlnPixelSize^" + file + " 1 2 3 10^");
        assertEquals(List.of(run), RelionParticles.tomograms(star));
        assertPlace(requireNonNull(read(star).get(run)), 10, 20, 30);
    }

    @Test
    void warpsEndingIsNoPartOfTomogramNames() throws IOException {
        StarFile star = star("data_particles^loop_^_rlnTomoName^" + PLACE + "_rlnMicrographName^"
                + "TS_001.tomostar 1 2 3 other.mrc^data_global^loop_^_rlnTomoName^_rlnTomoSizeX^_rlnTomoSizeY^"
                + "_rlnTomoSizeZ^_rlnTomoTiltSeriesPixelSize^TS_001.tomostar 10 20 30 2^");
        assertEquals(List.of("TS_001"), RelionParticles.tomograms(star));
        Map<String, RelionTomogram> tomograms = RelionTomogram.readAll(star);
        assertPlace(
                requireNonNull(RelionParticles.points(
                                star,
                                name -> requireNonNull(tomograms.get(name)),
                                Coordinates.AUTO,
                                OptionalDouble.empty())
                        .get("TS_001")),
                2,
                4,
                6);
    }

    @Test
    void twoFilesDoNotBecomeOneTomogram() throws IOException {
        StarFile star = star("data_^loop_^_rlnMicrographName^" + PLACE + "a/1.mrc 1 2 3^b/1.mrc 1 2 3^");
        assertRefused(CorruptDataException.class, () -> RelionParticles.tomograms(star), "a/1.mrc", "b/1.mrc");
    }

    @ParameterizedTest
    @CsvSource({
        // columns of the optics, their cells, columns of the particles, their cells, Å per pixel, text in the warning
        "_rlnTomoTiltSeriesPixelSize^_rlnImagePixelSize,2 8,'','',2,",
        "_rlnImagePixelSize,8,'','',8,images",
        "_rlnMicrographPixelSize^_rlnImagePixelSize,4 4,'','',4,",
        "_rlnMicrographOriginalPixelSize^_rlnImagePixelSize,2 8,'','',2,not of 8 Å (rlnImagePixelSize)",
        "_rlnImagePixelSize^_rlnTomoSubtomogramBinning,8 4,'','',2,rlnImagePixelSize",
        "_rlnVoltage,300,_rlnDetectorPixelSize^_rlnMagnification,2.5 10000,2.5,",
        "_rlnVoltage,300,_rlnMagnification^_rlnDetectorPixelSize,10000 2.5,2.5,",
        "_rlnVoltage,300,_rlnPixelSize,3.5,3.5,",
        "_rlnImagePixelSize,8,_rlnPixelSize,8.0001,8.0001,",
        "_rlnImagePixelSize,8,_rlnTomoTiltSeriesPixelSize,1.5,1.5,",
        "_rlnDetectorPixelSize^_rlnMagnification,2.5 10000,'','',2.5,"
    })
    void pixelSizesAreThoseOfTheirColumns(
            String optics, String opticsCells, String columns, String cells, double size, String warning)
            throws IOException {
        RelionPoints points = requireNonNull(read(star(
                        "data_optics^loop_^" + optics + "^" + opticsCells + "^data_particles^loop_^_rlnMicrographName^"
                                + PLACE + columns + "^T.mrc 10 20 30 " + cells + "^"))
                .get("T"));
        assertPlace(points, 10 * size, 20 * size, 30 * size);
        assertEquals(warning != null, !points.warnings().isEmpty(), points.warnings()::toString);
        assertTrue(warning == null || points.warnings().get(0).contains(warning), points.warnings()::toString);
    }

    @Test
    void imagesOfRelion5AreNoMeasureOfCoordinates() throws IOException {
        StarFile star = star(
                "data_optics^loop_^_rlnImagePixelSize^8^data_particles^loop_^_rlnTomoName^" + PLACE + "T 10 20 30^");
        RelionTomogram tomogram = RelionTomogram.named("T").withVoxelSpacing(10.0);
        RelionPoints points =
                requireNonNull(RelionParticles.points(star, name -> tomogram, Coordinates.AUTO, OptionalDouble.empty())
                        .get("T"));
        assertEquals(Source.VOXELS, points.source());
        assertPlace(points, 100, 200, 300);
    }

    @Test
    void shiftsInPixelsAreThoseOfTheImages() throws IOException {
        StarFile star = star("data_optics^loop_^_rlnMicrographPixelSize^_rlnImagePixelSize^2 4^data_particles^loop_^"
                + "_rlnMicrographName^" + PLACE + "_rlnOriginX^_rlnOriginZ^T.mrc 10 20 30 1 -1^");
        assertPlace(requireNonNull(read(star).get("T")), 16, 40, 64);
        // a pixel size argument applies to coordinates, not to shifts
        assertPlace(
                requireNonNull(
                        RelionParticles.points(star, RelionTomogram::named, Coordinates.AUTO, OptionalDouble.of(3))
                                .get("T")),
                26,
                60,
                94);
    }

    @Test
    void shiftsWithoutAnImageSizeAreTakenForPixelsOfCoordinates() throws IOException {
        StarFile star = star("data_^loop_^_rlnMicrographName^" + PLACE + "_rlnOriginX^T.mrc 10 20 30 1^");
        RelionPoints points = requireNonNull(
                RelionParticles.points(star, RelionTomogram::named, Coordinates.AUTO, OptionalDouble.of(3))
                        .get("T"));
        assertPlace(points, 27, 60, 90);
        assertTrue(points.warnings().get(0).contains("rlnOriginX"), points.warnings()::toString);
    }

    @Test
    void shiftsOfTwoKindsAreRefused() throws IOException {
        String columns = "data_^loop_^_rlnMicrographName^" + PLACE + "_rlnPixelSize^_rlnOriginX^_rlnOriginXAngst^";
        StarFile both = star(columns + "T.mrc 1 2 3 10 1 10^");
        assertRefused(CorruptDataException.class, () -> read(both), "rlnOriginXAngst", "rlnOriginX,", "remove");
        StarFile zero = star(columns + "T.mrc 1 2 3 10 0 5^");
        assertPlace(requireNonNull(read(zero).get("T")), 5, 20, 30);
    }

    @Test
    void missingAnglesAndShiftsAreZeroAsInRelion() throws IOException {
        StarFile star = star("data_^loop_^_rlnMicrographName^" + PLACE
                + "_rlnPixelSize^_rlnAngleRot^_rlnOriginYAngst^T.mrc 1 2 3 10 90 7^");
        Point point = requireNonNull(read(star).get("T")).points().get(0);
        Relion.assertPoint(point, 10, 13, 30, Euler.rotation(90, 0, 0), 1e-12);
    }

    @Test
    void halfAPixelSizeIsRefused() throws IOException {
        for (String column : List.of("_rlnMagnification", "_rlnDetectorPixelSize")) {
            StarFile star = star("data_^loop_^_rlnMicrographName^" + PLACE + column + "^T.mrc 1 2 3 10000^");
            assertRefused(
                    CorruptDataException.class,
                    () -> read(star),
                    "rlnMagnification",
                    "rlnDetectorPixelSize",
                    "missing");
        }
    }

    @Test
    void fractionsOfTheTomogramAreRefused() throws IOException {
        StarFile star = star("data_^loop_^_rlnMicrographName^" + PLACE + "_rlnPixelSize^T.tomostar 0.1 0.2 0.9 10^");
        assertRefused(UnsupportedFeatureException.class, () -> read(star), "fractions", "rlnCoordinateX");
    }

    @Test
    void numbersThatAreNoneAreNamedWithTheirLine() throws IOException {
        for (String cell : List.of("nan", "inf", "-inf")) {
            StarFile star =
                    star("data_^loop_^_rlnMicrographName^" + PLACE + "_rlnPixelSize^T.mrc 1 " + cell + " 3 10^");
            assertRefused(CorruptDataException.class, () -> read(star), "line 8: rlnCoordinateY is \"" + cell);
            StarFile shift = star("data_^loop_^_rlnMicrographName^" + PLACE + "_rlnOriginZ^T.mrc 1 2 3 " + cell + "^");
            assertRefused(CorruptDataException.class, () -> read(shift), "line 8: rlnOriginZ");
        }
    }

    @Test
    void filesWithoutRowsHaveNoParticles() throws IOException {
        StarFile star = star("data_^loop_^_rlnMicrographName^" + PLACE);
        assertEquals(0, RelionParticles.count(star));
        assertEquals(Map.of(), read(star));
    }

    private static void assertPlace(RelionPoints points, double x, double y, double z) {
        Point point = points.points().get(0);
        assertArrayEquals(new double[] {x, y, z}, new double[] {point.x(), point.y(), point.z()}, 1e-9);
    }

    private static Map<String, RelionPoints> read(StarFile star) {
        return RelionParticles.points(star, RelionTomogram::named, Coordinates.AUTO, OptionalDouble.empty());
    }

    private StarFile star(String content) throws IOException {
        return StarFile.read(Files.writeString(folder.resolve("particles.star"), content.replaceAll("\\^+", "\n")));
    }
}
