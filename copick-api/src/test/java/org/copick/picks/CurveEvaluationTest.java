package org.copick.picks;

import static org.copick.picks.GoldenCurves.BEND;
import static org.copick.picks.GoldenCurves.SPLINE;
import static org.copick.picks.GoldenCurves.assertNear;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.copick.error.UnsupportedFeatureException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurveEvaluationTest {
    private static final Polyline POINTS_OF_SPLINE = Polyline.of(
            0,
            0,
            0,
            7.172267849,
            0.965459793,
            0.025468614,
            13.807522609,
            3.852914979,
            0.280099592,
            20,
            7.5,
            1.25,
            27.296140847,
            8.653171138,
            3.379373888,
            34.133718409,
            5.182167226,
            4.683700627,
            40,
            0,
            5);

    @Test
    @Tag("statement-79")
    void aCatmullRomCurvePassesThroughTheSpecifiedPoints() {
        assertNear(
                Polyline.of(
                        0,
                        0,
                        0,
                        33.555010886,
                        -2.672342279,
                        -1.336171140,
                        67.103172771,
                        -5.432183083,
                        -2.716091541,
                        100,
                        0,
                        0,
                        130.022276209,
                        20.226934123,
                        10.113467061,
                        154.170233570,
                        46.225476671,
                        23.112738335,
                        176.490554808,
                        73.525912034,
                        36.762956017,
                        200,
                        100,
                        50),
                Curve.catmullRom(BEND, 50, 0.5).evaluate(),
                "alpha 0.5");
        Polyline uniform = Curve.catmullRom(BEND, 50, 0).evaluate();
        assertNear(
                Polyline.of(33.692862670, -3.763679771, -1.881839885, 153.101769178, 47.264254864, 23.632127432),
                uniform.select(new int[] {1, 5}),
                "alpha 0");
    }

    @Test
    void aLinearCurveDividesEachSegmentEvenly() {
        assertNear(
                Polyline.of(0, 0, 0, 15, 0, 0, 30, 0, 0, 30, 20, 0, 30, 40, 0),
                Curve.linear(Polyline.of(0, 0, 0, 30, 0, 0, 30, 40, 0), 20).evaluate(),
                "linear");
    }

    @Test
    void aBsplinePassesThroughTheSpecifiedPointsAndItsKnots() {
        assertNear(POINTS_OF_SPLINE, SPLINE.evaluate(), "bspline");
        assertNear(Polyline.of(0, 0, 0, 20, 7.5, 1.25, 40, 0, 5), SPLINE.anchors(), "anchors");
    }

    @Test
    void evaluatesReversesAndAnchorsCurvesAsPython() throws IOException {
        JsonNode curves = GoldenCurves.python().get("curves");
        assertTrue(curves.size() > 20);
        for (JsonNode golden : curves) {
            Curve curve = GoldenCurves.curve(golden.get("curve"));
            String which = golden.get("curve").toString();
            assertNear(GoldenCurves.polyline(golden.get("points")), curve.evaluate(), which);
            assertNear(GoldenCurves.polyline(golden.get("anchors")), curve.anchors(), which);
            assertEquals(GoldenCurves.curve(golden.get("reversed")), curve.reversed(), which);
        }
    }

    @Test
    @Tag("statement-79")
    void everyAnchorIsAPoint() throws IOException {
        for (JsonNode golden : GoldenCurves.python().get("curves")) {
            Curve curve = GoldenCurves.curve(golden.get("curve"));
            Polyline points = curve.evaluate();
            Polyline anchors = curve.anchors();
            for (int i = 0; i < anchors.size(); i++) {
                double nearest = Double.POSITIVE_INFINITY;
                for (int j = 0; j < points.size(); j++) {
                    nearest = Math.min(nearest, anchors.gap(i, points, j));
                }
                assertEquals(0, nearest, golden.get("curve").toString());
            }
        }
    }

    @Test
    @Tag("statement-79")
    void aReversedCurveHasTheAnchorsReversed() throws IOException {
        for (JsonNode golden : GoldenCurves.python().get("curves")) {
            Curve curve = GoldenCurves.curve(golden.get("curve"));
            assertNear(curve.anchors().reversed(), curve.reversed().anchors(), "anchors of " + golden.get("curve"));
            assertNear(
                    curve.controlPoints(),
                    curve.reversed().reversed().controlPoints(),
                    "control points of " + golden.get("curve"));
        }
    }

    @Test
    void reversingKeepsTheOtherFields() {
        Curve curve = new Curve(
                Curve.BSPLINE,
                SPLINE.controlPoints(),
                8,
                null,
                3L,
                List.of(1.0, 1.0, 1.0, 1.0, 2.0, 4.0, 4.0, 4.0, 4.0),
                2.5,
                Map.of("from", "scipy"));
        Curve reversed = curve.reversed();
        assertEquals(List.of(1.0, 1.0, 1.0, 1.0, 3.0, 4.0, 4.0, 4.0, 4.0), reversed.knots());
        assertEquals((Double) 2.5, reversed.smoothing());
        assertEquals(curve.unknown(), reversed.unknown());
        assertEquals(curve, reversed.reversed());
    }

    @Test
    void refusesToInterpretUnknownKinds() {
        Curve curve = new Curve("clothoid", BEND, 5, null, null, null, null, Map.of());
        assertTrue(assertThrows(UnsupportedFeatureException.class, curve::evaluate)
                .toString()
                .contains("clothoid"));
        assertThrows(UnsupportedFeatureException.class, curve::anchors);
        assertThrows(UnsupportedFeatureException.class, curve::reversed);
        assertThrows(UnsupportedFeatureException.class, () -> Filament.of(1, curve));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-4, 1e-9, 1e-300, Double.MIN_VALUE})
    @Timeout(120)
    void refusesTooManyPoints(double step) {
        for (Curve curve : List.of(
                Curve.linear(BEND, step),
                Curve.catmullRom(BEND, step, 0.5),
                Curve.catmullRom(BEND, step, 1),
                Curve.bspline(
                        Polyline.of(0, 0, 0, 1, 5, 9, 300, 0, 0), step, 2, List.of(0.0, 0.0, 0.0, 1.0, 1.0, 1.0)))) {
            String message = assertThrows(IllegalArgumentException.class, curve::evaluate)
                    .toString();
            assertTrue(message.contains("1000000 points"), message);
        }
    }

    @Test
    void aHugeStepLeavesOnlyTheAnchors() {
        assertEquals(BEND, Curve.catmullRom(BEND, Double.MAX_VALUE, 0.5).evaluate());
        assertEquals(BEND, Curve.linear(BEND, 1e9).evaluate());
        assertNear(
                SPLINE.anchors(),
                Curve.bspline(SPLINE.controlPoints(), 1e200, 3, List.of(0.0, 0.0, 0.0, 0.0, 0.5, 1.0, 1.0, 1.0, 1.0))
                        .evaluate(),
                "bspline");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e200, 1e308})
    void refusesCoordinatesThatOverflow(double far) {
        Polyline points = Polyline.of(-far, 0, 0, 0, far, 0, far, 0, 1);
        assertThrows(IllegalArgumentException.class, Curve.linear(points, 10)::evaluate);
        assertThrows(IllegalArgumentException.class, Curve.catmullRom(points, 10, 0.5)::evaluate);
        assertThrows(
                IllegalArgumentException.class,
                Curve.bspline(points, 10, 2, List.of(0.0, 0.0, 0.0, 1.0, 1.0, 1.0))::evaluate);
    }

    @Test
    void refusesKnotsThatOverflow() {
        double far = 1.7e308;
        List<Double> knots = List.of(-far, -far, -far, far, far, far);
        assertThrows(IllegalArgumentException.class, Curve.bspline(BEND, 10, 2, knots)::evaluate);
        assertFalse(Curve.bspline(BEND, 10, 2, knots).isCurrentFor(BEND));
    }

    @Test
    void refusesASplineWithoutLength() {
        Curve curve = Curve.bspline(Polyline.of(1, 2, 3, 1, 2, 3), 1, 1, List.of(0.0, 0.0, 1.0, 1.0));
        assertThrows(IllegalArgumentException.class, curve::evaluate);
    }

    @Test
    @Timeout(120)
    void evaluatesManyControlPointsQuickly() {
        int n = 200_000;
        Polyline points = Polyline.of(new Random(5).doubles(3L * n, -5e3, 5e3).toArray());
        assertEquals(n, Curve.catmullRom(points, 1e9, 0.3).evaluate().size());
        assertEquals(n, Curve.linear(points, 1e9).evaluate().size());
        List<Double> knots = DoubleStream.concat(
                        DoubleStream.concat(
                                DoubleStream.generate(() -> 0).limit(6),
                                DoubleStream.iterate(1, u -> u + 1).limit(n - 6L)),
                        DoubleStream.generate(() -> n).limit(6))
                .boxed()
                .toList();
        Curve spline = Curve.bspline(points, 1e9, 5, knots);
        assertEquals(n - 4, spline.evaluate().size());
        assertTrue(spline.isCurrentFor(spline.evaluate()));
    }

    @Test
    void nearbyControlPointsOfVeryDifferentDistancesStillGivePoints() {
        for (double alpha : new double[] {0, 0.5, 1}) {
            Polyline points = Curve.catmullRom(Polyline.of(0, 0, 0, 2e-6, 0, 0, 1e6, 0, 0, 1e6, 3e-6, 0), 1e3, alpha)
                    .evaluate();
            assertTrue(points.isFinite() && points.size() > 1000, Arrays.toString(points.toArray()));
        }
    }
}
