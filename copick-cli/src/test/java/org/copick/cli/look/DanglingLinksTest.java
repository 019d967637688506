package org.copick.cli.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.copick.Axis;
import org.copick.Copick;
import org.copick.Root;
import org.copick.Run;
import org.copick.Tomogram;
import org.copick.cli.Called;
import org.copick.cli.Golden;
import org.copick.error.StorageException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a project with dangling symbolic links, as under version control with unfetched data. */
final class DanglingLinksTest {
    @TempDir
    private Path folder;

    private Path golden = Path.of("");
    private Path config = Path.of("");

    @BeforeEach
    void unpack() throws IOException {
        golden = Golden.unpack("v1", folder);
        config = Golden.config(golden, "copick.template.json");
    }

    private static void unfetch(Path file) throws IOException {
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("../../.git/annex/objects/missing"));
    }

    private Path first(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(golden)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void aChunkThatWasNotFetchedIsNotZeros() throws IOException {
        Path chunk = first("wbp.zarr/0/0/0/0");
        unfetch(chunk);
        try (Root root = Copick.open(config.toString())) {
            List<StorageException> failures = root.runs().stream()
                    .flatMap(run -> run.voxelSpacings().stream())
                    .flatMap(spacing -> spacing.tomograms().stream())
                    .filter(tomogram -> chunk.startsWith(tomogram.location()))
                    .map(Tomogram::volume)
                    .map(volume -> assertThrows(
                            StorageException.class, () -> volume.level(0).plane(Axis.Z, 0)))
                    .toList();
            assertEquals(1, failures.size());
            assertTrue(String.valueOf(failures.get(0).getMessage()).contains(chunk + " is a link to"));
        }
        Called validate = Called.copick("validate", "-c", config);
        assertEquals(1, validate.status());
        assertTrue(validate.out().contains(chunk + " is a link to"), validate.out());
    }

    @Test
    void picksAndVolumesThatWereNotFetchedAreListed() throws IOException {
        Path picks = first("_ribosome.json");
        unfetch(picks);
        Called ls = Called.copick("ls", "-c", config);
        assertEquals(0, ls.status(), ls.err());
        try (Root root = Copick.open(config.toString())) {
            Run run = root.run(String.valueOf(picks.resolve("../..").normalize().getFileName()));
            var found = run.picks().stream()
                    .filter(p -> p.location().equals(picks.toString()))
                    .findFirst()
                    .orElseThrow();
            assertThrows(StorageException.class, found::document);
        }
    }

    @Test
    void aVoxelSpacingThatWasNotFetchedHidesNoOtherProblem() throws IOException {
        List<String> before = problems();
        Files.createSymbolicLink(
                golden.resolve("static/ExperimentRuns/TS_001/VoxelSpacing99.000"), Path.of("../../.git/annex/missing"));
        List<String> after = problems();

        assertTrue(
                before.stream().anyMatch(line -> line.contains("outside the run's largest tomogram")),
                before::toString);
        assertEquals(
                before,
                after.stream()
                        .filter(line -> !line.contains("VoxelSpacing99.000"))
                        .toList());
        assertEquals(before.size() + 1, after.size(), "the folder is named once: " + after);
    }

    private List<String> problems() {
        return Called.copick("validate", "-c", config).out().lines().sorted().toList();
    }

    @Test
    void exportsOfPicksGoOnWithOtherRuns() throws IOException {
        Path run = golden.resolve("static/ExperimentRuns/TS_002");
        try (Stream<Path> files = Files.walk(golden)) {
            for (Path array : files.filter(file -> file.toString().matches(".*/TS_001/VoxelSpacing.*/0/\\.zarray"))
                    .toList()) {
                unfetch(array);
            }
        }
        Called star = Called.copick(
                "export",
                "picks",
                "--picks-uri",
                "ribosome:gapstop/0",
                "--output-format",
                "star",
                "--output-dir",
                folder.resolve("star"),
                "-c",
                config);
        assertEquals(1, star.status(), star::err);
        assertTrue(star.err().contains("TS_001"), star::err);
        assertTrue(Files.exists(folder.resolve("star/TS_002_ribosome_gapstop_0.star")), star::err);
        assertFalse(Files.exists(folder.resolve("star/TS_001_ribosome_gapstop_0.star")), star::err);

        Files.move(run.resolve("Picks"), folder.resolve("elsewhere"));
        Files.createSymbolicLink(run.resolve("Picks"), Path.of("../../.git/annex/missing"));
        Called csv = Called.copick(
                "export",
                "picks",
                "--picks-uri",
                "ribosome:gapstop/0",
                "--output-format",
                "csv",
                "--output-dir",
                folder.resolve("csv"),
                "-c",
                config);
        assertEquals(1, csv.status(), csv::err);
        assertTrue(csv.err().contains("TS_002/Picks"), csv::err);
        assertTrue(Files.exists(folder.resolve("csv/TS_001_ribosome_gapstop_0.csv")), csv::err);
    }

    @Test
    void anInputThatWasNotFetchedIsNoMissingFile() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("t.mrc"), Path.of("missing"));
        for (Object input : List.of(link, folder.resolve("t.m*"))) {
            Called refused =
                    Called.copick("add", "tomogram", input, "-c", config).refused();
            assertTrue(refused.err().contains("t.mrc: it is a symbolic link to a missing file"), refused::err);
        }
    }
}
