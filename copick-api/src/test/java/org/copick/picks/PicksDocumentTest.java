package org.copick.picks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.copick.error.CorruptDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class PicksDocumentTest {
    private static final double[] SHIFTED = {0, -1, 0, 10, 1, 0, 0, 20, 0, 0, 1, 30, 0, 0, 0, 1};
    private static final PicksDocument EMPTY = PicksDocument.empty("o", "u", "s", "r");

    @Test
    void givesColumnsAndPointsOfTheSameValues() {
        PicksDocument document = EMPTY.withPoints(List.of(
                Point.at(1, 2, 3).withScore(0.5),
                Point.at(4, 5, 6, Transform.of(SHIFTED)).withInstanceId(7L),
                Point.at(7, 8, 9).withScore(null).withInstanceId(null)));
        assertEquals(3, document.size());
        assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, document.positions());
        assertArrayEquals(new double[] {1, 2, 3, 14, 25, 36, 7, 8, 9}, document.fullPositions());
        assertArrayEquals(new long[] {0, 7, 0}, document.instanceIds());
        assertArrayEquals(new double[] {0.5, 1, 1}, document.scores());
        double[] transforms = document.transforms();
        assertEquals(48, transforms.length);
        assertEquals(1, transforms[0]);
        assertEquals(-1, transforms[17]);
        assertEquals(30, transforms[27]);
        assertEquals(1, transforms[47]);
        assertEquals(
                List.of(0.5, 1.0),
                document.points().stream().limit(2).map(Point::score).toList());
        assertThrows(IndexOutOfBoundsException.class, () -> document.point(3));
        assertThrows(
                UnsupportedOperationException.class, () -> document.points().remove(0));
    }

    @Test
    void copiesArraysInAndOut() {
        double[] xyz = {1, 2, 3};
        PicksDocument document = EMPTY.withPoints(xyz, SHIFTED.clone(), new long[] {4}, new double[] {5});
        xyz[0] = 99;
        document.positions()[0] = 99;
        document.transforms()[0] = 99;
        document.instanceIds()[0] = 99;
        document.scores()[0] = 99;
        document.point(0).transform().toArray()[0] = 99;
        assertEquals(new Point(1, 2, 3, Transform.of(SHIFTED), 4L, 5.0, Map.of()), document.point(0));
    }

    @Test
    void refusesArraysAsPythonDoes() {
        double[] two = new double[6];
        refused(() -> EMPTY.withPoints(new double[5]));
        refused(() -> EMPTY.withPoints(two, SHIFTED, null, null));
        refused(() -> EMPTY.withPoints(two, new double[33], null, null));
        refused(() -> EMPTY.withPoints(two, new double[32], null, null));
        refused(() -> EMPTY.withPoints(two, null, new long[3], null));
        refused(() -> EMPTY.withPoints(two, null, new long[] {0, -1}, null));
        refused(() -> EMPTY.withPoints(two, null, null, new double[1]));
        refused(() -> EMPTY.withPoints(two, null, null, new double[] {0, Double.NaN}));
        refused(() -> Transform.of(1, 2, 3));
        refused(() -> Transform.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1e-7, 1));
        Map<String, Object> known = Map.of("score", 1);
        refused(() -> new Point(0, 0, 0, Transform.IDENTITY, 0L, 1.0, known));
        Map<String, Object> pojo = Map.of("a", new Object());
        refused(() -> new Point(0, 0, 0, Transform.IDENTITY, 0L, 1.0, pojo));
    }

    private static void refused(Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message != null && !message.isBlank());
    }

    @Test
    void keepsTheOtherFieldsWhenPointsOrIdentityChange() {
        PicksDocument document =
                Documents.picks("{\"pickable_object_name\":\"o\",\"user_id\":\"u\",\"session_id\":\"s\","
                        + "\"run_name\":\"r\",\"voxel_spacing\":10,\"unit\":\"nm\","
                        + "\"trust_orientation\":false,\"more\":1}");
        PicksDocument changed = document.withPoints(new double[] {1, 2, 3}).withIdentity("p", "v", "t", null);
        assertEquals("p", changed.objectName());
        assertEquals("v", changed.userId());
        assertEquals("t", changed.sessionId());
        assertEquals(Optional.empty(), changed.runName());
        assertEquals(OptionalDouble.of(10), changed.voxelSpacing());
        assertEquals("nm", changed.unit());
        assertEquals(Optional.of(false), changed.trustOrientation());
        assertEquals(Map.of("more", 1), changed.unknown());
        assertEquals(1, changed.size());
        assertEquals(OptionalDouble.of(7.84), changed.withVoxelSpacing(7.84).voxelSpacing());
        assertEquals(Optional.empty(), changed.withTrustOrientation(null).trustOrientation());
    }

    @Test
    void escapesAsPythonDoes() {
        String name = "\u00e9\u007f\"\\\b\f\n\r\t\u0001/\ud83d\ude00\ud800\u2028";
        byte[] json = PicksDocument.empty(name, "u", "s", null).toJson();
        assertTrue(
                new String(json, UTF_8)
                        .contains(": \"\\u00e9\\u007f\\\"\\\\\\b\\f\\n\\r\\t\\u0001/\\ud83d\\ude00\\ud800\\u2028\","),
                new String(json, UTF_8));
        assertEquals(name, PicksDocument.parse(json, "p").objectName());
    }

    @Test
    void writesNonFiniteNumbersBareButQuotedInManifests() throws IOException {
        PicksDocument document =
                EMPTY.withPoints(List.of(Point.at(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)));
        String text = new String(document.toJson(), UTF_8);
        assertTrue(text.contains("\"x\": NaN,")
                && text.contains("\"y\": Infinity,")
                && text.contains("\"z\": -Infinity\n"));
        assertEquals(document, PicksDocument.parse(document.toJson(), "p"));
        assertEquals(
                "{\"x\":\"NaN\",\"y\":\"Infinity\",\"z\":\"-Infinity\"}",
                Documents.manifest(document).at("/points/0/location").toString());
    }

    @Test
    void equalityComparesAllValues() {
        PicksDocument zero = EMPTY.withPoints(new double[] {0, 0, 0});
        assertEquals(
                zero, EMPTY.withPoints(new double[3], Transform.IDENTITY.toArray(), new long[1], new double[] {1}));
        assertNotEquals(zero, EMPTY.withPoints(new double[] {-0.0, 0, 0}));
        assertNotEquals(zero, EMPTY.withPoints(List.of(Point.at(0, 0, 0).withScore(null))));
        assertNotEquals(zero, EMPTY.withPoints(List.of(Point.at(0, 0, 0).withInstanceId(null))));
        assertNotEquals(zero, zero.withTrustOrientation(false));
        double[] negativeZero = Transform.IDENTITY.toArray();
        negativeZero[1] = -0.0;
        PicksDocument rotated = EMPTY.withPoints(List.of(Point.at(0, 0, 0, Transform.of(negativeZero))));
        assertNotEquals(zero, rotated);
        assertEquals(rotated, PicksDocument.parse(rotated.toJson(), "p"));
    }

    @Test
    void randomDocumentsSurviveTheRoundTrip() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            PicksDocument document = random(random);
            byte[] json = document.toJson();
            PicksDocument again = PicksDocument.parse(json, "seed " + seed);
            assertEquals(document, again, "seed " + seed);
            assertArrayEquals(json, again.toJson(), "seed " + seed);
            assertEquals(document.points(), again.points(), "seed " + seed);
            assertEquals(
                    document,
                    EMPTY.withPoints(again.points())
                            .withVoxelSpacing(
                                    again.voxelSpacing().isPresent()
                                            ? again.voxelSpacing().getAsDouble()
                                            : null),
                    "seed " + seed);
        }
    }

    private static PicksDocument random(Random random) {
        List<Point> points = new ArrayList<>();
        boolean rotated = random.nextBoolean();
        int count = random.nextInt(40);
        for (int i = 0; i < count; i++) {
            double[] transform = Transform.IDENTITY.toArray();
            if (rotated && random.nextInt(3) > 0) {
                for (int e = 0; e < 12; e++) {
                    transform[e] = number(random);
                }
                transform[12] = 1e-9 * random.nextDouble();
            }
            Map<String, Object> unknown = random.nextInt(5) > 0 ? Map.of() : Map.of("k" + i, number(random));
            points.add(new Point(
                    number(random),
                    number(random),
                    number(random),
                    Transform.of(transform),
                    random.nextInt(4) == 0
                            ? null
                            : (Long) (random.nextBoolean() ? random.nextLong() : random.nextInt(3)),
                    random.nextInt(4) == 0 ? null : (Double) number(random),
                    unknown));
        }
        return EMPTY.withPoints(points).withVoxelSpacing(random.nextBoolean() ? null : (Double) number(random));
    }

    private static double number(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextInt(2000) / 10.0;
            case 2 -> random.nextInt(3) - 1;
            case 3 -> (float) random.nextGaussian();
            default -> 500 * random.nextGaussian();
        };
    }

    @Test
    void messagesAboutInvalidJsonDoNotMentionTheParser() {
        byte[] cut = "{\"points\": [".getBytes(UTF_8);
        CorruptDataException refused =
                assertThrows(CorruptDataException.class, () -> PicksDocument.parse(cut, "p.json"));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.startsWith("p.json: ") && !message.contains("Source:"), message);
    }
}
