package org.copick.cli.project;

import static org.copick.cli.Called.copick;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.copick.cli.Called;
import org.copick.cli.ShardedProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of copies that several processes make, each of its share of the runs. */
final class ShardedCopyTest {
    @TempDir
    private Path folder;

    private Path source = Path.of("");

    @BeforeEach
    void project() throws IOException {
        source = ShardedProject.in(folder);
    }

    @Test
    void sharesTogetherCopyWhatOneProcessCopies() throws IOException {
        Path one = ShardedProject.empty(folder, "one");
        Path several = ShardedProject.empty(folder, "several");
        Called whole = copick("copy", "-c", source, "--to", one).succeeded();
        int copied = 0;
        Set<Path> written = new HashSet<>();
        for (int share : new int[] {3, 1, 2}) {
            Called called = copick("copy", "-c", source, "--to", several, "--shard", share + "/3")
                    .succeeded();
            copied += count(called, " copied");
            Set<Path> own = files(folder.resolve("several"));
            own.removeAll(written);
            assertTrue(own.size() > 1, "share " + share + " wrote something");
            for (Path file : own) {
                assertTrue(share == 1 || file.startsWith("ExperimentRuns"), file::toString);
            }
            written.addAll(own);
            // definitions are written by the first share
            assertEquals(share != 3, Files.readString(several).contains("ribosome"));
        }
        assertEquals(count(whole, " copied"), copied);
        assertEquals(files(folder.resolve("one")), files(folder.resolve("several")));
        assertEquals(manifest(one, "one"), manifest(several, "several"));
        assertEquals(Files.readString(one).replace("/one\"", "/several\""), Files.readString(several));
        ShardedProject.each("copy", "-c", source, "--to", several)
                .forEach(again -> assertTrue(again.succeeded().out().startsWith("0 copied, "), again::out));
    }

    @Test
    void everyShareRefusesDefinitionsThatDiffer() throws IOException {
        Path target = ShardedProject.empty(folder, "target");
        copick("copy", "-c", source, "--to", target).succeeded();
        Files.writeString(
                target, Files.readString(target).replaceFirst("\"radius\" *: *[0-9.]+", "\"radius\" : 12345.0"));
        String before = Files.readString(target);
        for (Called share : ShardedProject.each("copy", "-c", source, "--to", target)) {
            assertTrue(share.refused().err().contains("is defined differently in the target"), share::err);
        }
        assertEquals(before, Files.readString(target));
    }

    @Test
    void sharesTogetherSynchronizeWhatOneProcessDoes() throws IOException {
        for (List<Object> command : List.<List<Object>>of(
                List.of("picks", "--target-objects", "ribosome:ribo"),
                List.of("meshes"),
                List.of("segmentations"),
                List.of("tomograms", "--target-runs", "run 1:A,run 2:B"))) {
            String name = command.get(0).toString();
            Path one = ShardedProject.empty(folder, "one-" + name);
            Path several = ShardedProject.empty(folder, "several-" + name);
            Called whole = copick(sync(command, one)).succeeded();
            int copied = 0;
            for (Called share : ShardedProject.each(sync(command, several))) {
                assertEquals("", share.succeeded().err());
                copied += count(share, " copied");
            }
            assertEquals(count(whole, " copied"), copied);
            assertEquals(
                    Files.readString(one).replace("one-", "several-"), Files.readString(several), "objects and labels");
            assertEquals(manifest(one, "one-" + name), manifest(several, "several-" + name));
        }
    }

    @Test
    void runsThatBecomeOneAreInOneShare() throws IOException {
        Path target = ShardedProject.empty(folder, "target");
        List<Called> shares = ShardedProject.each(
                "sync",
                "picks",
                "-c",
                source,
                "--target-config",
                target,
                "--source-objects",
                "ribosome",
                "--source-runs",
                "run 1,run 3,run 5",
                "--target-runs",
                "run 1:all,run 3:all,run 5:all");
        long refused = shares.stream()
                .filter(share -> share.err().contains("would get the same name; nothing was copied"))
                .count();
        // the first share also sees it, because it looks for the objects of all
        assertTrue(refused >= 1, "one share has all three runs, and sees that they collide");
        assertEquals(Set.of(), files(folder.resolve("target")));
    }

    @Test
    void renamedRunsOfOneProjectAreNotReplacedInShares() {
        String refusal = copick(
                        "sync",
                        "picks",
                        "-c",
                        source,
                        "--target-config",
                        source,
                        "--exist-ok",
                        "--shard",
                        "1/3",
                        "--target-runs",
                        "run 1:run 2,run 2:run 3")
                .refused()
                .err();
        assertTrue(refusal.contains("run the command without --shard"), refusal);
    }

    private Object[] sync(List<Object> command, Path target) {
        return Stream.concat(
                        Stream.of("sync", command.get(0), "-c", source, "--target-config", target),
                        command.stream().skip(1))
                .toArray();
    }

    /** Returns the number before a word of the last line. */
    private static int count(Called called, String word) {
        String last = called.out().lines().reduce((a, b) -> b).orElseThrow();
        return Integer.parseInt(last.substring(0, last.indexOf(word)));
    }

    private String manifest(Path config, String name) {
        return copick("manifest", "-c", config, "--root", folder.resolve(name))
                .succeeded()
                .out()
                .replace("local://" + folder.resolve(name), "")
                .replace(folder.resolve(name).toString(), "");
    }

    private static Set<Path> files(Path root) throws IOException {
        if (!Files.exists(root)) {
            return new TreeSet<>();
        }
        try (Stream<Path> all = Files.walk(root)) {
            return new TreeSet<>(
                    all.filter(Files::isRegularFile).map(root::relativize).toList());
        }
    }
}
