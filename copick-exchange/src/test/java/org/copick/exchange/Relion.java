package org.copick.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalDouble;
import org.copick.exchange.RelionPoints.Coordinates;
import org.copick.exchange.RelionTomogram.Center;
import org.copick.picks.Point;
import org.copick.picks.Transform;

/** Data and assertions that the tests of RELION's files share. */
final class Relion {
    /** The centre in the specification's section 13.3: shape (20, 40, 64) at 10 Å. */
    static final Center CENTER = Center.of(new long[] {20, 40, 64}, 10);

    static final RelionTomogram RUN =
            RelionTomogram.named("run").withCenter(CENTER).withVoxelSpacing(10.0);

    private Relion() {}

    static Transform transform(double[] r, double x, double y, double z) {
        return Transform.of(r[0], r[1], r[2], x, r[3], r[4], r[5], y, r[6], r[7], r[8], z, 0, 0, 0, 1);
    }

    static Point golden() {
        return Point.at(100, 200, 50, transform(Euler.rotation(30, 40, 50), 1, -2, 3));
    }

    static void add(Table.Builder table, String[] names, double... cells) {
        for (int i = 0; i < 3; i++) {
            table.doubles(names[i], cells[i]);
        }
    }

    static Table particles(StarFile star) {
        return star.block("particles").orElseThrow();
    }

    static RelionPoints points(StarFile star, RelionTomogram tomogram, Coordinates coordinates) {
        Map<String, RelionPoints> points =
                RelionParticles.points(star, name -> tomogram, coordinates, OptionalDouble.empty());
        assertEquals(1, points.size());
        return points.values().iterator().next();
    }

    static void assertRow(Table table, String[] columns, double... expected) {
        for (int i = 0; i < 3; i++) {
            assertEquals(expected[i], table.doubles(columns[i])[0], 1e-8, columns[i]);
        }
    }

    static void assertPoint(Point point, double x, double y, double z, double[] rotation, double tolerance) {
        assertArrayEquals(new double[] {x, y, z}, new double[] {point.x(), point.y(), point.z()}, tolerance);
        assertArrayEquals(rotation, point.transform().rotation(), tolerance);
        assertArrayEquals(new double[3], point.transform().translation());
    }

    static JsonNode json() throws IOException {
        return new ObjectMapper().readTree(Resources.bytes("relion.json"));
    }
}
