package org.copick.cli.look;

import static org.copick.cli.Called.copick;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.copick.cli.Called;
import org.copick.cli.ShardedProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of commands that read one share of the runs, and of the merge of what they write. */
final class ShardedReadingTest {
    @TempDir
    private Path folder;

    private Path config = Path.of("");

    @BeforeEach
    void project() throws IOException {
        config = ShardedProject.in(folder);
    }

    @Test
    void sharesListEveryRunOnce() {
        List<String> whole = lines(copick("ls", "-c", config));
        List<String> shares = new ArrayList<>();
        for (Called share : ShardedProject.each("ls", "-c", config)) {
            List<String> own = lines(share);
            assertFalse(own.isEmpty());
            shares.addAll(own);
        }
        assertEquals(sorted(whole), sorted(shares));
    }

    @Test
    void sharesValidateEverythingOnce() throws IOException {
        Path runs = folder.resolve("v1/overlay/ExperimentRuns");
        Files.writeString(runs.resolve("run 3/Picks/me_1_ribosome.json"), "{broken");
        Files.writeString(runs.resolve("run 4/Picks/me_0_ribosome.json"), "{broken");
        List<String> whole = copick("validate", "-c", config).out().lines().toList();
        assertTrue(whole.size() >= 2, whole::toString);
        List<String> shares = new ArrayList<>();
        for (Called share : ShardedProject.each("validate", "-c", config)) {
            assertEquals(share.out().isEmpty() ? 0 : 1, share.status());
            shares.addAll(share.out().lines().toList());
        }
        assertEquals(sorted(whole), sorted(shares));
    }

    @Test
    void sharesShowTheDifferencesOnce() {
        List<String> whole = copick("diff", "-c", config).out().lines().toList();
        assertTrue(whole.size() > 10);
        List<String> shares = new ArrayList<>();
        ShardedProject.each("diff", "-c", config)
                .forEach(share -> shares.addAll(share.out().lines().toList()));
        assertEquals(sorted(whole), sorted(shares));
    }

    @Test
    void mergedManifestsAreThoseOfTheWholeProject() throws IOException {
        List<Path> parts = manifests();
        Path whole = folder.resolve("whole.json");
        copick("manifest", "-c", config, "-o", whole).succeeded();
        for (int first = 0; first < parts.size(); first++) {
            List<Path> order = new ArrayList<>(parts.subList(first, parts.size()));
            order.addAll(parts.subList(0, first));
            Called merged = merge(order).succeeded();
            assertEquals(Files.readString(whole), merged.out());
        }
        Path file = folder.resolve("merged.json");
        copick("merge-manifests", parts.get(0), parts.get(1), parts.get(2), "-o", file)
                .succeeded();
        assertEquals(Files.readString(whole), Files.readString(file));
    }

    @Test
    void layersAndRelativePathsAreMergedToo() throws IOException {
        Path root = folder.resolve("v1/overlay");
        String whole = copick("manifest", "-c", config, "--all-layers", "--root", root)
                .succeeded()
                .out();
        List<Path> parts = new ArrayList<>();
        for (Called share : ShardedProject.each("manifest", "-c", config, "--all-layers", "--root", root)) {
            parts.add(Files.writeString(folder.resolve("part" + parts.size()), share.out()));
        }
        assertEquals(whole, merge(parts).succeeded().out());
    }

    @Test
    void onlyAllSharesOfOneDivisionAreMerged() throws IOException {
        List<Path> parts = manifests();
        told(merge(parts.subList(0, 2)), "no file of share 1/3");
        told(merge(List.of(parts.get(0), parts.get(1), parts.get(2), parts.get(0))), "are both of share 2/3");
        Path whole = folder.resolve("whole.json");
        copick("manifest", "-c", config, "-o", whole).succeeded();
        told(merge(List.of(whole)), "is not of one share of the runs; write it with copick manifest --shard I/N");
        Path half = folder.resolve("half.json");
        copick("manifest", "-c", config, "-o", half, "--shard", "1/2").succeeded();
        told(merge(List.of(parts.get(0), half)), "is one of 2 shares, but");
        told(merge(List.of(folder.resolve("missing.json"))), "no manifest at");
        told(merge(List.of(config)), "is no manifest that copick manifest --shard wrote");

        Path other = ShardedProject.in(Files.createDirectory(folder.resolve("other")));
        Path foreign = folder.resolve("foreign.json");
        copick("manifest", "-c", other, "-o", foreign, "--shard", "1/3").succeeded();
        told(merge(List.of(parts.get(0), parts.get(1), foreign)), "describe different configurations");
    }

    @Test
    void cutPartsAreRefusedAndNothingIsPrinted() throws IOException {
        List<Path> parts = manifests();
        byte[] bytes = Files.readAllBytes(parts.get(1));
        Path file = Files.writeString(folder.resolve("kept.json"), "before");
        for (double rest : new double[] {0, 0.01, 0.3, 0.6, 0.9, 0.999}) {
            Files.write(parts.get(1), Arrays.copyOf(bytes, (int) (bytes.length * rest)));
            Called merged = merge(parts).refused();
            assertEquals("", merged.out());
            assertTrue(merged.err().contains(parts.get(1).toString()), merged::err);
            copick("merge-manifests", parts.get(0), parts.get(1), parts.get(2), "-o", file)
                    .refused();
            assertEquals("before", Files.readString(file));
        }
    }

    @Test
    void runsThatTwoPartsHaveAreRefused() throws IOException {
        List<Path> parts = manifests();
        Path copy = folder.resolve("copy.json");
        Files.writeString(copy, Files.readString(parts.get(0)).replace("\"shard\" : \"2/3\"", "\"shard\" : \"1/3\""));
        told(merge(List.of(parts.get(0), parts.get(1), copy)), " both have ");
    }

    @Test
    void aShareIsVerifiedWithTheManifestOfTheWholeOrOfTheShare() throws IOException {
        Path whole = folder.resolve("whole.json");
        copick("manifest", "-c", config, "-o", whole).succeeded();
        for (Called share : ShardedProject.each("verify", whole, "-c", config)) {
            assertEquals("copick: equal", share.succeeded().err().strip());
        }
        Path part = manifests().get(0);
        copick("verify", part, "-c", config, "--shard", "2/3").succeeded();
        told(copick("verify", part, "-c", config), "describes share 2/3 of the runs; pass --shard 2/3");
        told(copick("verify", part, "-c", config, "--shard", "1/3"), "describes share 2/3 of the runs");

        // of one changed run only its share finds a difference, and of a missing and an additional one
        Path runs = folder.resolve("v1/overlay/ExperimentRuns");
        Files.delete(runs.resolve("run 5/Picks/me_1_ribosome.json"));
        List<String> found = new ArrayList<>();
        for (Called share : ShardedProject.each("verify", whole, "-c", config)) {
            found.addAll(share.out().lines().toList());
            assertEquals(share.out().isEmpty() ? 0 : 3, share.status());
        }
        assertEquals(1, found.size(), found::toString);
        assertTrue(found.get(0).contains("run 5"), found::toString);
    }

    @Test
    void definitionsAreVerifiedByOneShare() throws IOException {
        Path whole = folder.resolve("whole.json");
        copick("manifest", "-c", config, "-o", whole).succeeded();
        Files.writeString(config, Files.readString(config).replaceFirst("\"radius\": *[0-9.]+", "\"radius\": 12345.0"));
        int different = 0;
        for (Called share : ShardedProject.each("verify", whole, "-c", config)) {
            different += share.status() == 3 ? 1 : 0;
        }
        assertEquals(1, different);
    }

    @Test
    void mergedStatisticsAreThoseOfTheWholeProject() throws IOException {
        for (String kind : List.of("picks", "meshes", "segmentations")) {
            String whole =
                    copick("stats", kind, "-c", config, "--json").succeeded().out();
            List<Path> parts = new ArrayList<>();
            for (Called share : ShardedProject.each("stats", kind, "-c", config, "--json")) {
                parts.add(Files.writeString(
                        folder.resolve(kind + parts.size()), share.succeeded().out()));
            }
            assertEquals(
                    whole,
                    copick("stats", kind, "--merge", parts.get(0), parts.get(1), parts.get(2), "--json")
                            .succeeded()
                            .out());
            assertEquals(
                    copick("stats", kind, "-c", config).succeeded().out(),
                    copick("stats", kind, "--merge", parts.get(2), parts.get(1), parts.get(0))
                            .succeeded()
                            .out());
            told(
                    copick("stats", kind, "--merge", parts.get(0), parts.get(2)),
                    "no file of share 3/3; write it with copick stats " + kind + " --shard I/N --json");
            told(copick("stats", kind, "--merge", parts.get(0), parts.get(0)), "are both of share 2/3");
            String other = kind.equals("picks") ? "meshes" : "picks";
            told(copick("stats", other, "--merge", parts.get(0)), "has no statistics of this kind");
            Path many = Files.writeString(
                    folder.resolve("many"), Files.readString(parts.get(0)).replace("2/3", "2/999999999"));
            told(
                    copick("stats", kind, "--merge", many),
                    "1/999999999, 3/999999999, 4/999999999, 5/999999999, 6/999999999 and 999999993 more; write");
            Path complete = Files.writeString(folder.resolve("complete"), whole);
            told(copick("stats", kind, "--merge", complete), "is not of one share of the runs");
            told(copick("stats", kind, "--merge", folder.resolve("missing")), "missing");
            Path cut = Files.writeString(folder.resolve("cut"), whole.substring(0, whole.length() / 2));
            told(copick("stats", kind, "--merge", cut), "not valid JSON");
        }
        assertEquals(
                2, copick("stats", "picks", "--merge", "x", "--run", "TS_001").status());
    }

    @Test
    void aFolderOfArraysHasNoShares() {
        assertEquals(2, copick("manifest", "--zarr", folder, "--shard", "1/2").status());
        assertEquals(
                2,
                copick("verify", "x.json", "--zarr", folder, "--shard", "1/2").status());
        Called invalid = copick("ls", "-c", config, "--shard", "4/3");
        assertEquals(2, invalid.status());
        assertTrue(invalid.err().contains("write I/N, such as 3/8"), invalid::err);
    }

    /** Writes the manifests of the shares 2, 3 and 1. */
    private List<Path> manifests() throws IOException {
        List<Path> parts = new ArrayList<>();
        for (Called share : ShardedProject.each("manifest", "-c", config)) {
            parts.add(Files.writeString(
                    folder.resolve("part" + parts.size() + ".json"),
                    share.succeeded().out()));
        }
        return parts;
    }

    private static Called merge(List<Path> parts) {
        return copick(
                Stream.concat(Stream.of("merge-manifests"), parts.stream()).toArray());
    }

    private static void told(Called called, String text) {
        assertTrue(called.refused().err().contains(text), called::err);
    }

    private static List<String> lines(Called called) {
        return called.succeeded().out().lines().toList();
    }

    private static List<String> sorted(List<String> lines) {
        return lines.stream().sorted().toList();
    }
}
