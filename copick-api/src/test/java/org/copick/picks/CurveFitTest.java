package org.copick.picks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurveFitTest {
    @Test
    @Tag("statement-81")
    void choosesTheSpecifiedPointsOfAnArc() {
        double[] xyz = new double[3 * 41];
        for (int k = 0; k <= 40; k++) {
            xyz[3 * k] = 100 * Math.cos(k * Math.PI / 40);
            xyz[3 * k + 1] = 100 * Math.sin(k * Math.PI / 40);
        }
        Polyline arc = Polyline.of(xyz);
        int[] indices = {0, 3, 8, 14, 20, 27, 32, 37, 40};
        assertArrayEquals(indices, CurveFit.indices(arc, 1));
        assertEquals(Curve.catmullRom(arc.select(indices), 7, 0.5), Curve.fit(arc, 1, 7));
    }

    @Test
    void choosesThePointsThatPythonChooses() throws IOException {
        JsonNode fits = GoldenCurves.python().get("fits");
        assertTrue(fits.size() >= 10);
        for (JsonNode golden : fits) {
            Polyline points = GoldenCurves.polyline(golden.get("points"));
            double tolerance = golden.get("tolerance").doubleValue();
            int[] expected = Documents.MAPPER.convertValue(golden.get("indices"), int[].class);
            assertArrayEquals(expected, CurveFit.indices(points, tolerance), golden.toString());
        }
    }

    @Test
    void choosesTheSamePointsAsTheSlowAlgorithm() {
        for (long seed = 0; seed < 4; seed++) {
            Random random = new Random(seed);
            Polyline points = seed % 2 == 0 ? walk(random, 80) : yarn(random, 50);
            double tolerance = 0.5 + 20 * random.nextDouble();
            assertArrayEquals(slowly(points, tolerance), CurveFit.indices(points, tolerance), "seed " + seed);
        }
    }

    @Test
    void theCurveStaysWithinTheTolerance() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            Polyline points = walk(random, 200);
            double tolerance = 1 + 10 * random.nextDouble();
            Curve curve = Curve.fit(points, tolerance, tolerance);
            assertTrue(new PolylineIndex(curve.evaluate()).isWithin(points, tolerance), "seed " + seed);
            assertTrue(curve.isCurrentFor(points), "seed " + seed);
        }
    }

    @Test
    void refusesLinesWithoutFit() {
        Polyline line = Polyline.of(0, 0, 0, 10, 0, 0);
        for (double tolerance : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> Curve.fit(line, tolerance, 1));
            assertThrows(IllegalArgumentException.class, () -> Curve.fit(line, 1, tolerance));
        }
        refused("closed", 0, 0, 0, 10, 0, 0, 10, 10, 0, 0, 0, 1e-7);
        refused("two distinct", 1, 2, 3, 1, 2, 3, 1, 2, 3);
        refused("two distinct", 1, 2, 3);
        refused("two distinct");
        refused("finite", 0, 0, 0, Double.NaN, 0, 0, 10, 0, 0);
        refused("more than", 0, 0, 0, 1e8, 0, 0);
        refused("more than", -1e308, 0, 0, 1e308, 0, 0);
    }

    private static void refused(String mentioned, double... xyz) {
        String message = assertThrows(IllegalArgumentException.class, () -> Curve.fit(Polyline.of(xyz), 1, 1))
                .toString();
        assertTrue(message.contains(mentioned), message);
    }

    @Test
    void leavesOutRepeatedPoints() {
        Polyline points = Polyline.of(0, 0, 0, 0, 0, 0, 10, 20, 0, 10, 20, 1e-7, 20, 0, 0, 20, 0, 0);
        assertArrayEquals(new int[] {0, 2, 4}, CurveFit.indices(points, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {3_000, 10_000})
    @Timeout(120)
    void fitsLongLinesQuickly(int n) {
        Polyline points = walk(new Random(1), n);
        int[] indices = CurveFit.indices(points, 2);
        assertTrue(indices.length > n / 20, "chosen: " + indices.length);
    }

    @Test
    @Timeout(120)
    void fitsTangledLinesQuickly() {
        Polyline points = yarn(new Random(2), 1200);
        int[] indices = CurveFit.indices(points, 10);
        assertTrue(indices.length > 100, "chosen: " + indices.length);
    }

    @Test
    @Timeout(120)
    void fitsGatheredPointsFarFromTheFirstQuickly() {
        double[] xyz = new double[3 * 60];
        Random random = new Random(4);
        for (int i = 1; i < 60; i++) {
            double radius = 1e3 * Math.pow(0.8, i % 30);
            xyz[3 * i] = 8e4 + radius * random.nextGaussian();
            xyz[3 * i + 1] = radius * random.nextGaussian();
            xyz[3 * i + 2] = radius * random.nextGaussian();
        }
        int[] indices = CurveFit.indices(Polyline.of(xyz), 1.5);
        assertTrue(indices.length > 30, "chosen: " + indices.length);
    }

    @Test
    @Timeout(120)
    void fitsAStrayPointQuickly() {
        long seed = 8;
        Random random = new Random(seed);
        for (int n : new int[] {6, 50, 300}) {
            for (double far : new double[] {1e5, 1e6, 4e6, 1e7, 1e9, 1e12, 1e200}) {
                double[] xyz = new double[3 * n];
                for (int i = 0; i < n; i++) {
                    xyz[3 * i] = 10 * i + random.nextDouble();
                    xyz[3 * i + 1] = 50 * random.nextDouble();
                    xyz[3 * i + 2] = 50 * random.nextDouble();
                }
                xyz[3 * (n / 2)] = far;
                Polyline points = Polyline.of(xyz);
                if (far < 4e6) {
                    Curve curve = Filament.of(1, points).editableCurve(10.0);
                    assertTrue(curve.controlPoints().size() > n / 2, "seed " + seed);
                    assertTrue(new PolylineIndex(curve.evaluate()).isWithin(points, 5 * 1.01), "seed " + seed);
                } else if (far > 1e7) {
                    assertThrows(IllegalArgumentException.class, () -> Curve.fit(points, 1, 5));
                }
            }
        }
    }

    @Test
    void theDistanceToALongPieceIsThatToItsPoints() {
        long seed = 9;
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            Polyline four = Polyline.of(random.doubles(12, 0, 1000).toArray());
            CatmullRom segment = CatmullRom.between(
                    four, random.nextInt(5) == 0 ? -1 : 0, 1, 2, random.nextInt(5) == 0 ? -1 : 3, CurveFit.ALPHA);
            double step = 1 + random.nextDouble();
            PolylineIndex fine = new PolylineIndex(CurveSampling.evaluate(segment, step / 8));
            LongPiece piece = new LongPiece(segment.bezier(), step, 1);
            for (int j = 0; j < 20; j++) {
                double[] point = random.doubles(3, -500, 1500).toArray();
                double expected = fine.squaredDistance(point[0], point[1], point[2], Double.POSITIVE_INFINITY);
                double found = piece.squaredDistance(point[0], point[1], point[2], Double.POSITIVE_INFINITY);
                assertEquals(Math.sqrt(expected), Math.sqrt(found), step / 100, "seed " + seed);
                assertEquals(expected / 2, piece.squaredDistance(point[0], point[1], point[2], expected / 2));
                assertTrue(piece.boxes().nearest(point[0], point[1], point[2], 1e9, (leaf, best) -> 0) <= found);
            }
        }
    }

    @Test
    void anEditorGetsTheCurveThatPythonDerives() throws IOException {
        for (JsonNode golden : GoldenCurves.python().get("editable")) {
            Filament filament = Filament.of(1, GoldenCurves.polyline(golden.get("points")));
            Curve expected = GoldenCurves.curve(golden.get("curve"));
            Curve spaced = GoldenCurves.curve(golden.get("spaced"));
            for (Double noSpacing : Arrays.asList(null, 0.0, -1.0, Double.NaN, Double.POSITIVE_INFINITY)) {
                Curve curve = filament.editableCurve(noSpacing);
                assertEquals(expected.controlPoints(), curve.controlPoints());
                assertEquals(expected.step(), curve.step(), 1e-9);
            }
            assertEquals(spaced, filament.editableCurve(13.5));
            Curve own =
                    Objects.requireNonNull(Filament.of(1, GoldenCurves.SPLINE).editableCurve(13.5));
            assertEquals(GoldenCurves.SPLINE, own);
            assertEquals(
                    expected.controlPoints(),
                    filament.withCurve(own).editableCurve(null).controlPoints());
        }
    }

    @Test
    void mostlyEqualPointsNeedAVoxelSpacing() {
        Filament filament = Filament.of(1, Polyline.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> filament.editableCurve(null));
        assertEquals(Curve.catmullRom(Polyline.of(0, 0, 0, 10, 0, 0), 4, 0.5), filament.editableCurve(4.0));
    }

    /** Returns a random walk with steps of about 5 Å. */
    private static Polyline walk(Random random, int n) {
        double[] xyz = random.doubles(3L * n, -5, 5).toArray();
        for (int i = 3; i < xyz.length; i++) {
            xyz[i] += xyz[i - 3];
        }
        return Polyline.of(xyz);
    }

    /** Returns random points in a cube of 1000 Å. */
    private static Polyline yarn(Random random, int n) {
        return Polyline.of(random.doubles(3L * n, 0, 1000).toArray());
    }

    private static int[] slowly(Polyline line, double tolerance) {
        TreeSet<Integer> chosen = new TreeSet<>(List.of(0, line.size() - 1));
        while (true) {
            int[] indices = chosen.stream().mapToInt(i -> i).toArray();
            PolylineIndex curve = new PolylineIndex(
                    Curve.catmullRom(line.select(indices), tolerance, 0.5).evaluate());
            int far = -1;
            double distance = -1;
            for (int i = 0; i < line.size(); i++) {
                double squared = curve.squaredDistance(line.x(i), line.y(i), line.z(i), Double.POSITIVE_INFINITY);
                if (Math.sqrt(squared) > distance) {
                    far = i;
                    distance = Math.sqrt(squared);
                }
            }
            if (distance <= tolerance || !chosen.add(far)) {
                return indices;
            }
        }
    }
}
