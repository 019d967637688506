package org.copick.picks;

import static org.copick.picks.GoldenCurves.BEND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StaleCurvesTest {
    @ParameterizedTest
    @CsvSource({"0,true", "0.05,true", "-0.05,true", "0.051,false", "-0.051,false"})
    @Tag("statement-80")
    void aVertexMayMoveAHundredthOfTheStep(double y, boolean current) {
        Polyline ends = Polyline.of(0, 0, 0, 10, 0, 0);
        for (Curve curve : List.of(Curve.linear(ends, 5), Curve.catmullRom(ends, 5, 0.5))) {
            assertEquals(current, curve.isCurrentFor(Polyline.of(0, y, 0, 5, 0, 0, 10, 0, 0)));
            assertEquals(current, curve.isCurrentFor(Polyline.of(0, 0, 0, 5, 0, 0, 10, 0, y)));
        }
    }

    @Test
    void curvesAreCurrentForTheirPointsOnly() throws IOException {
        for (JsonNode golden : GoldenCurves.python().get("curves")) {
            Curve curve = GoldenCurves.curve(golden.get("curve"));
            Polyline points = GoldenCurves.polyline(golden.get("points"));
            assertTrue(curve.isCurrentFor(points), golden.toString());
            assertFalse(curve.isCurrentFor(points.reversed()), golden.toString());
            assertTrue(curve.reversed().isCurrentFor(points.reversed()), golden.toString());
            assertFalse(curve.isCurrentFor(moved(points, 0, curve.step() * 0.011)), golden.toString());
            assertFalse(curve.isCurrentFor(moved(points, points.size() - 1, curve.step())), golden.toString());
        }
    }

    private static Polyline moved(Polyline points, int i, double z) {
        double[] xyz = points.toArray();
        xyz[3 * i + 2] += z;
        return Polyline.of(xyz);
    }

    @Test
    void anAnchorBesideTheLineMakesACurveStaleAndAVertexBetweenAnchorsDoesNot() {
        Curve curve = Curve.linear(BEND, 10);
        Polyline points = curve.evaluate();
        assertFalse(curve.isCurrentFor(moved(points, 10, 30)));
        assertTrue(curve.isCurrentFor(moved(points, 4, 30)));
        assertFalse(curve.isCurrentFor(Polyline.of(0, 0, 0, 200, 100, 50)));
    }

    @Test
    void noCurveIsCurrentForAnInvalidLine() {
        Curve curve = Curve.linear(BEND, 10);
        assertFalse(curve.isCurrentFor(Polyline.of()));
        assertFalse(curve.isCurrentFor(Polyline.of(0, 0, 0)));
        assertFalse(curve.isCurrentFor(Polyline.of(0, 0, 0, Double.NaN, 0, 0, 100, 0, 0, 200, 100, 50)));
        assertFalse(unknownKind().isCurrentFor(BEND));
        double far = 1e308;
        assertFalse(Curve.linear(Polyline.of(-far, 0, 0, far, 0, 0), 1)
                .isCurrentFor(Polyline.of(-far, 0, 0, 0, far, 0, far, 0, 1)));
    }

    private static Curve unknownKind() {
        return new Curve("clothoid", BEND, 5, null, null, null, null, Map.of());
    }

    @Test
    @Tag("statement-80")
    void staleCurvesOfKnownKindsAreDropped() {
        Curve curve = Curve.catmullRom(BEND, 10, 0.5);
        Polyline other = Polyline.of(0, 0, 0, 1, 1, 1);
        Filament current = Filament.of(Long.MAX_VALUE, curve);
        Filament stale = Filament.of(Long.MAX_VALUE - 1, other).withCurve(curve);
        Filament unknown = Filament.of(3, other).withCurve(unknownKind());
        Filament none = Filament.of(9007199254740993L, other);
        FilamentsDocument document =
                FilamentsDocument.empty("o", "u", "s", "r").withFilaments(List.of(none, stale, unknown, current));
        assertEquals(List.of(Long.MAX_VALUE - 1), document.staleCurves());
        FilamentsDocument kept = document.withoutStaleCurves();
        assertEquals(List.of(none, stale.withCurve(null), unknown, current), kept.filaments());
        assertEquals(List.of(), kept.staleCurves());
        assertEquals(kept, kept.withoutStaleCurves());
        assertEquals(kept, FilamentsDocument.parse(kept.toJson(), "again"));
    }

    @Test
    void findsFilamentsByTheirExactIds() {
        Filament last = Filament.of(Long.MAX_VALUE, BEND);
        Filament odd = Filament.of(9007199254740993L, BEND);
        FilamentsDocument document = FilamentsDocument.empty("o", "u", "s", "r").withFilaments(List.of(odd, last));
        assertEquals(Optional.of(last), document.find(Long.MAX_VALUE));
        assertEquals(Optional.of(odd), document.find(9007199254740993L));
        assertEquals(Optional.empty(), document.find(9007199254740992L));
        assertEquals(Optional.empty(), document.find(Long.MAX_VALUE - 1));
    }

    @Test
    void aFilamentOfACurveHasItsPoints() {
        Curve curve = Curve.linear(BEND, 10);
        Filament filament = Filament.of(Long.MAX_VALUE, curve);
        assertEquals(curve.evaluate(), filament.points());
        assertEquals(curve, filament.curve());
        assertEquals(Long.MAX_VALUE, filament.instanceId());
    }

    @Test
    @Timeout(120)
    void checksManyAnchorsQuickly() {
        Polyline points =
                Polyline.of(new Random(3).doubles(3L * 100_000, -5e3, 5e3).toArray());
        assertTrue(Curve.linear(points, 1).isCurrentFor(points));
        double[] xyz = points.toArray();
        xyz[150_000] += 1;
        assertFalse(Curve.linear(points, 1).isCurrentFor(Polyline.of(xyz)));
    }
}
