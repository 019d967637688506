package org.copick.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.copick.entity.EntityKey;
import org.copick.error.CorruptDataException;
import org.copick.picks.PicksDocument;
import org.copick.picks.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of points files of the portal. */
final class PointsFileTest {
    private static final EntityKey.Picks KEY = new EntityKey.Picks("20001", "ribosome", "data-portal", "62001");

    private static byte[] picks(String text, boolean oriented) {
        return PointsFile.toPicks(text.getBytes(StandardCharsets.UTF_8), "s3://b/points", 10, oriented, KEY);
    }

    private static PicksDocument read(String text, boolean oriented) {
        return PicksDocument.parse(picks(text, oriented), "s3://b/points");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isTheDocumentThatOneWouldMakeOfTheNumbers(boolean oriented) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int count = 1000;
        StringBuilder text = new StringBuilder();
        double[] xyz = new double[3 * count];
        double[] transforms = new double[16 * count];
        for (int i = 0; i < count; i++) {
            double x = random.nextDouble() * 1e4;
            double y = random.nextInt(3) - 1;
            double z = -random.nextDouble() / 1e7;
            xyz[3 * i] = x * 10;
            xyz[3 * i + 1] = y * 10;
            xyz[3 * i + 2] = z * 10;
            StringBuilder matrix = new StringBuilder();
            for (int element = 0; element < 9; element++) {
                double value = element == 0 ? -0.0 : random.nextGaussian();
                transforms[16 * i + element / 3 * 4 + element % 3] = value;
                matrix.append(element % 3 == 0 ? "[" : ",").append(value).append(element % 3 == 2 ? "]" : "");
                matrix.append(element == 2 || element == 5 ? "," : "");
            }
            transforms[16 * i + 15] = 1;
            text.append("{\"type\": \"point\", \"location\": {\"z\": " + z + ", \"x\": " + x + ", \"y\": " + y
                    + "}, \"instance_id\": 5, \"xyz_rotation_matrix\": [" + matrix + "]}");
            text.append(i == count - 1 ? "" : i % 3 == 0 ? "\r\n" : "\n");
        }
        PicksDocument expected = PicksDocument.empty("ribosome", "data-portal", "62001", null)
                .withPoints(xyz, oriented ? transforms : null, null, null)
                .withTrustOrientation(oriented);
        PicksDocument found = read(text.toString(), oriented);
        assertEquals(expected, found, "seed " + seed);
        assertEquals(
                new String(expected.toJson(), StandardCharsets.US_ASCII),
                new String(found.toJson(), StandardCharsets.US_ASCII),
                "seed " + seed);
    }

    @Test
    void theDocumentIsHardlyLargerThanTheFile() {
        String plain =
                "{\"type\": \"point\", \"location\": {\"x\": 123.25, \"y\": 1.5, \"z\": 77.125}}\n".repeat(10_000);
        assertTrue(picks(plain, false).length < plain.length(), () -> picks(plain, false).length + " bytes");
        String turned = plain.replace(
                "}}", "}, \"xyz_rotation_matrix\": [[0.123456, 1, 0], [1, 0.25, 0.75], [0.5, 0.5, 0.5]]}");
        assertTrue(picks(turned, true).length < turned.length(), () -> picks(turned, true).length + " bytes");
    }

    @Test
    void emptyFilesAndBlankLinesAreNoPoints() {
        for (String text : List.of("", "\n", "\r\n \t\n")) {
            assertEquals(0, read(text, false).size());
        }
        assertEquals(
                1,
                read("\n{\"location\": {\"x\": 1, \"y\": 2, \"z\": 3}}\n\n", false)
                        .size());
    }

    @Test
    void numbersThatPythonWritesAreRead() {
        List<Double> xs = new ArrayList<>();
        read(
                        "{\"location\": {\"x\": NaN, \"y\": 1, \"z\": 1}}\n{\"location\": {\"x\": 1e308, \"y\": -0.0, \"z\": 1}}",
                        false)
                .points()
                .stream()
                .map(Point::x)
                .forEach(xs::add);
        assertEquals(List.of(Double.NaN, Double.POSITIVE_INFINITY), xs);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"location\": {\"x\": 1, \"y\": 2}}|location.z is missing",
                "{\"location\": {\"x\": \"1\", \"y\": 2, \"z\": 3}}|location.x is not a number",
                "[]|location.x is missing",
                "{\"location\"|Unexpected end",
                "{\"location\": {\"x\": 1, \"y\": 2, \"z\": 3}}|xyz_rotation_matrix is not a list of 3 rows",
                "{\"location\": {\"x\": 1, \"y\": 2, \"z\": 3}, \"xyz_rotation_matrix\": [[1,0],[0,1],[0,0]]}|3 rows of 3 numbers",
                "{\"location\": {\"x\": 1, \"y\": 2, \"z\": 3}, \"xyz_rotation_matrix\": [[1,0,null],[0,1,0],[0,0,1]]}"
                        + "|xyz_rotation_matrix is not a number"
            })
    void otherLinesAreNamed(String line, String problem) {
        String good =
                "{\"location\": {\"x\": 1, \"y\": 2, \"z\": 3}, \"xyz_rotation_matrix\": [[1,0,0],[0,1,0],[0,0,1]]}\n";
        CorruptDataException failure = assertThrows(CorruptDataException.class, () -> picks(good + line, true));
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.startsWith("cannot read s3://b/points: line 2 is invalid: "), message);
        assertTrue(message.contains(problem), message);
    }
}
