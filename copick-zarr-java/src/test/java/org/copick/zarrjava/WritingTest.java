package org.copick.zarrjava;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zarr.zarrjava.core.Array;
import java.nio.file.Path;
import java.util.Random;
import org.copick.Copick;
import org.copick.Root;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.SegmentationId;
import org.copick.VolumeData;
import org.copick.VolumeOptions;
import org.copick.config.ProjectConfig;
import org.copick.error.ReadOnlyException;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.Region;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that chunks written by zarr-java into an overlay on disk are read by our engine. */
final class WritingTest {
    private static final long SEED = 7;
    private static final int[] CHUNK = {4, 4, 8};
    private static final long[] SHAPE = {8, 8, 16};
    private static final SegmentationId PAINTING =
            SegmentationId.multilabel("painting").at(10).user("alice").session("1");

    @TempDir
    private Path folder;

    private Root root;
    private Run run;

    @BeforeEach
    void openProject() {
        root = open("shared", "overlay");
        run = root.newRun("TS_001");
        run.newVoxelSpacing(10);
    }

    @AfterEach
    void closeProject() {
        root.close();
    }

    private Root open(String shared, String overlay) {
        return Copick.open(ProjectConfig.parse("""
                {"name": "painted", "overlay_root": "%s", "static_root": "%s", "pickable_objects": []}
                """.formatted(place(overlay), place(shared)), "test"));
    }

    private String place(String name) {
        return folder.resolve(name).toString().replace('\\', '/');
    }

    private Segmentation painting(ImageFormat format) {
        return run.newSegmentation(
                PAINTING,
                VolumeData.of(new byte[8 * 8 * 16], SHAPE),
                VolumeOptions.defaults().format(format).levels(1).anyLabels());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void alignedChunksOfVersion2(boolean parallel) throws Exception {
        Segmentation painting = painting(ImageFormat.VERSION_2.withChunk(CHUNK[0], CHUNK[1], CHUNK[2]));
        byte[] labels = random(4 * 8 * 16);
        Array.open(CopickStore.of(painting).resolve("0"))
                .write(new long[] {4, 0, 0}, bytes(labels, 4, 8, 16), parallel);
        painting.refresh();
        assertLabels(labels, painting, Region.at(4, 0, 0).size(4, 8, 16));
        assertLabels(new byte[4 * 8 * 16], painting, Region.at(0, 0, 0).size(4, 8, 16));
    }

    @Test
    void aWholeShardOfVersion3() throws Exception {
        Segmentation painting = painting(ImageFormat.VERSION_3.withChunk(CHUNK[0], CHUNK[1], CHUNK[2]));
        byte[] labels = random(8 * 8 * 16);
        Array.open(CopickStore.of(painting).resolve("0")).write(bytes(labels, 8, 8, 16));
        painting.refresh();
        assertLabels(labels, painting, Region.all(SHAPE));
    }

    /** zarr-java deletes chunks that hold nothing but the fill value. */
    @Test
    void chunksOfZerosAreDeleted() throws Exception {
        Segmentation painting = painting(ImageFormat.VERSION_2.withChunk(CHUNK[0], CHUNK[1], CHUNK[2]));
        CopickStore store = CopickStore.of(painting);
        Array array = Array.open(store.resolve("0"));
        byte[] labels = random(4 * 4 * 8);
        array.write(new long[] {0, 4, 8}, bytes(labels, CHUNK));
        assertTrue(store.resolve("0", "0", "1", "1").exists());
        array.write(new long[] {0, 4, 8}, bytes(new byte[labels.length], CHUNK));
        assertFalse(store.resolve("0", "0", "1", "1").exists());
        painting.refresh();
        assertLabels(new byte[8 * 8 * 16], painting, Region.all(SHAPE));
    }

    @Test
    void aReadOnlyLayerRefuses() throws Exception {
        byte[] labels = random(8 * 8 * 16);
        painting(ImageFormat.VERSION_2.withChunk(CHUNK[0], CHUNK[1], CHUNK[2]))
                .write(VolumeData.of(labels, SHAPE), VolumeOptions.defaults().anyLabels());
        try (Root above = open("overlay", "new")) {
            Segmentation shared = above.run("TS_001").segmentation(PAINTING);
            Array array = Array.open(CopickStore.of(shared).resolve("0"));
            ucar.ma2.Array zeros = bytes(new byte[8 * 8 * 16], 8, 8, 16);
            ucar.ma2.Array ones = bytes(random(8 * 8 * 16), 8, 8, 16);
            assertThrows(ReadOnlyException.class, () -> array.write(ones));
            assertThrows(ReadOnlyException.class, () -> array.write(ones, true));
            assertThrows(ReadOnlyException.class, () -> array.write(zeros));
            assertLabels(labels, shared, Region.all(SHAPE));
        }
    }

    @Test
    void aPlainViewRefuses() throws Exception {
        Segmentation painting = painting(ImageFormat.VERSION_2);
        Array array = Array.open(CopickStore.plain(painting).resolve("0"));
        assertThrows(ReadOnlyException.class, () -> array.write(bytes(random(8 * 8 * 16), 8, 8, 16)));
    }

    private static byte[] random(int size) {
        byte[] labels = new byte[size];
        new Random(SEED).nextBytes(labels);
        return labels;
    }

    private static ucar.ma2.Array bytes(byte[] elements, int... shape) {
        return ucar.ma2.Array.factory(ucar.ma2.DataType.UBYTE, shape, elements);
    }

    private static void assertLabels(byte[] expected, Segmentation actual, Region region) {
        byte[] labels = new byte[expected.length];
        actual.level(0).read(region, labels);
        assertArrayEquals(expected, labels, "seed " + SEED);
        assertEquals(expected.length, region.size());
    }
}
