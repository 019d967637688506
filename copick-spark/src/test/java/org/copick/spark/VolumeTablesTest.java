package org.copick.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.connector.read.InputPartition;
import org.copick.Root;
import org.copick.VolumeData;
import org.copick.VolumeOptions;
import org.copick.error.NotFoundException;
import org.copick.zarr.ImageFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests of the tables of segmentations, tomograms and blocks. */
final class VolumeTablesTest {
    @Test
    void everySegmentationIsARow() throws IOException {
        try (MemoryProject project = new MemoryProject(MemoryProject::fill)) {
            assertEquals(
                    List.of(
                            List.of(
                                    "TS_1",
                                    "membrane",
                                    "alice",
                                    "7",
                                    10.0,
                                    "binary",
                                    "overlay",
                                    1,
                                    List.of(5L, 6L, 7L),
                                    "uint8"),
                            List.of(
                                    "TS_1",
                                    "ribosome",
                                    "tool",
                                    "0",
                                    10.0,
                                    "instance",
                                    "overlay",
                                    1,
                                    List.of(5L, 6L, 7L),
                                    "uint16")),
                    new SparkRead(project.config, "segmentations").rows());
        }
    }

    @Test
    void everyTomogramIsARow() throws IOException {
        try (MemoryProject project = new MemoryProject(MemoryProject::fill)) {
            assertEquals(
                    List.of(
                            List.of("TS_1", 10.0, "wbp", "overlay", 3, List.of(5L, 6L, 7L), "float32"),
                            List.of("TS_2", 7.84, "denoised", "overlay", 3, List.of(3L, 4L, 5L), "float32")),
                    new SparkRead(project.config, "tomograms").rows());
        }
    }

    @Test
    void metadataAreReadOnlyForColumnsThatNeedThem() throws IOException {
        try (MemoryProject project = new MemoryProject(MemoryProject::fill)) {
            assertEquals(
                    List.of(List.of("TS_1", "instance")),
                    new SparkRead(project.config, "segmentations")
                            .where("=", "type", "instance")
                            .columns("run", "type")
                            .rows());
            assertEquals(
                    List.of(List.of(7.84)),
                    new SparkRead(project.config, "tomograms")
                            .where("=", "voxel_size", 7.84)
                            .columns("voxel_size")
                            .rows());
            assertEquals(List.of(), project.reads());
            new SparkRead(project.config, "tomograms")
                    .where("=", "type", "wbp")
                    .columns("shape")
                    .rows();
            String image = "overlay/ExperimentRuns/TS_1/VoxelSpacing10.000/wbp.zarr/";
            assertEquals(
                    List.of(),
                    project.reads().stream()
                            .filter(read -> !read.contains(image) || read.contains("/0/0"))
                            .toList());
        }
    }

    @Test
    void rowsOfVolumesAreCountedInTheListing() {
        try (MemoryProject project = new MemoryProject(MemoryProject::fill)) {
            CopickScan scan = new SparkRead(project.config, "segmentations").scan();
            assertEquals(2, scan.estimateStatistics().numRows().orElseThrow());
            assertEquals(List.of(), project.reads());
            assertTrue(new SparkRead(project.config, "picks")
                    .scan()
                    .estimateStatistics()
                    .numRows()
                    .isEmpty());
            assertEquals(
                    2,
                    new SparkRead(project.config, "blocks")
                            .scan()
                            .estimateStatistics()
                            .numRows()
                            .orElseThrow());
        }
    }

    @Test
    void blocksAreInTheOrderOfTheVolume() throws IOException {
        try (MemoryProject project = new MemoryProject(MemoryProject::fill)) {
            List<List<@Nullable Object>> rows = new SparkRead(project.config, "blocks")
                    .option("tomogram", "wbp@10.0")
                    .option("block", "4,6,5")
                    .rows();
            assertEquals(
                    List.of(
                            List.of("TS_1", "wbp@10.0", 10.0, 0, 0L, 0L, 0L, List.of(4, 6, 5)),
                            List.of("TS_1", "wbp@10.0", 10.0, 0, 0L, 0L, 5L, List.of(4, 6, 2)),
                            List.of("TS_1", "wbp@10.0", 10.0, 0, 4L, 0L, 0L, List.of(1, 6, 5)),
                            List.of("TS_1", "wbp@10.0", 10.0, 0, 4L, 0L, 5L, List.of(1, 6, 2))),
                    rows.stream().map(row -> row.subList(0, 8)).toList());
            assertEquals(
                    List.of(173f, 174f, 180f, 181f, 187f, 188f, 194f, 195f, 201f, 202f, 208f, 209f),
                    rows.get(3).get(8));
        }
    }

    /** Whatever the shapes of blocks and chunks: all blocks together are the volume, and no chunk is read twice. */
    @Test
    void blocksOfAnyShapeReadEachChunkOnce() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 12; round++) {
            int[] shape = {1 + random.nextInt(20), 1 + random.nextInt(20), 1 + random.nextInt(20)};
            int[] chunk = {1 + random.nextInt(8), 1 + random.nextInt(8), 1 + random.nextInt(8)};
            String block = (1 + random.nextInt(9)) + "," + (1 + random.nextInt(9)) + "," + (1 + random.nextInt(9));
            int count = shape[0] * shape[1] * shape[2];
            VolumeOptions options =
                    VolumeOptions.defaults().levels(1).format(new ImageFormat(random.nextBoolean() ? 2 : 3, chunk));
            String what = "seed " + seed + ", round " + round + ": shape " + Arrays.toString(shape) + ", chunks "
                    + Arrays.toString(chunk) + ", blocks " + block;
            try (MemoryProject project = new MemoryProject(root -> root.newRun("r")
                    .newVoxelSpacing(10)
                    .newTomogram(
                            "wbp",
                            VolumeData.of(MemoryProject.numbers(count), shape[0], shape[1], shape[2]),
                            options))) {
                float[] volume = new float[count];
                for (List<@Nullable Object> row : new SparkRead(project.config, "blocks")
                        .option("block", block)
                        .rows()) {
                    place(row, volume, shape);
                }
                assertEquals(Arrays.toString(MemoryProject.numbers(count)), Arrays.toString(volume), what);
                List<String> chunks = project.reads().stream()
                        .filter(read -> read.matches(".*/0/(c/)?[0-9]+[./][0-9]+[./][0-9]+"))
                        .toList();
                assertFalse(chunks.isEmpty(), what);
                assertEquals(new HashSet<>(chunks).size(), chunks.size(), what + chunks);
            }
        }
    }

    private static void place(List<@Nullable Object> row, float[] volume, int[] shape) {
        List<?> block = (List<?>) row.get(7);
        List<?> data = (List<?>) row.get(8);
        int index = 0;
        for (int z = 0; z < (Integer) block.get(0); z++) {
            for (int y = 0; y < (Integer) block.get(1); y++) {
                for (int x = 0; x < (Integer) block.get(2); x++) {
                    int at = (int) ((((Long) row.get(4) + z) * shape[1] + (Long) row.get(5) + y) * shape[2]
                            + (Long) row.get(6)
                            + x);
                    volume[at] = (Float) data.get(index++);
                }
            }
        }
        assertEquals(data.size(), index);
    }

    @Test
    void blocksWithoutDataReadNoChunk() throws IOException {
        try (MemoryProject project = new MemoryProject(MemoryProject::fill)) {
            assertEquals(
                    List.of(List.of("TS_2", List.of(3, 4, 5))),
                    new SparkRead(project.config, "blocks")
                            .where("=", "tomogram", "denoised@7.84")
                            .columns("run", "shape")
                            .rows());
            assertEquals(
                    List.of(),
                    project.reads().stream()
                            .filter(read -> read.contains("/0/0"))
                            .toList());
        }
    }

    @Test
    void otherLevelsAreRead() throws IOException {
        try (MemoryProject project = new MemoryProject(MemoryProject::fill)) {
            assertEquals(
                    List.of(List.of(1, List.of(2, 2, 3)), List.of(1, List.of(3, 3, 4))),
                    new SparkRead(project.config, "blocks")
                            .option("level", "1").columns("level", "shape").rows().stream()
                                    .sorted(java.util.Comparator.comparing(Object::toString))
                                    .toList());
            NotFoundException failure = assertThrows(
                    NotFoundException.class,
                    () -> new SparkRead(project.config, "blocks")
                            .option("level", "7")
                            .rows());
            assertTrue(String.valueOf(failure.getMessage()).contains("wbp.zarr has no level 7"), failure.getMessage());
        }
    }

    /** A tomogram that was created and never written has no voxels. */
    @Test
    void volumesThatWereNeverWrittenHaveNoBlocks() throws IOException {
        try (MemoryProject project = new MemoryProject(MemoryProject::fill)) {
            CopickScan scan = new SparkRead(project.config, "tomograms").scan();
            InputPartition[] parts = scan.planInputPartitions();
            try (Root root = project.open()) {
                root.run("TS_1").voxelSpacing(10).tomogram("wbp").delete();
            }
            NotFoundException failure = assertThrows(NotFoundException.class, () -> SparkRead.rows(scan, parts[0]));
            assertTrue(
                    String.valueOf(failure.getMessage())
                            .endsWith("was deleted while Spark was reading it; run the query again"),
                    failure.getMessage());
        }
    }
}
