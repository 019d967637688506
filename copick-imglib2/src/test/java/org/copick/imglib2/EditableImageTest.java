package org.copick.imglib2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
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
    private final CopickContext context = CopickContext.builder()
            .listener(operation -> {
                if (operation.kind() == StoreOperation.Kind.WRITE
                        && operation.key().matches(".*/[0-9c][0-9./]*")) {
                    written.add(operation.key());
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
