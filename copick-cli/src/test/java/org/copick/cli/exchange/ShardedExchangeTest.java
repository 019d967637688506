package org.copick.cli.exchange;

import static org.copick.cli.Called.copick;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.copick.cli.Called;
import org.copick.cli.ShardedProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of exports and imports that several processes make, each of its share of the runs. */
final class ShardedExchangeTest {
    @TempDir
    private Path folder;

    private Path config = Path.of("");

    @BeforeEach
    void project() throws IOException {
        config = ShardedProject.in(folder);
    }

    @Test
    void sharesTogetherExportAndImportWhatOneProcessDoes() throws IOException {
        Path one = folder.resolve("one");
        Path several = folder.resolve("several");
        for (List<Object> command : List.<List<Object>>of(
                List.of("tomogram", "--tomogram-uri", "raw@10.0", "--output-format", "mrc"),
                List.of("picks", "--picks-uri", "*", "--output-format", "csv"))) {
            copick(export(command, one)).succeeded();
            List<String> printed = new ArrayList<>();
            for (Called share : ShardedProject.each(export(command, several))) {
                printed.addAll(share.succeeded().out().lines().toList());
            }
            assertEquals(files(one), files(several));
            assertEquals(printed.stream().distinct().count(), printed.size(), "each file is written once");
        }

        Path flat = Files.createDirectory(folder.resolve("flat"));
        for (int i = 0; i < 10; i++) {
            Files.copy(one.resolve("run " + i + "/VoxelSpacing10.000/raw.mrc"), flat.resolve("run " + i + ".mrc"));
        }
        Path target = ShardedProject.empty(folder, "target");
        List<Called> imported = ShardedProject.each("add", "tomogram", "-c", target, flat.resolve("*.mrc"));
        Path reference = ShardedProject.empty(folder, "reference");
        copick("add", "tomogram", "-c", reference, flat.resolve("*.mrc")).succeeded();
        List<String> written = new ArrayList<>();
        imported.forEach(share -> written.addAll(share.succeeded().out().lines().toList()));
        assertEquals(10, written.size());
        assertEquals(files(folder.resolve("reference")), files(folder.resolve("target")));
    }

    @Test
    void sharesTogetherImportThePicksOfOneFile() throws IOException {
        StringBuilder rows = new StringBuilder("run_name,x,y,z\n");
        for (int i = 0; i < 40; i++) {
            rows.append("run ").append(i % 10).append(',').append(i).append(",2,3\n");
        }
        Path csv = Files.writeString(folder.resolve("points.csv"), rows);
        int points = 0;
        for (Called share : ShardedProject.each(
                "add", "picks", "-c", config, csv, "--object-name", "proteasome", "--user-id", "x")) {
            for (String line : share.succeeded().out().lines().toList()) {
                points += Integer.parseInt(line.substring(line.lastIndexOf('\t') + 1));
            }
        }
        assertEquals(40, points);
        String counted =
                copick("stats", "picks", "-c", config, "--user-id", "x").out();
        assertTrue(counted.contains("total picks              40"), counted);
    }

    @Test
    void aShareWithoutAnyMatchIsNoFailure() {
        Path out = folder.resolve("out");
        List<Object> tomogram =
                List.of("tomogram", "--run", "run 1", "--tomogram-uri", "raw@10.0", "--output-format", "mrc");
        assertEquals(1, files(ShardedProject.each(export(tomogram, out))));
        assertEquals(1, files(ShardedProject.each(ribosomes("--run", "run 1", "--output-dir", out))));
    }

    private static int files(List<Called> shares) {
        return (int) shares.stream()
                .flatMap(share -> share.succeeded().out().lines())
                .count();
    }

    @Test
    void oneFileForAllSharesIsRefused() throws IOException {
        Path all = folder.resolve("all.csv");
        Called refused = copick(ribosomes("--output-file", all, "--shard", "1/3"));
        assertEquals(2, refused.status());
        assertTrue(refused.err().contains("--shard needs --output-dir"), refused::err);
        List<String> lines = new ArrayList<>();
        for (Called share : ShardedProject.each(ribosomes("--output-file", "-"))) {
            lines.addAll(share.succeeded().out().lines().skip(1).toList());
        }
        copick(ribosomes("--output-file", all)).succeeded();
        assertEquals(
                Files.readAllLines(all).stream().skip(1).sorted().toList(),
                lines.stream().sorted().toList());
    }

    /** Returns the command that exports the ribosomes as CSV. */
    private Object[] ribosomes(Object... more) {
        return Stream.concat(
                        Stream.of("export", "picks", "-c", config, "--picks-uri", "ribosome", "--output-format", "csv"),
                        Stream.of(more))
                .toArray();
    }

    private Object[] export(List<Object> command, Path target) {
        return Stream.concat(
                        Stream.of("export", command.get(0), "-c", config, "--output-dir", target),
                        command.stream().skip(1))
                .toArray();
    }

    private static Map<Path, String> files(Path root) throws IOException {
        Map<Path, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(file), java.util.HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return files;
    }
}
