package org.copick.exchange;

import static org.copick.exchange.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.copick.error.CorruptDataException;
import org.copick.error.NotFoundException;
import org.copick.error.StorageException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.picks.Point;
import org.copick.picks.Transform;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PicksCsvTest {
    @TempDir
    Path folder;

    @Test
    @Tag("statement-77")
    void whatPythonWroteIsReadExactly() throws IOException {
        Map<String, List<Point>> runs = PicksCsv.read(Resources.copy("picks.csv", folder));
        assertEquals(List.of("001", "TS, \"2\""), List.copyOf(runs.keySet()));
        List<Long> ids = new ArrayList<>();
        runs.values().forEach(points -> points.forEach(point -> ids.add(point.instanceId())));
        assertEquals(List.of((1L << 53) + 1, Long.MAX_VALUE, Long.MIN_VALUE, 0L), ids);
        Point first = points(runs, "001").get(0);
        assertEquals(1e-7, first.x());
        assertEquals(1e22, first.y());
        assertEquals(-0.0, first.z());
        assertEquals(-8.019314252534475, first.transform().get(0, 3));
        assertEquals(0.43494755222514203, first.score());
        Path written = folder.resolve("written.csv");
        PicksCsv.write(written, runs);
        assertEquals(runs, PicksCsv.read(written));
        assertEquals(
                new String(Resources.bytes("picks.csv"), StandardCharsets.UTF_8).replace("1e+22", "1.0e22"),
                Files.readString(written).replace("1.0e-7", "1e-07"));
    }

    @Test
    @Tag("statement-68")
    void randomPointsAreReadBackExactly() {
        long seed = 99;
        Random random = new Random(seed);
        Map<String, List<Point>> runs = new LinkedHashMap<>();
        for (String run :
                List.of("run", "01", " padded ", "a,b", "\"", "", "with\nline", "\u00c5ngstr\u00f6m \ud83d\udd2c")) {
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                double[] elements = Transform.IDENTITY.toArray();
                for (int j = 0; j < 12; j++) {
                    elements[j] = any(random);
                }
                Double score = i % 10 == 0 ? null : Double.valueOf(any(random));
                points.add(new Point(
                        any(random),
                        any(random),
                        any(random),
                        Transform.of(elements),
                        random.nextLong(),
                        score,
                        Map.of()));
            }
            runs.put(run, points);
        }
        Path file = folder.resolve("random.csv");
        PicksCsv.write(file, runs);
        assertEquals(runs, PicksCsv.read(file), () -> "seed " + seed);
    }

    private static double any(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> {
                double number = Double.longBitsToDouble(random.nextLong());
                yield Double.isFinite(number) ? number : 0.1;
            }
            case 1 -> random.nextInt(1000);
            default -> random.nextGaussian() * 1000;
        };
    }

    @Test
    void columnsThatAreMissingHaveDefaults() throws IOException {
        Map<String, List<Point>> runs = read("z,unknown,x,y,transform_03\n3,a,1,2,7\n\n6,b,4,5,8");
        List<Point> points = runs.get("");
        assertEquals(List.of(Point.at(1, 2, 3, shifted(7)), Point.at(4, 5, 6, shifted(8))), points);
        assertEquals(Point.at(1, 2, 3), points(read("x,y,z\n1,2,3\n"), "").get(0));
    }

    private static Transform shifted(double x) {
        return Transform.of(1, 0, 0, x, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1);
    }

    @Test
    void emptyScoresAreNoneAndEmptyInstancesZero() throws IOException {
        List<Point> points = points(read("run_name,x,y,z,score,instance_id\na,1,2,3,,\na,1,2,3,nan,4.0\n"), "a");
        assertNull(points.get(0).score());
        assertEquals(0L, points.get(0).instanceId());
        assertEquals(Double.NaN, points.get(1).score());
        assertEquals(4L, points.get(1).instanceId());
    }

    @Test
    void missingInstancesAreWrittenAsZeroSoThatPythonKeepsTheOthersExact() throws IOException {
        Path file = folder.resolve("ids.csv");
        PicksCsv.write(file, Map.of("a", List.of(Point.at(1, 2, 3).withInstanceId(null))));
        assertTrue(Files.readString(file).endsWith(",1.0,0\n"));
    }

    @Test
    void windowsAndSpreadsheetFilesAreRead() throws IOException {
        Map<String, List<Point>> runs =
                read("\ufeff\"run_name\",\"x\",y , z\r\n\"00\"\"1\",\" 1.5\",2e1,+3\r\n\r\nb,1,2,3");
        assertEquals(Map.of("00\"1", List.of(Point.at(1.5, 20, 3)), "b", List.of(Point.at(1, 2, 3))), runs);
    }

    @Test
    void runsAreInTheOrderOfTheFileWhateverLiesBetween() throws IOException {
        Map<String, List<Point>> runs = read("run_name,x,y,z\n2,1,0,0\n01,2,0,0\n2,3,0,0\n1,4,0,0\n");
        assertEquals(List.of("2", "01", "1"), List.copyOf(runs.keySet()));
        assertEquals(List.of(Point.at(1, 0, 0), Point.at(3, 0, 0)), runs.get("2"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "an empty file                 | ''                                   | is empty",
                "only empty lines              | '^^'                                 | is empty",
                "a header without y and z      | 'run_name,x^a,1'                     | no column y, z",
                "two columns x                 | 'x,x,y,z^1,1,2,3'                    | two columns x",
                "too few cells                 | 'x,y,z^1,2,3^1,2^'                   | line 3: there are 2 cells",
                "too many cells                | 'x,y,z^^1,2,3,^'                     | line 3: there are 4 cells",
                "text for a number             | 'x,y,z^1,two,3'                      | line 2: y is \"two\"",
                "nothing for a number          | 'x,y,z^1,2,'                         | line 2: z is \"\"",
                "a number only Java knows      | 'x,y,z^1,2,3d'                       | z is \"3d\"",
                "a hexadecimal number          | 'x,y,z^0x1p3,2,3'                    | x is \"0x1p3\"",
                "half an instance              | 'x,y,z,instance_id^1,2,3,0.5'        | instance_id is \"0.5\"",
                "an instance of 65 bits        | 'x,y,z,instance_id^1,2,3,9223372036854775808' | whole number of 64 bits",
                "an instance beyond doubles    | 'x,y,z,instance_id^1,2,3,1e300'      | whole number of 64 bits",
                "a last row of other numbers   | 'x,y,z,transform_33^1,2,3,2'         | line 2: the last element",
                "a perspective                 | 'x,y,z,transform_30^1,2,3,1'         | line 2: the last row",
                "a quote that is not closed    | 'x,y,z^1,2,\"3^4,5,6'                | line 2: a quote is not closed",
                "something after a quote       | 'x,y,z^1,2,\"3\"4'                   | line 2: text follows",
            })
    void brokenFilesAreRefusedWithTheirLine(String what, String content, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("broken.csv"), content.replace('^', '\n'));
        assertRefused(CorruptDataException.class, () -> PicksCsv.read(file), message.strip(), "broken.csv");
    }

    @Test
    void linesAreCountedInsideOfQuotesToo() throws IOException {
        Path file = Files.writeString(folder.resolve("lines.csv"), "run_name,x,y,z\r\n\"a\r\nb\",1,2,3\r\nc,1,2\r\n");
        assertRefused(CorruptDataException.class, () -> PicksCsv.read(file), "line 4");
    }

    @Test
    void otherEncodingsAreRefused() throws IOException {
        Path file = Files.write(
                folder.resolve("latin.csv"), "run_name,x,y,z\n\u00e5,1,2,3\n".getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(CorruptDataException.class, () -> PicksCsv.read(file), "not UTF-8", "latin.csv");
    }

    @Test
    void missingFilesAreSaidToBeMissing() {
        assertRefused(NotFoundException.class, () -> PicksCsv.read(folder.resolve("none.csv")), "none.csv");
    }

    @Test
    void aForgottenQuoteDoesNotFillTheMemory() throws IOException {
        Path file = folder.resolve("endless.csv");
        try (Writer writer = Files.newBufferedWriter(file)) {
            writer.write("x,y,z\n\"");
            for (int i = 0; i < 3_000_000; i++) {
                writer.write("1,2,3\n");
            }
        }
        assertRefused(CorruptDataException.class, () -> PicksCsv.read(file), "line 2", "no row");
        Path commas = Files.writeString(folder.resolve("commas.csv"), ",".repeat(3_000_000));
        assertRefused(CorruptDataException.class, () -> PicksCsv.read(commas), "line 1", "no row");
    }

    @Test
    void manyPointsAreReadOneByOne() throws IOException {
        Path file = folder.resolve("many.csv");
        try (Writer writer = Files.newBufferedWriter(file)) {
            writer.write("run_name,x,y,z\n");
            for (int i = 0; i < 500_000; i++) {
                writer.write("a," + i + ",2,3\n");
            }
        }
        double[] sum = {0};
        PicksCsv.forEach(file, (run, point) -> sum[0] += point.x());
        assertEquals(500_000.0 * 499_999 / 2, sum[0]);
    }

    private static List<Point> points(Map<String, List<Point>> runs, String run) {
        return Objects.requireNonNull(runs.get(run));
    }

    private Map<String, List<Point>> read(String content) throws IOException {
        return PicksCsv.read(Files.writeString(folder.resolve("points.csv"), content));
    }

    @Test
    void namesComeBackAsTheyWereOrAreRefused() {
        Path file = folder.resolve("names.csv");
        Map<String, List<Point>> runs = new LinkedHashMap<>();
        for (String run :
                List.of("a\n\"b\",\tc", "\u001b[2J", "\u202e\u2028\u0085", "=1+1", "'", "\ufeffx", "x\u001a")) {
            runs.put(run, List.of(Point.at(1, 2, 3)));
        }
        PicksCsv.write(file, runs);
        assertEquals(runs, PicksCsv.read(file));
        for (String run : List.of("a\rb", "a\r\nb", "a\0")) {
            assertThrows(
                    UnsupportedFeatureException.class,
                    () -> PicksCsv.write(file, Map.of(run, List.of(Point.at(1, 2, 3)))));
        }
        assertThrows(
                StorageException.class,
                () -> PicksCsv.write(file, Map.of("\ud800", List.of(Point.at(1, 2, 3)))),
                "UTF-8 cannot encode half a surrogate pair");
        assertEquals(runs, PicksCsv.read(file), "the file stays");
    }
}
