package org.copick.exchange;

import static org.copick.exchange.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.copick.error.CorruptDataException;
import org.copick.picks.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of picks as spreadsheets write them: read if they are unambiguous, otherwise refused. */
class SpreadsheetCsvTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run_name,x,y,z^A,1.5,2.5,1234.5^",
                "run_name;x;y;z^A;1,5;2,5;1234,5^",
                "run_name;x;y;z^A;1.5;2.5;1234.5^",
                "run_name;x;y;z^A;1,5;2,5;1.234,5^",
                "run_name;x;y;z^\"A\";\"1,5\";\"2,5\";\"1.234,5\"^",
                "run_name\tx\ty\tz^A\t1.5\t2.5\t1,234.5^",
                "run_name\tx\ty\tz^A\t1,5\t2,5\t1234,5^",
                "run_name,x,y,z^A,\"1,5\",\"2,5\",\"1234,5\"^",
                "run_name,x,y,z^A,1.5,2.5,\"1,234.5\"^",
                "run_name,x,y,z^A,1.5,2.5,\"1,234.50\"^,,,^,,,^",
                "sep=;^run_name;x;y;z^A;1,5;2,5;1234,5^",
                "\"sep=;\"^run_name;x;y;z^A;1,5;2,5;1234,5^",
                "SEP=,^run_name,x,y,z^A,1.5,2.5,1234.5^",
                "sep=,,,,^run_name,x,y,z^A,1.5,2.5,1234.5^",
                "sep=\t^run_name\tx\ty\tz^A\t1.5\t2.5\t1234.5^",
                "sep=|^run_name|x|y|z^A|1.5|2.5|1234.5^",
                "z;\"y\"; x;run_name;note^1234,5;2,5;1,5;A;a, b^;;;;^"
            })
    void oneTableInManyForms(String content) throws IOException {
        for (String text : List.of(content.replace('^', '\n'), content.replace("^", "\r\n"))) {
            for (Charset charset :
                    List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
                Path file = Files.write(folder.resolve("a.csv"), ("\ufeff" + text).getBytes(charset));
                assertEquals(Map.of("A", List.of(Point.at(1.5, 2.5, 1234.5))), PicksCsv.read(file));
            }
            assertEquals(Map.of("A", List.of(Point.at(1.5, 2.5, 1234.5))), read(text));
        }
    }

    @Test
    void otherNumbersTellWhatACommaMeans() throws IOException {
        assertEquals(
                List.of(Point.at(1.234, 2.5, 3), Point.at(123.456, 1, 0.5)),
                read("run_name;x;y;z\nA;1,234;2,5;3\nA;123,456;1;0,500\n").get("A"));
        assertEquals(
                List.of(Point.at(1234, 2.5, 3), Point.at(1234567, 1, 1)),
                read("run_name;x;y;z\nA;1,234;2.5;3\nA;1,234,567;1;1\n").get("A"));
        assertEquals(
                List.of(Point.at(1.234, 5, 6).withScore(0.9).withInstanceId(12L)),
                read("run_name;x;y;z;score;instance_id\nA;1,234;5;6;0,9;12\n").get("A"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "run_name;x;y;z^A;1,234;2,345;3^                     ! line 2: \"1,234\" may have",
                "run_name,x,y,z^A,\"1,234\",2,3^                     ! line 2: \"1,234\" may have",
                "run_name;x;y;z^A;1,5;2.5;3^                         ! \"1,5\" has a decimal comma and \"2.5\" a decimal point",
                "run_name;x;y;z^A;1.234;2,5;3^                       ! \"2,5\" has a decimal comma and \"1.234\"",
                "run_name;x;y;z^A;1,23,456.5;2;3^                    ! line 2: x is \"1,23,456.5\", which is not a number",
                "run_name,x,y,z^A,1,5,2,5,3,5^                       ! 7 cells, but the header has 4; numbers with commas need quotes",
                "run_name|x|y|z^A|1|2|3^                             ! separated by \"|\"",
                "run_name x y z^A 1 2 3^                             ! separated by spaces",
                "run_name:x:y:z^A:1:2:3^                             ! separated by \":\"",
                "run_name;x;y^A;1;2^                                 ! no column x, y, z, it is \"run_name;x;y\"",
                "run_name,X,Y,Z^A,1,2,3^                             ! it is \"run_name,X,Y,Z\"",
                "run_name,X,Y,Z^A,1,2,3^                             ! rename the columns X, Y, Z to x, y, z",
                "run_name;X;y;Z^A;1;2;3^                             ! rename the columns X, y, Z to x, y, z",
                "index,axis-0,axis-1,axis-2^0,1,2,3^                 ! napari: rename axis-0, axis-1, axis-2 to z, y, x",
                "sep=;^run_name,x,y,z^A,1,2,3^                       ! separated by \",\"",
                "# by x^run_name,x,y,z^A,1,2,3^                      ! it is \"# by x\"",
                "run_name,x,y,z^A,nan,2,3^                           ! line 2: x is \"nan\", which is not a finite number",
                "run_name,x,y,z^A,1,2,3^A,1,inf,3^                   ! line 3: y is \"inf\", which is not a finite number",
                "run_name;x;y;z^A;1;2;-Infinity^                     ! line 2: z is \"-Infinity\", which is not a finite number",
                "run_name,x,y,z^A,1e999,2,3^                         ! line 2: x is \"1e999\", which is not a finite number",
                "run_name,x,y,z,transform_01^A,1,2,3,NaN^            ! line 2: transform_01 is \"NaN\", which is not a finite number"
            })
    void tablesThatMayMeanTwoThingsAreRefused(String content, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), content.strip().replace('^', '\n'));
        assertRefused(CorruptDataException.class, () -> PicksCsv.read(file), message, "a.csv");
    }

    @Test
    void otherEncodingsAreNamed() throws IOException {
        String text = "run_name,x,y,z\nTS_\u00e9,1,2,3\n";
        for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            Path file = Files.write(folder.resolve("a.csv"), text.getBytes(charset));
            assertRefused(
                    CorruptDataException.class,
                    () -> PicksCsv.read(file),
                    "a.csv",
                    "looks like UTF-16 without a byte order mark; save it as UTF-8");
        }
        Path latin = Files.write(folder.resolve("a.csv"), text.getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(CorruptDataException.class, () -> PicksCsv.read(latin), "not UTF-8 text; save it as UTF-8");
    }

    @Test
    void theEndOfFilesOfDosIsNoRow() throws IOException {
        Map<String, List<Point>> points = Map.of("A", List.of(Point.at(1, 2, 3)));
        assertEquals(points, read("run_name,x,y,z\r\nA,1,2,3\r\n\u001a"));
        assertEquals(points, read("run_name,x,y,z\r\nA,1,2,3\u001a"));
        assertEquals(Map.of(), read("run_name,x,y,z\r\n\u001a"));
    }

    @Test
    void headersWithoutRowsAreNoPoints() throws IOException {
        assertEquals(Map.of(), read("run_name,x,y,z\n"));
        assertEquals(Map.of(), read("run_name;x;y;z\n;;;\n"));
    }

    private Map<String, List<Point>> read(String content) throws IOException {
        return PicksCsv.read(Files.writeString(folder.resolve("a.csv"), content));
    }
}
