package org.copick.picks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The curves of the specification, and random curves with the results of Python copick 1.31. */
final class GoldenCurves {
    static final Polyline BEND = Polyline.of(0, 0, 0, 100, 0, 0, 200, 100, 50);

    static final Curve SPLINE = Curve.bspline(
            Polyline.of(0, 0, 0, 10, 0, 0, 20, 10, 0, 30, 10, 5, 40, 0, 5),
            8,
            3,
            List.of(0.0, 0.0, 0.0, 0.0, 0.5, 1.0, 1.0, 1.0, 1.0));

    private GoldenCurves() {}

    static JsonNode python() throws IOException {
        return Documents.MAPPER.readTree(Documents.golden("curves"));
    }

    static Curve curve(JsonNode json) {
        FilamentsDocument document = Documents.filaments(
                Documents.withFilaments("[{\"instance_id\":1,\"points\":[[0,0,0],[1,1,1]],\"curve\":" + json + "}]"));
        return Objects.requireNonNull(document.filaments().get(0).curve());
    }

    static Polyline polyline(JsonNode points) {
        double[] xyz = new double[3 * points.size()];
        Arrays.setAll(xyz, i -> points.get(i / 3).get(i % 3).doubleValue());
        return Polyline.of(xyz);
    }

    static void assertNear(Polyline expected, Polyline actual, String which) {
        assertEquals(expected.size(), actual.size(), which);
        for (int i = 0; i < expected.size(); i++) {
            assertTrue(
                    expected.gap(i, actual, i) <= 1e-9,
                    which + ", point " + i + ": " + actual.x(i) + ", " + actual.y(i) + ", " + actual.z(i));
        }
    }
}
