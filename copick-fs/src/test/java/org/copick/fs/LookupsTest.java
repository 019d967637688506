package org.copick.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.copick.CopickContext;
import org.copick.Root;
import org.copick.Run;
import org.copick.SegmentationId;
import org.copick.entity.EntityKey;
import org.copick.entity.VoxelSize;
import org.copick.error.AlreadyExistsException;
import org.copick.tests.SuppliedStores;
import org.copick.tests.hostile.CountingStore;
import org.copick.tests.hostile.StoreCall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts the store calls of looking up one of many entities on disk, or a missing one. */
final class LookupsTest {
    private static final int SIBLINGS = 300;

    @TempDir
    private Path folder;

    private final SuppliedStores stores = new SuppliedStores();
    private final CopickContext context = CopickContext.builder().build();
    private CountingStore counting = new CountingStore(new LocalStore(Path.of("/nowhere")));

    @BeforeEach
    void fill() throws Exception {
        counting = new CountingStore(new LocalStore(folder));
        for (int i = 0; i < SIBLINGS; i++) {
            Files.createDirectories(folder.resolve("ExperimentRuns/R" + i));
            Files.createDirectories(folder.resolve("ExperimentRuns/TS/VoxelSpacing10.000/t" + i + ".zarr"));
            Files.createDirectories(folder.resolve("Objects/o" + i + ".zarr"));
        }
        Files.createDirectory(folder.resolve("ExperimentRuns/TS/VoxelSpacing5"));
        Files.createDirectories(folder.resolve("ExperimentRuns/TS/Segmentations/5_alice_1_ribo.zarr"));
    }

    @AfterEach
    void close() {
        context.close();
        stores.close();
    }

    private Root open() throws Exception {
        Path config = folder.resolveSibling(folder.getFileName() + ".json");
        Files.writeString(config, """
                {"overlay_root": "%s", "pickable_objects":
                [{"name": "ribo", "is_particle": true, "label": 1, "radius": 100}]}""".formatted(stores.url(() -> counting)));
        return context.open(config.toString());
    }

    private List<String> calls() {
        List<String> calls = counting.calls().stream().map(StoreCall::toString).toList();
        counting.forget();
        return calls;
    }

    @Test
    void aMissingRunSpacingOrVolumeTakesOneLook() throws Exception {
        try (Root root = open()) {
            assertTrue(root.findRun("new").isEmpty());
            assertEquals(List.of("LIST ExperimentRuns/new/"), calls());
            assertTrue(root.object("ribo").findDensityMap().isEmpty());
            calls();
            Run run = root.run("TS");
            assertEquals(List.of("LIST ExperimentRuns/TS/"), calls());
            VoxelSize ten = new VoxelSize(10);
            assertTrue(root.find(new EntityKey.Tomogram("TS", ten, "new")).isEmpty());
            assertEquals(
                    List.of(
                            "LIST ExperimentRuns/TS/",
                            "LIST ExperimentRuns/TS/VoxelSpacing10.000/",
                            "LIST ExperimentRuns/TS/VoxelSpacing10.000/new.zarr/"),
                    calls());
            // the folder's name may spell the number differently, so the folder is listed
            assertTrue(run.findVoxelSpacing(7).isEmpty());
            assertEquals(
                    List.of("LIST ExperimentRuns/TS/VoxelSpacing7.000/", "LIST_FOLDER ExperimentRuns/TS/"), calls());
            assertTrue(run.findVoxelSpacing(5).isPresent());
            calls();
            assertTrue(run.findSegmentation(
                            SegmentationId.binary("ribo").at(5).user("alice").session("1"))
                    .isPresent());
            assertTrue(run.findSegmentation(
                            SegmentationId.binary("ribo").at(6).user("alice").session("1"))
                    .isEmpty());
            assertEquals(
                    List.of(
                            "LIST ExperimentRuns/TS/Segmentations/5.000_alice_1_ribo.zarr/",
                            "LIST_FOLDER ExperimentRuns/TS/Segmentations/",
                            "LIST ExperimentRuns/TS/Segmentations/6.000_alice_1_ribo.zarr/",
                            "LIST_FOLDER ExperimentRuns/TS/Segmentations/"),
                    calls());
        }
    }

    @Test
    void aNewRunTakesOneLookAndOneWrite() throws Exception {
        try (Root root = open()) {
            Run run = root.newRun("new");
            assertEquals(List.of("LIST ExperimentRuns/new/", "WRITE ExperimentRuns/new/.meta"), calls());
            run.newVoxelSpacing(10);
            assertEquals(
                    List.of(
                            "LIST ExperimentRuns/new/VoxelSpacing10.000/",
                            "LIST_FOLDER ExperimentRuns/new/",
                            "WRITE ExperimentRuns/new/VoxelSpacing10.000/.meta"),
                    calls());
            assertThrows(AlreadyExistsException.class, () -> root.newRun("R0"), "an empty folder is a run");
            assertEquals(List.of("LIST ExperimentRuns/R0/"), calls());
        }
    }
}
