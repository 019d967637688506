package org.copick.imglib2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import net.imglib2.Cursor;
import net.imglib2.RandomAccess;
import net.imglib2.img.Img;
import net.imglib2.img.basictypeaccess.DataAccess;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import org.copick.CopickContext;
import org.copick.Features;
import org.copick.OnExisting;
import org.copick.Root;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.SegmentationId;
import org.copick.Tomogram;
import org.copick.VolumeData;
import org.copick.VolumeEntity;
import org.copick.VolumeOptions;
import org.copick.config.ObjectDefinition;
import org.copick.error.ConflictException;
import org.copick.error.InvalidDataException;
import org.copick.error.ReadOnlyException;
import org.copick.storage.StoreOperation;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.Region;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EditableImageTest {
    private static final long SEED = Long.getLong("copick.seed", System.nanoTime());
    private static final int Z = 40;
    private static final int Y = 50;
    private static final int X = 60;

    @TempDir
    private Path folder;

    private final List<String> written = new CopyOnWriteArrayList<>();
    private final List<String> read = new CopyOnWriteArrayList<>();
    private final CopickContext context = CopickContext.builder()
            .listener(operation -> {
                if (operation.key().matches(".*/[0-9c][0-9./]*")) {
                    (operation.kind() == StoreOperation.Kind.WRITE ? written : read).add(operation.key());
                }
            })
            .build();
    private Root root;

    @BeforeEach
    void create() {
        System.out.println("copick.seed=" + SEED);
        root = context.create(
                folder.resolve("copick.json").toString(),
                config -> config.overlay(folder.resolve("overlay").toString())
                        .userId("alice")
                        .sessionId("1")
                        .object(ObjectDefinition.particle("ribosome").label(7))
                        .object(ObjectDefinition.particle("proteasome").label(1)));
    }

    @AfterEach
    void close() {
        context.close();
    }

    private Segmentation cells(ImageFormat format) {
        Run run = root.newRun("TS_1", OnExisting.REUSE);
        return run.newSegmentation(
                SegmentationId.multilabel("cells").at(10),
                VolumeData.zeros(Z, Y, X),
                VolumeOptions.defaults().format(format).onExisting(OnExisting.REPLACE));
    }

    @Test
    void changesAreWrittenInOneRegionForEachChunk() {
        for (ImageFormat format :
                List.of(new ImageFormat(2, new int[] {20, 25, 30}), new ImageFormat(3, new int[] {8, 16, 16}))) {
            Segmentation cells = cells(format);
            byte[] expected = new byte[Z * Y * X];
            EditableImage<UnsignedByteType> image = CopickImages.edit(cells, new UnsignedByteType());
            assertEquals(Optional.empty(), image.flush());
            RandomAccess<UnsignedByteType> at = image.image().randomAccess();
            Random random = new Random(SEED);
            for (int i = 0; i < 500; i++) {
                int x = random.nextInt(30);
                int y = random.nextInt(25);
                int z = random.nextInt(20);
                at.setPositionAndGet(x, y, z).set(7);
                expected[(z * Y + y) * X + x] = 7;
            }
            assertTrue(image.isChanged());
            assertArrayEquals(new byte[Z * Y * X], stored(cells), "nothing is written before flush");
            written.clear();
            Region box = image.flush().orElseThrow();
            assertEquals(1, written.size(), () -> format + ": " + written);
            assertFalse(image.isChanged());
            assertArrayEquals(expected, stored(cells));
            assertEquals(Optional.empty(), image.flush());
            cells.updateLevels(box);
        }
    }

    @Test
    void anOldCursorCanStillChangeTheImage() {
        Segmentation cells = cells(new ImageFormat(2, new int[] {20, 25, 30}));
        EditableImage<UnsignedByteType> image = CopickImages.edit(cells, new UnsignedByteType());
        Cursor<UnsignedByteType> cursor = image.image().cursor();
        cursor.next().set(7);
        image.flush();
        cursor.get().set(1);
        image.image().getAt(X - 1, Y - 1, Z - 1).set(7);
        image.flush();
        assertEquals(1, stored(cells)[0]);
        assertEquals(7, stored(cells)[Z * Y * X - 1]);
    }

    @Test
    void changesSurviveUntilTheyAreWritten() throws InterruptedException {
        Segmentation cells = cells(new ImageFormat(2, new int[] {4, 25, 30}));
        EditableImage<UnsignedByteType> image = CopickImages.edit(cells, new UnsignedByteType());
        for (int z = 0; z < Z; z += 4) {
            image.image().getAt(0, 0, z).set(7);
            System.gc();
        }
        image.flush();
        for (int z = 0; z < Z; z += 4) {
            assertEquals(7, stored(cells)[z * Y * X]);
        }
    }

    @Test
    void aForbiddenLabelIsRefusedAndKept() {
        Segmentation cells = cells(new ImageFormat(2, new int[] {20, 25, 30}));
        EditableImage<UnsignedByteType> image = CopickImages.edit(cells, new UnsignedByteType());
        image.image().getAt(0, 0, 0).set(99);
        image.image().getAt(X - 1, Y - 1, Z - 1).set(7);
        assertThrows(InvalidDataException.class, image::flush);
        assertEquals(7, stored(cells)[Z * Y * X - 1], "the other chunks are written");
        assertTrue(image.isChanged());
        image.image().getAt(0, 0, 0).set(7);
        image.flush();
        assertEquals(7, stored(cells)[0]);
    }

    @Test
    void theBoxAfterAFailureContainsWhatWasWrittenBefore() {
        Segmentation cells = cells(new ImageFormat(2, new int[] {20, 25, 30}));
        EditableImage<UnsignedByteType> image = CopickImages.edit(cells, new UnsignedByteType());
        image.image().getAt(0, 0, 0).set(7);
        image.image().getAt(0, 0, Z - 1).set(98);
        image.image().getAt(X - 1, 0, 0).set(99);
        InvalidDataException refused = assertThrows(InvalidDataException.class, image::flush);
        assertEquals(1, refused.getSuppressed().length, "both failures are known");
        image.image().getAt(0, 0, Z - 1).set(7);
        image.image().getAt(X - 1, 0, 0).set(0);
        assertEquals(
                Region.of(new long[3], new long[] {Z, 25, X}), image.flush().orElseThrow());
        assertEquals(Optional.empty(), image.flush());
    }

    @Test
    void changesAreNotWrittenToAnImageOfAnotherShape() {
        for (int z : new int[] {20, Z, 2 * Z}) {
            Segmentation cells = cells(new ImageFormat(2, new int[] {20, 25, 30}));
            EditableImage<UnsignedByteType> image = CopickImages.edit(cells, new UnsignedByteType());
            image.image().getAt(0, 0, Z - 1).set(7);
            byte[] ones = new byte[z * Y * X];
            Arrays.fill(ones, (byte) 1);
            cells.write(VolumeData.of(ones, z, Y, X), VolumeOptions.defaults().format(new ImageFormat(2, new int[] {
                16, 16, 16
            })));
            ConflictException refused = assertThrows(ConflictException.class, image::flush);
            assertTrue(String.valueOf(refused.getMessage()).contains("replaced"), refused::toString);
            byte[] found = new byte[ones.length];
            cells.level(0).read(Region.all(cells.level(0).shape()), found);
            assertArrayEquals(ones, found);
        }
    }

    @Test
    void cellsFarApartInAShardAreWrittenInSeveralBoxesIfOneIsTooLarge() {
        Segmentation cells = cells(new ImageFormat(3, new int[] {8, 16, 16}));
        long each = 8 * 16 * 16;
        Edits<?> edits = edits(cells, 8 * each);
        for (int cell : new int[] {0, 1, 4 * 4}) {
            change(edits.access(cell));
        }
        written.clear();
        assertEquals(
                Region.of(new long[3], new long[] {16, 16, 32}), edits.flush().orElseThrow());
        assertEquals(2, written.size(), written::toString);
        assertEquals(written.get(0), written.get(1));
        byte[] expected = new byte[Z * Y * X];
        expected[0] = 7;
        expected[16] = 7;
        expected[8 * Y * X] = 7;
        assertArrayEquals(expected, stored(cells));
    }

    @Test
    void cellsThatWereNotChangedKeepWhatOtherProgramsHaveWritten() {
        Segmentation cells = cells(new ImageFormat(3, new int[] {8, 16, 16}));
        EditableImage<UnsignedByteType> image = CopickImages.edit(cells, new UnsignedByteType());
        image.image().forEach(label -> label.get()); // into the cache
        image.image().getAt(0, 0, 0).set(7);
        image.image().getAt(0, 0, 16).set(7);
        try (CopickContext other = CopickContext.builder().build();
                Root same = other.open(folder.resolve("copick.json").toString())) {
            Segmentation there = same.run("TS_1").segmentations().get(0);
            there.fill(Region.at(8, 0, 0).size(1, 1, 1), 1);
        }
        image.flush();
        assertEquals(7, stored(cells)[0]);
        assertEquals(1, stored(cells)[8 * Y * X], "between the changed cells");
        assertEquals(7, stored(cells)[16 * Y * X]);
    }

    @Test
    void featuresOfOneChannelCanBeEdited() {
        Features features = root.newRun("TS_1", OnExisting.REUSE)
                .newVoxelSpacing(10)
                .newTomogram("wbp", VolumeData.zeros(Z, Y, X))
                .newFeatures(
                        "sobel",
                        VolumeData.zeros(1, Z, Y, X),
                        VolumeOptions.defaults().type(DataType.FLOAT32).format(new ImageFormat(3, new int[] {8, 16, 16
                        })));
        EditableImage<?> image = CopickImages.edit(features);
        int dimensions = image.image().numDimensions();
        for (int z : new int[] {0, 16}) {
            ((RealType<?>) image.image().getAt(Arrays.copyOf(new long[] {3, 2, z, 0}, dimensions))).setReal(2.5);
        }
        image.flush().ifPresent(features::updateLevels);
        float[] found = features.level(0).readFloats();
        assertEquals(2.5f, found[2 * X + 3]);
        assertEquals(2.5f, found[(16 * Y + 2) * X + 3]);
    }

    @Test
    void aChunkThatIsWrittenAsAWholeIsNotReadAgain() {
        Segmentation cells = cells(new ImageFormat(2, new int[] {20, 25, 30}));
        EditableImage<UnsignedByteType> image = CopickImages.edit(cells, new UnsignedByteType());
        image.image().getAt(0, 0, 0).set(7);
        cells.fill(Region.at(1, 0, 0).size(1, 1, 1), 1); // so that the chunk is not cached
        read.clear();
        image.flush();
        assertEquals(List.of(), read);
    }

    @Test
    void bothChannelsOfAPanopticSegmentationAreWrittenTogether() {
        Segmentation panoptic = root.newRun("TS_1", OnExisting.REUSE)
                .newSegmentation(
                        SegmentationId.panoptic("cells").at(10),
                        VolumeData.zeros(2, 16, 16, 16),
                        VolumeOptions.defaults().format(new ImageFormat(2, new int[] {8, 8, 8})));
        EditableImage<?> image = CopickImages.edit(panoptic);
        for (int x : new int[] {1, 9}) {
            ((RealType<?>) image.image().getAt(x, 2, 3, 0)).setReal(7);
            ((RealType<?>) image.image().getAt(x, 2, 3, 1)).setReal(x);
        }
        image.flush().ifPresent(panoptic::updateLevels);
        ((RealType<?>) image.image().getAt(1, 2, 3, 1)).setReal(2);
        image.flush();
        assertEquals(
                List.of(2L, 9L),
                panoptic.segments().stream().map(Segmentation.Segment::instance).toList());
        ((RealType<?>) image.image().getAt(1, 2, 3, 0)).setReal(0);
        assertThrows(InvalidDataException.class, image::flush, "an instance without a label");
    }

    @Test
    void boolsAreZeroOrOne() {
        Tomogram tomogram = root.newRun("TS_1", OnExisting.REUSE)
                .newVoxelSpacing(10)
                .newTomogram(
                        "wbp",
                        VolumeData.of(DataType.BOOL, BoxSource.zeros(), 3, 4, 5),
                        VolumeOptions.defaults().type(DataType.BOOL));
        EditableImage<UnsignedByteType> image = CopickImages.edit(tomogram, new UnsignedByteType());
        image.image().getAt(1, 2, 0).set(2);
        assertThrows(InvalidDataException.class, image::flush);
        image.image().getAt(1, 2, 0).set(1);
        image.flush();
        assertEquals(1, tomogram.level(0).readFloats()[2 * 5 + 1]);
    }

    @Test
    void otherVolumesCanBeEditedInTheirType() {
        Run run = root.newRun("TS_1", OnExisting.REUSE);
        Tomogram tomogram = run.newVoxelSpacing(10).newTomogram("wbp", VolumeData.of(new float[Z * Y * X], Z, Y, X));
        EditableImage<FloatType> image = CopickImages.edit(tomogram, new FloatType());
        image.image().getAt(1, 2, 3).set(1.5f);
        image.flush();
        assertEquals(1.5f, tomogram.level(0).readFloats()[(3 * Y + 2) * X + 1]);
        assertThrows(IllegalArgumentException.class, () -> CopickImages.edit(tomogram, new UnsignedShortType()));
        setAndFlush(CopickImages.edit(tomogram), 2);
        assertEquals(2, tomogram.level(0).readFloats()[0]);
    }

    @ParameterizedTest
    @EnumSource(DataType.class)
    void everyTypeCanBeEdited(DataType type) {
        Tomogram tomogram = root.newRun("TS_1", OnExisting.REUSE)
                .newVoxelSpacing(10)
                .newTomogram(
                        "wbp",
                        VolumeData.of(type, BoxSource.zeros(), 3, 4, 5),
                        VolumeOptions.defaults().type(type));
        assertEquals(type, tomogram.level(0).dataType());
        setAndFlush(CopickImages.edit(tomogram), 1);
        double[] expected = new double[3 * 4 * 5];
        double[] found = new double[3 * 4 * 5];
        expected[0] = 1;
        tomogram.level(0).array().read(Region.all(tomogram.level(0).shape()), found);
        assertArrayEquals(expected, found);
    }

    private static <T extends NativeType<T> & RealType<T>> void setAndFlush(EditableImage<T> image, double value) {
        image.image().firstElement().setReal(value);
        image.flush();
    }

    @Test
    void aReadOnlyVolumeIsRefused() {
        cells(new ImageFormat(2, new int[] {20, 25, 30}));
        Path below = folder.resolve("below.json");
        try (Root other = context.create(
                below.toString(),
                config -> config.overlay(folder.resolve("other").toString())
                        .shared(folder.resolve("overlay").toString())
                        .userId("bob")
                        .sessionId("1"))) {
            VolumeEntity cells = other.run("TS_1").segmentations().get(0);
            assertThrows(ReadOnlyException.class, () -> CopickImages.edit(cells));
            assertEquals(0, ((RealType<?>) CopickImages.open(cells).level(0).firstElement()).getRealDouble());
        }
    }

    @Test
    void tooManyUnwrittenChangesAreRefused() {
        Segmentation cells = cells(new ImageFormat(2, new int[] {4, 50, 60}));
        long each = 4 * Y * X;
        Edits<?> edits = edits(cells, 3 * each);
        for (int cell = 0; cell < 4; cell++) {
            change(edits.access(cell));
        }
        IllegalStateException refused = assertThrows(IllegalStateException.class, () -> edits.access(4));
        assertTrue(String.valueOf(refused.getMessage()).contains("flush()"), refused::toString);
        edits.flush();
        change(edits.access(4));
    }

    @Test
    void cellsAtTheEdgeCountWithTheirOwnSize() {
        Segmentation cells = cells(new ImageFormat(2, new int[] {13, 50, 60}));
        Edits<?> edits = edits(cells, (1 + 2 * 13) * Y * X);
        for (int cell : new int[] {3, 0, 1, 2}) { // the last one has one plane
            change(edits.access(cell));
        }
        assertThrows(IllegalStateException.class, () -> {
            Edits<?> less = edits(cells, 2 * 13 * Y * X);
            for (int cell : new int[] {3, 0, 1, 2}) {
                change(less.access(cell));
            }
        });
    }

    private static Edits<?> edits(Segmentation cells, long most) {
        return new Edits<>(
                cells, new LevelCells<>(cells.level(0).array(), ElementArrays.of(new UnsignedByteType())), most);
    }

    private static void change(DataAccess access) {
        ((TrackedArrays.Bytes) access).setValue(0, (byte) 7);
    }

    private static byte[] stored(Segmentation cells) {
        assertEquals(DataType.UINT8, cells.level(0).dataType());
        byte[] elements = new byte[Z * Y * X];
        cells.level(0).read(Region.all(cells.level(0).shape()), elements);
        return elements;
    }

    @Test
    void anImageIsAnImgOfImgLib2() {
        Img<UnsignedByteType> image = CopickImages.edit(cells(ImageFormat.VERSION_2), new UnsignedByteType())
                .image();
        assertArrayEquals(new long[] {X, Y, Z}, image.dimensionsAsLongArray());
    }
}
