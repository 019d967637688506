package org.copick.exchange;

import static org.copick.exchange.Refusals.assertRefused;
import static org.copick.exchange.Refusals.assertSays;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.copick.error.CopickException;
import org.copick.error.CorruptDataException;
import org.copick.error.NotFoundException;
import org.copick.error.UnsupportedFeatureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StarFileTest {
    @TempDir
    Path folder;

    @Test
    void whatStarfileWroteIsRead() throws IOException {
        StarFile star = StarFile.read(Resources.copy("starfile.star", folder));
        assertEquals(
                List.of("general", "optics", "particles"),
                List.copyOf(star.blocks().keySet()));
        Table general = block(star, "general");
        assertFalse(general.isLoop());
        assertEquals(1, general.rows());
        assertArrayEquals(new long[] {1}, general.longs("rlnTomoSubTomosAre2DStacks"));
        assertEquals(List.of("two words"), general.strings("rlnNote"));
        assertEquals(List.of(""), general.strings("rlnEmpty"));
        Table particles = block(star, "particles");
        assertTrue(particles.isLoop());
        assertEquals(List.of("rlnTomoName", "rlnCoordinateX", "rlnHelicalTubeID"), particles.columns());
        assertEquals(List.of("001", "TS 2", "TS_3"), particles.strings("rlnTomoName"));
        assertArrayEquals(new double[] {1.5, -2.25, Double.NaN}, particles.doubles("rlnCoordinateX"));
        assertArrayEquals(new long[] {(1L << 53) + 1, Long.MAX_VALUE, -3}, particles.longs("rlnHelicalTubeID"));
        assertEquals(List.of("001", "b c"), block(star, "optics").strings("rlnOpticsGroupName"));
    }

    @Test
    void filesAsRelionWritesThemAreRead() throws IOException {
        StarFile star = read("""
                \ufeff
                # version 50001

                data_

                loop_\s
                _rlnTomoName #1\s
                _rlnPath  # 2
                _rlnValue 3
                TS_1  a/b#1.mrc 1e-3 # first

                # between
                \t'TS 2'\t"it's" -.5
                  data_3 _c loop_
                # version 50001
                data_pairs
                _rlnA  'x y' # comment
                _rlnB#  2
                data_empty
                loop_
                _rlnNothing
                data_none
                """.replace("\n", "\r\n"));
        Table rows = block(star, "");
        assertEquals(List.of("rlnTomoName", "rlnPath", "rlnValue"), rows.columns());
        assertEquals(List.of("TS_1", "TS 2", "data_3"), rows.strings("rlnTomoName"));
        assertEquals(List.of("a/b#1.mrc", "it's", "_c"), rows.strings("rlnPath"));
        assertEquals(List.of("1e-3", "-.5", "loop_"), rows.strings("rlnValue"));
        assertEquals(List.of("x y"), block(star, "pairs").strings("rlnA"));
        assertArrayEquals(new long[] {2}, block(star, "pairs").longs("rlnB#"));
        assertEquals(0, block(star, "empty").rows());
        assertEquals(List.of("rlnNothing"), block(star, "empty").columns());
        assertEquals(List.of(), block(star, "none").columns());
    }

    @Test
    void tablesAreWrittenAsStarfileWritesThem() throws IOException {
        Map<String, String> pairs = new LinkedHashMap<>();
        pairs.put("rlnA", "1");
        pairs.put("rlnB", "x y");
        Map<String, Table> blocks = new LinkedHashMap<>();
        blocks.put("general", Table.ofPairs(pairs));
        blocks.put(
                "particles",
                Table.builder()
                        .strings("rlnTomoName", List.of("a", "b \"c\""))
                        .doubles("rlnX", 1, -2.5e-7)
                        .longs("rlnId", Long.MIN_VALUE, 7)
                        .build());
        Path file = folder.resolve("written.star");
        StarFile.of(blocks).write(file);
        assertEquals("""
                # Created by copick for Java


                data_general

                _rlnA\t\t\t1
                _rlnB\t\t\t"x y"


                data_particles

                loop_
                _rlnTomoName #1
                _rlnX #2
                _rlnId #3
                a\t1.0\t-9223372036854775808
                'b "c"'\t-2.5e-7\t7


                """, Files.readString(file));
    }

    @Test
    void randomTablesAreReadBackExactly() {
        long seed = 31;
        Random random = new Random(seed);
        Map<String, Table> blocks = new LinkedHashMap<>();
        String letters = "ab\u00e9\ud83d\udd2c_#;$ \t'x.";
        for (int block = 0; block < 5; block++) {
            Table.Builder builder = Table.builder();
            int rows = random.nextInt(3000);
            for (int column = 0; column < 1 + block; column++) {
                List<String> cells = new ArrayList<>();
                for (int row = 0; row < rows; row++) {
                    StringBuilder cell = new StringBuilder();
                    int[] points = letters.codePoints().toArray();
                    for (int i = random.nextInt(column == 1 ? 300 : 6); i > 0; i--) {
                        cell.appendCodePoint(points[random.nextInt(points.length)]);
                    }
                    cells.add(cell.toString());
                }
                builder.strings("c" + column, cells);
            }
            blocks.put("b" + block, builder.build());
        }
        Path file = folder.resolve("random.star");
        StarFile.of(blocks).write(file);
        StarFile read = StarFile.read(file);
        assertEquals(blocks.keySet(), read.blocks().keySet());
        blocks.forEach((name, table) -> {
            assertEquals(table.columns(), block(read, name).columns());
            for (String column : table.columns()) {
                assertEquals(table.strings(column), block(read, name).strings(column), () -> "seed " + seed);
            }
        });
    }

    @Test
    void numbersOfEveryKindAreReadBackExactly() {
        Random random = new Random(8);
        double[] reals =
                random.longs(2000).mapToDouble(Double::longBitsToDouble).toArray();
        reals[0] = Double.POSITIVE_INFINITY;
        reals[1] = Double.NEGATIVE_INFINITY;
        reals[2] = -0.0;
        reals[3] = Double.MIN_VALUE;
        long[] wholes = random.longs(2000).toArray();
        Path file = folder.resolve("numbers.star");
        StarFile.of(Map.of(
                        "numbers",
                        Table.builder()
                                .doubles("reals", reals)
                                .longs("wholes", wholes)
                                .build()))
                .write(file);
        Table numbers = block(StarFile.read(file), "numbers");
        assertArrayEquals(reals, numbers.doubles("reals"));
        assertArrayEquals(wholes, numbers.longs("wholes"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "an empty file            | ``                                | not a STAR file",
                "only comments            | `# a^# b^`                        | not a STAR file",
                "text before blocks       | `#^x y^data_a`                    | line 2 is text",
                "a loop before blocks     | `loop_^_a`                        | line 1: a loop begins outside",
                "too few cells            | `data_^loop_^_a^_b^1 2^^3`        | line 7: there are 1 cells",
                "too many cells           | `data_^loop_^_a^1 2`              | line 4: there are 2 cells",
                "a loop without columns   | `data_^loop_^1`                   | line 3: there are 1 cells",
                "a quote not closed       | `data_^loop_^_a^'1 2^3`           | line 4: a quote is not closed",
                "two columns of a name    | `data_^loop_^_a #1^_a #2`         | line 4: there are two columns _a",
                "two keys of a name       | `data_^_a 1^_a 2`                 | line 3: there are two columns _a",
                "a key without value      | `data_^_a`                        | line 2: _a should have one value",
                "a key with two values    | `data_^_a 1 2`                    | line 2: _a should have one value",
                "two blocks of a name     | `data_x^data_y^data_x`            | line 3: there are two blocks data_x",
                "a row without loop       | `data_^1 2`                       | line 2: a row is not in a loop",
                "a row after keys         | `data_^_a 1^2 3`                  | line 3: a row is not in a loop",
                "a row like a column      | `data_^loop_^_a^_b^_1 2^_3 4`     | line 5: _1 may be a column or begin a row",
                "columns behind loop_     | `data_^loop_ _a _b`               | line 2: the columns of a loop",
            })
    void brokenFilesAreRefusedWithTheirLine(String what, String content, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("broken.star"), content.replace('^', '\n'));
        assertRefused(CorruptDataException.class, () -> StarFile.read(file), message, "broken.star");
    }

    @Test
    void severalTablesInOneBlockAreNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("two.star"), "data_a\n_x 1\nloop_\n_y\n");
        assertRefused(UnsupportedFeatureException.class, () -> StarFile.read(file), "line 3", "more than one table");
    }

    @Test
    void cellsThatAreNoNumbersAreNamedWithTheirLine() throws IOException {
        Table table = block(read("data_p\n\nloop_\n_x\n_n\n1 1\n\n# gap\nabc 1.5\nnan 9223372036854775808\n"), "p");
        assertRefused(
                CorruptDataException.class, () -> table.doubles("x"), "line 9", "x is \"abc\"", "points.star, data_p");
        assertRefused(CorruptDataException.class, () -> table.longs("n"), "line 9", "n is \"1.5\"");
        assertRefused(CorruptDataException.class, () -> table.strings("y"), "no column y");
        Table infinite = block(read("data_p\nloop_\n_x\n1\ninf\n"), "p");
        assertEquals(Double.POSITIVE_INFINITY, infinite.doubles("x")[1]);
        assertRefused(CorruptDataException.class, () -> infinite.finite("x"), "line 5", "finite");
        Table large = block(read("data_p\nloop_\n_n\n9223372036854775807\n9223372036854775808\n"), "p");
        assertRefused(CorruptDataException.class, () -> large.longs("n"), "line 5", "64 bits");
        Table built = Table.builder().strings("x", List.of("1", "b")).build();
        assertRefused(CorruptDataException.class, () -> built.doubles("x"), "row 2");
    }

    @Test
    void linesAreRightBehindLongGaps() throws IOException {
        Table table = block(read("data_p\nloop_\n_x\n1\n" + "\n".repeat(200_000) + "b\n"), "p");
        assertRefused(CorruptDataException.class, () -> table.doubles("x"), "line 200005");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "\" '"})
    void cellsThatStarCannotHoldAreRefusedBeforeTheFileIsReplaced(String cell) throws IOException {
        Path file = Files.writeString(folder.resolve("kept.star"), "old");
        StarFile star = StarFile.of(
                Map.of("a", Table.builder().strings("c", List.of(cell)).build()));
        assertThrows(UnsupportedFeatureException.class, () -> star.write(file));
        assertEquals("old", Files.readString(file));
    }

    @Test
    void namesAndTablesThatNoFileHasAreProgrammingErrors() {
        Table.Builder builder = Table.builder().longs("a b", 1);
        assertThrows(IllegalArgumentException.class, builder::build);
        Table table = Table.builder().longs("a", 1).build();
        assertThrows(IllegalArgumentException.class, () -> StarFile.of(Map.of("x\ny", table)));
        assertThrows(IllegalArgumentException.class, () -> StarFile.of(Map.of()), "no reader takes it for a STAR file");
        assertThrows(
                IllegalArgumentException.class,
                () -> Table.builder().longs("a", 1).longs("a", 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> Table.builder().longs("a", 1).longs("b", 1, 2));
    }

    @Test
    void missingFilesAreSaidToBeMissing() {
        assertRefused(NotFoundException.class, () -> StarFile.read(folder.resolve("none.star")), "none.star");
    }

    @Test
    void endlessLinesAndNamesAreRefused() throws IOException {
        for (String content : List.of(
                "data_\nloop_\n_a\n" + "1".repeat(2_000_000),
                "data_\nloop_\n_a\n'" + "1 ".repeat(1_000_000),
                "data_\nloop_\n_a\n" + " ".repeat(2_000_000),
                "data_\nloop_\n_a\n" + "1 ".repeat(1_000_000))) {
            assertRefused(CorruptDataException.class, () -> read(content), "line 4", "no line");
        }
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            names.append("data_").append(i).append('\n');
        }
        assertRefused(CorruptDataException.class, () -> read(names.toString()), "names");
    }

    @Test
    void filesThatWouldNotFitIntoTheMemoryAreRefusedAtOnce() throws IOException {
        Path file = folder.resolve("huge.star");
        try (var sparse = new java.io.RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 31);
        }
        assertRefused(UnsupportedFeatureException.class, () -> StarFile.read(file), "-Xmx");
    }

    @Test
    void shortRowsTakeLittleMoreMemoryThanTheirFile() throws IOException {
        Path file = folder.resolve("short.star");
        int rows = (int) Math.min(20_000_000, Runtime.getRuntime().maxMemory() / 4 / 2 - 20);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write("data_\nloop_\n_a\n".getBytes(StandardCharsets.UTF_8));
            byte[] many = "1\n".repeat(10_000).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < rows / 10_000; i++) {
                out.write(many);
            }
        }
        assertEquals(rows / 10_000 * 10_000, block(StarFile.read(file), "").rows());
    }

    @Test
    void damagedFilesAreReadOrRefused() throws IOException {
        long seed = 17;
        Random random = new Random(seed);
        byte[] whole = Resources.bytes("starfile.star");
        byte[] odd = "\n\r\t '\"#_data_loop_".getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 2000; round++) {
            byte[] bytes = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
            for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
                bytes[random.nextInt(bytes.length)] =
                        random.nextBoolean() ? odd[random.nextInt(odd.length)] : (byte) random.nextInt();
            }
            Path file = Files.write(folder.resolve("damaged.star"), bytes);
            try {
                StarFile.read(file).blocks().values().forEach(table -> {
                    for (String column : table.columns()) {
                        assertEquals(table.rows(), table.strings(column).size(), () -> "seed " + seed);
                    }
                });
            } catch (CopickException e) {
                assertSays(e, "damaged.star");
            }
        }
    }

    private static Table block(StarFile star, String name) {
        return star.block(name).orElseThrow();
    }

    private StarFile read(String content) throws IOException {
        return StarFile.read(Files.writeString(folder.resolve("points.star"), content));
    }

    @Test
    void namesComeBackAsTheyWereOrAreRefused() {
        Path file = folder.resolve("names.star");
        List<String> names =
                List.of("a \"b\"", "it's", "\u001b[2J", "\u202e\u2028\u0085", "#x", "_y", "data_z", "loop_", "");
        StarFile.of(Map.of("runs", Table.builder().strings("rlnTomoName", names).build()))
                .write(file);
        assertEquals(names, StarFile.read(file).block("runs").orElseThrow().strings("rlnTomoName"));
        for (String name : List.of("a\nb", "a\rb", "a\0", "\"a' b")) {
            StarFile star = StarFile.of(Map.of(
                    "runs",
                    Table.builder().strings("rlnTomoName", List.of(name)).build()));
            assertThrows(UnsupportedFeatureException.class, () -> star.write(file));
        }
    }
}
