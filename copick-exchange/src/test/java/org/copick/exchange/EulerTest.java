package org.copick.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EulerTest {
    /** The rotation of the specification's section 13.3. */
    static final double[] GOLDEN = {
        0.043412044,
        0.909615886,
        -0.413175911,
        -0.829598373,
        0.263258355,
        0.492403877,
        0.556670399,
        0.321393805,
        0.766044443
    };

    @Test
    @Tag("statement-38")
    void theGoldenRotationHasTheGoldenAngles() {
        assertArrayEquals(GOLDEN, Euler.rotation(30, 40, 50), 1e-9);
        assertArrayEquals(new double[] {30, 40, 50}, Euler.angles(GOLDEN), 1e-6);
        assertArrayEquals(new double[] {30, 40, 50}, Euler.angles(Euler.rotation(30, 40, 50)), 1e-12);
    }

    @Test
    void anglesAreThoseOfPythonAlsoWhereMatricesAreNoRotations() throws IOException {
        JsonNode cases =
                new ObjectMapper().readTree(Resources.bytes("relion.json")).get("rotations");
        assertTrue(cases.size() > 30);
        for (JsonNode one : cases) {
            double[] expected = doubles(one.get("angles"));
            double[] angles = Euler.angles(doubles(one.get("matrix")));
            // near 0 and 180°, rounding leaves only the sum or difference of the angles exact, in Python as well
            double sine = Math.sin(Math.toRadians(expected[1]));
            double tolerance = sine > 1e-3 || sine < 1e-12 ? 1e-8 : 1e-5;
            for (int i = 0; i < 3; i++) {
                assertEquals(expected[i], angles[i], tolerance, () -> one + " has " + Arrays.toString(angles));
            }
        }
    }

    @Test
    @Tag("statement-38")
    void randomAnglesGoThereAndBack() {
        long seed = 3;
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            double[] angles = {
                random.nextDouble() * 360 - 180, 0.01 + random.nextDouble() * 179.98, random.nextDouble() * 360 - 180
            };
            double[] rotation = Euler.rotation(angles[0], angles[1], angles[2]);
            assertArrayEquals(angles, Euler.angles(rotation), 1e-8, () -> "seed " + seed);
            for (int j = 0; j < 9; j++) {
                rotation[j] *= 3;
            }
            assertArrayEquals(angles, Euler.angles(rotation), 1e-8, () -> "seed " + seed);
        }
    }

    @Test
    void whatIsNoRotationAtAllHasNoAngles() {
        double[] none = new double[3];
        assertArrayEquals(none, Euler.angles(new double[9]));
        assertArrayEquals(none, Euler.angles(new double[] {1, 0, 0, 0, 1, 0, 0, 0, -1}));
        assertArrayEquals(none, Euler.angles(new double[] {1, 0, 0, 0, Double.NaN, 0, 0, 0, 1}));
        assertArrayEquals(none, Euler.angles(new double[] {1e200, 0, 0, 0, 1e200, 0, 0, 0, 1e200}));
        assertArrayEquals(none, Euler.angles(new double[] {1, 2, 3, 2, 4, 6, 3, 6, 9}));
    }

    @Test
    void unrotatedFilamentsHaveTheAnglesOfPython() {
        assertArrayEquals(new double[] {180, 90, -180}, Euler.angles(new double[] {0, 0, 1, 0, 1, 0, -1, 0, 0}));
    }

    @Test
    void noAnglesAreExactlyNoRotation() {
        assertArrayEquals(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, Euler.rotation(0, 0, 0));
        assertArrayEquals(new double[3], Euler.angles(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}));
    }

    static double[] doubles(JsonNode array) {
        double[] numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.get(i).doubleValue();
        }
        return numbers;
    }
}
