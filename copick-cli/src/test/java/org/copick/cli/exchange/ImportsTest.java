package org.copick.cli.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.copick.AnnotationId;
import org.copick.Copick;
import org.copick.Root;
import org.copick.Run;
import org.copick.cli.Called;
import org.copick.exchange.MrcFile;
import org.copick.mesh.Geometry;
import org.copick.mesh.MeshScene;
import org.copick.picks.Point;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of imports of several files: an existing entity stops all, a later failure only its own file. */
final class ImportsTest {
    @TempDir
    private Path folder;

    private Path config = Path.of("");

    @BeforeEach
    void project() throws IOException {
        config = Files.writeString(folder.resolve("copick.json"), """
                {"config_type": "filesystem", "overlay_root": "project", "pickable_objects": [
                  {"name": "ribosome", "is_particle": true, "label": 1},
                  {"name": "membrane", "is_particle": false, "label": 2}]}
                """);
    }

    @Test
    void onlyTheFileWhoseLabelsAreRefusedIsLeftOut() {
        List<Path> files = List.of(labels("A", 1), labels("B", 5), labels("C", 2), labels("D", 6));
        try (Root root = Copick.open(config)) {
            root.newRun("D");
        }
        Called called = called(
                "add", "segmentation", "--name", "cells", files.get(0), files.get(1), files.get(2), files.get(3));
        assertEquals(1, called.status(), called::err);
        assertEquals(2, called.out().lines().count(), called::out);
        List<String> told = called.err().lines().toList();
        assertEquals(2, told.size(), called::err);
        assertTrue(told.get(0).startsWith("copick: cannot import " + files.get(1) + ": cannot write "), called::err);
        assertTrue(told.get(0).endsWith("or accept any labels with --any-labels"), called::err);
        assertTrue(told.get(1).contains("label 6;"), called::err);
        assertEquals(List.of("A", "C", "D"), runs(), "the run that was created in vain is gone, the other one stays");
        assertFalse(Files.exists(folder.resolve("project/ExperimentRuns/B")));
    }

    @Test
    void runsThatSomethingElseIsInStay() throws IOException {
        Path picks = Files.writeString(folder.resolve("a.csv"), "run_name,x,y,z\nB,1,2,3\n");
        called("add", "picks", picks, "--object-name", "ribosome").succeeded();
        assertEquals(
                1,
                called("add", "segmentation", "--name", "cells", labels("B", 5)).status());
        assertEquals(List.of("B"), runs());
    }

    @Test
    void whatExistsIsFoundBeforeAnythingIsWritten() throws IOException {
        Path a = labels("A", 1);
        Path b = labels("B", 1);
        Path glb = Files.write(folder.resolve("A.glb"), mesh(1));
        Path other = Files.write(folder.resolve("B.glb"), mesh(1));
        called("add", "tomogram", b).succeeded();
        called("add", "segmentation", "--name", "cells", b).succeeded();
        called("add", "mesh", "--object-name", "membrane", other).succeeded();
        labels("B", 2);
        Files.write(other, mesh(2));
        for (Called called : List.of(
                called("add", "tomogram", a, b),
                called("add", "segmentation", "--name", "cells", a, b),
                called("add", "mesh", "--object-name", "membrane", glb, other))) {
            assertEquals("", called.refused().out());
            assertTrue(
                    called.err().contains(" exists already; nothing was imported; --overwrite replaces it"),
                    called::err);
            assertEquals(List.of("B"), runs());
        }
        called("add", "tomogram", a, b, "--overwrite").succeeded();
        assertEquals(List.of("A", "B"), runs());
    }

    @Test
    void aRepeatedImportWritesWhatIsMissing() throws IOException {
        Path a = labels("A", 1);
        Path b = labels("B", 2);
        Path glb = Files.write(folder.resolve("A.glb"), mesh(1));
        Path other = Files.write(folder.resolve("B.glb"), mesh(1));
        Path picks = Files.writeString(folder.resolve("a.csv"), "run_name,x,y,z\nA,1,2,3\nA,-0.0,5,1e-9\nB,1,2,3\n");
        List<Object[]> imports = List.of(
                new Object[] {"add", "tomogram", a, b},
                new Object[] {"add", "tomogram", a, b, "--tomo-type", "raw", "--no-create-pyramid"},
                new Object[] {"add", "tomogram", a, b, "--tomo-type", "turned", "--transpose", "2,1,0", "--flip", "0"},
                new Object[] {"add", "segmentation", a, b, "--name", "cells", "--zarr-format", "3"},
                new Object[] {"add", "mesh", glb, other, "--object-name", "membrane"},
                new Object[] {"add", "picks", picks, "--object-name", "ribosome"});
        for (Object[] each : imports) {
            String first = called(each).succeeded().out();
            String second = called(each).succeeded().out();
            assertEquals(first.replace("\n", "\tthere already\n"), second);
        }
        try (Root root = Copick.open(config)) {
            root.run("B").delete();
        }
        for (Object[] each : imports) {
            List<String> lines = called(each).succeeded().out().lines().toList();
            assertTrue(lines.get(0).endsWith("\tthere already"), () -> lines.toString());
            assertFalse(lines.get(1).endsWith("\tthere already"), () -> lines.toString());
        }
    }

    @Test
    void labelsAreComparedByTheirNumbers() throws IOException {
        Path file = labels("A", 1);
        called("add", "segmentation", file, "--name", "cells").succeeded();
        float[] floats = {0, 1, 1, 0, 0, 0, 0, 0};
        MrcFile.write(file, new long[] {2, 2, 2}, DataType.FLOAT32, 10, BoxSource.of(floats, 2, 2, 2));
        assertTrue(called("add", "segmentation", file, "--name", "cells")
                .succeeded()
                .out()
                .endsWith("\tthere already\n"));
        floats[7] = 2;
        MrcFile.write(file, new long[] {2, 2, 2}, DataType.FLOAT32, 10, BoxSource.of(floats, 2, 2, 2));
        called("add", "segmentation", file, "--name", "cells").refused();
    }

    @Test
    void whatExistsAndCannotBeReadIsRefused() throws IOException {
        Path picks = Files.writeString(folder.resolve("a.csv"), "run_name,x,y,z\nA,1,2,3\n");
        called("add", "picks", picks, "--object-name", "ribosome").succeeded();
        Files.writeString(folder.resolve("project/ExperimentRuns/A/Picks/copick_1_ribosome.json"), "{");
        Called refused =
                called("add", "picks", picks, "--object-name", "ribosome").refused();
        assertTrue(refused.err().contains("exists already; nothing was imported; --overwrite"), refused::err);
    }

    @Test
    void emptyEntitiesAreCreatedOnce() {
        called("new", "run", "A").succeeded();
        called("new", "voxelspacing", "10", "--run", "A").succeeded();
        Object[] picks = {"new", "picks", "--particle-name", "ribosome"};
        called(picks).succeeded();
        called("new", "run", "B").succeeded();
        List<String> spacings =
                called("new", "voxelspacing", "10").succeeded().out().lines().toList();
        assertTrue(spacings.get(0).endsWith("\tthere already"), spacings::toString);
        assertFalse(spacings.get(1).endsWith("\tthere already"), spacings::toString);
        List<String> both = called(picks).succeeded().out().lines().toList();
        assertTrue(both.get(0).endsWith("\tthere already"), both::toString);
        assertFalse(both.get(1).endsWith("\tthere already"), both::toString);
        called("add", "tomogram", labels("A", 1)).succeeded();
        called("new", "voxelspacing", "10").refused();
        try (Root root = Copick.open(config)) {
            root.run("A").picks().get(0).write(List.of(Point.at(1, 2, 3)));
        }
        called(picks).refused();
    }

    @Test
    void anObjectIsAddedOnce() {
        Path map = labels("map", 1);
        Object[] add = {"add", "object", "--name", "cell", "--radius", "7", "--volume", map};
        called(add).succeeded();
        assertEquals("cell\tlabel 3\tthere already\n", called(add).succeeded().out());
        called("rm", "object-volume", "cell").succeeded();
        assertEquals("cell\tlabel 3\n", called(add).succeeded().out(), "an interrupted one is completed");
        labels("map", 2);
        called(add).refused();
        called("add", "object", "--name", "cell", "--radius", "8").refused();
    }

    @Test
    void copiesAndMovesGoOnWhereTheyWereInterrupted() throws IOException {
        Path picks = Files.writeString(folder.resolve("a.csv"), "run_name,x,y,z\nA,1,2,3\nB,1,2,3\n");
        called("add", "picks", picks, "--object-name", "ribosome", "--user-id", "a")
                .succeeded();
        called("add", "segmentation", labels("A", 1), "--name", "cells", "--user-id", "a")
                .succeeded();
        called("cp", "picks", "ribosome:a/1", "ribosome:b/1", "--run", "A").succeeded();
        List<String> copied = called("cp", "picks", "ribosome:a/1", "ribosome:b/1")
                .succeeded()
                .out()
                .lines()
                .toList();
        assertEquals(List.of("A\tribosome:a/1\tribosome:b/1\tthere already", "B\tribosome:a/1\tribosome:b/1"), copied);
        called("mv", "picks", "ribosome:a/1", "ribosome:b/1").succeeded();
        called("cp", "segmentation", "cells:a/1@10", "cells:b/1").succeeded();
        called("mv", "segmentation", "cells:a/1@10", "cells:b/1").succeeded();
        try (Root root = Copick.open(config)) {
            assertEquals(1, root.run("A").picks().size());
            assertEquals("b", root.run("A").picks().get(0).userId());
            assertEquals("b", root.run("A").segmentations().get(0).userId());
        }
        called("cp", "picks", "ribosome:b/1", "ribosome:c/1").succeeded();
        try (Root root = Copick.open(config)) {
            root.run("B")
                    .picks(AnnotationId.of("ribosome").user("c").session("1"))
                    .write(List.of());
        }
        called("mv", "picks", "ribosome:b/1", "ribosome:c/1").refused();
        try (Root root = Copick.open(config)) {
            assertEquals(2, root.run("A").picks().size(), "nothing was changed");
        }
    }

    @Test
    void missingRunsAndSpacingsAreFoundBeforeAnythingIsWritten() {
        try (Root root = Copick.open(config)) {
            root.newRun("A").newVoxelSpacing(10);
            root.newRun("B");
        }
        Path a = labels("A", 1);
        Called spacing =
                called("add", "tomogram", "--no-create", a, labels("B", 1)).refused();
        assertTrue(spacing.err().contains("no voxel spacing"), spacing::err);
        Called run = called("add", "segmentation", "--name", "cells", "--no-create", a, labels("C", 1))
                .refused();
        assertTrue(run.err().contains("no run \"C\""), run::err);
        try (Root root = Copick.open(config)) {
            assertTrue(root.run("A").segmentations().isEmpty());
            assertTrue(root.run("A").voxelSpacing(10).tomograms().isEmpty());
        }
    }

    @Test
    void objectsWhoseMapCannotBeAreNotAdded() throws IOException {
        String before = Files.readString(config);
        Called called = called(
                        "add", "object", "--name", "cell", "--object-type", "segmentation", "--volume", labels("A", 1))
                .refused();
        assertTrue(called.err().contains("only particles have density maps; nothing was changed"), called::err);
        assertEquals(before, Files.readString(config));
    }

    private List<String> runs() {
        try (Root root = Copick.open(config)) {
            return root.runs().stream().map(Run::name).sorted().toList();
        }
    }

    private Path labels(String name, int label) {
        Path file = folder.resolve(name + ".mrc");
        short[] labels = {0, 1, (short) label, 0, 0, 0, 0, 0};
        MrcFile.write(file, new long[] {2, 2, 2}, DataType.INT16, 10, BoxSource.of(labels, 2, 2, 2));
        return file;
    }

    private static byte[] mesh(float size) {
        float[] vertices = {0, 0, 0, size, 0, 0, 0, size, 0};
        return MeshScene.of(Geometry.triangles("a", vertices, new int[] {0, 1, 2}))
                .toGlb();
    }

    private Called called(Object... arguments) {
        return Called.copick(
                Stream.concat(Stream.of(arguments), Stream.of("-c", config)).toArray());
    }

    @Test
    void aFileThatCannotBeReadHidesNoOther() throws IOException {
        Path cut = labels("B", 1);
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 100));
        Called called = Called.copick("add", "tomogram", labels("A", 1), cut, labels("C", 1), "-c", config);

        called.refused();
        assertTrue(called.err().contains(cut.toString()), called::err);
        assertEquals(2, called.out().lines().count(), called::out);
        try (Root root = Copick.open(config)) {
            assertEquals(List.of("A", "C"), root.runs().stream().map(Run::name).toList());
        }
    }
}
