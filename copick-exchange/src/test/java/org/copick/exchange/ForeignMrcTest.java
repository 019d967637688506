package org.copick.exchange;

import static org.copick.exchange.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.copick.error.CorruptDataException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.zarr.DataType;
import org.copick.zarr.Numbers;
import org.copick.zarr.Region;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files as IMOD and other programs write them. They have 4 × 5 × 6 voxels (z, y, x) of 10 Å unless a test changes
 * that.
 */
class ForeignMrcTest {
    private static final int IMOD = 1146047817;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"0,UINT8,200", "1,INT8,-56", "2,UINT8,200", "3,INT8,-56", "12,UINT8,200"})
    void bytesAreSignedWhereImodSaysSo(int flags, DataType type, long value) throws IOException {
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            byte[] bytes = new byte[120];
            Arrays.fill(bytes, (byte) 200);
            Path file = write(order, 0, bytes, h -> h.putInt(152, IMOD).putInt(156, flags));
            try (MrcFile mrc = MrcFile.open(file)) {
                assertEquals(type, mrc.type());
                assertEquals(value, elements(mrc).whole(119));
                assertEquals(List.of(), mrc.warnings());
            }
        }
    }

    @Test
    void bytesAreSignedWithoutTheStamp() throws IOException {
        byte[] bytes = new byte[120];
        Arrays.fill(bytes, (byte) 200);
        for (int stamp : new int[] {0, IMOD - 1}) {
            try (MrcFile mrc = MrcFile.open(write(ByteOrder.LITTLE_ENDIAN, 0, bytes, h -> h.putInt(152, stamp)))) {
                assertEquals(DataType.INT8, mrc.type());
                assertEquals(-56, elements(mrc).whole(0));
            }
        }
    }

    @Test
    void theStampConcernsBytesOnly() throws IOException {
        byte[] bytes = new byte[240];
        Arrays.fill(bytes, (byte) -1);
        try (MrcFile mrc = MrcFile.open(write(ByteOrder.LITTLE_ENDIAN, 1, bytes, h -> h.putInt(152, IMOD)))) {
            assertEquals(DataType.INT16, mrc.type());
            assertEquals(-1, elements(mrc).whole(7));
        }
    }

    @Test
    void halfBytesAreRefused() throws IOException {
        Path file = write(
                ByteOrder.LITTLE_ENDIAN,
                0,
                new byte[120],
                h -> h.putInt(152, IMOD).putInt(156, 17));
        assertRefused(UnsupportedFeatureException.class, () -> MrcFile.open(file), "four bits", "imodFlags 17");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 512, 480, 2592, 1 << 20})
    void paddedFilesAreReadWithAWarning(int more) throws IOException {
        Path file = write(ByteOrder.LITTLE_ENDIAN, 2, ramp(), h -> {});
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 1504 + more));
        try (MrcFile mrc = MrcFile.open(file)) {
            assertArrayEquals(new long[] {4, 5, 6}, mrc.shape());
            assertEquals(7140, sum(mrc));
            assertEquals(1, mrc.warnings().size());
            assertTrue(mrc.warnings().get(0).contains(": " + more + " byte"), mrc.warnings()::toString);
            assertTrue(mrc.warnings().get(0).startsWith(file + " is longer"), mrc.warnings()::toString);
        }
    }

    @Test
    void lineEndsAndNotesAtTheEndAreLeftOut() throws IOException {
        for (String end : List.of("\n", "\r\n", "made by somebody\n")) {
            Path file = write(ByteOrder.BIG_ENDIAN, 2, swapped(ramp()), h -> {});
            Files.write(file, end.getBytes(StandardCharsets.US_ASCII), java.nio.file.StandardOpenOption.APPEND);
            try (MrcFile mrc = MrcFile.open(file)) {
                assertEquals(7140, sum(mrc));
                assertEquals(end.length() > 2, mrc.warnings().get(0).contains("not all are 0"));
            }
        }
    }

    @Test
    void theByteOrderOfPaddedFilesIsFoundWithoutAStamp() throws IOException {
        Path file = write(ByteOrder.BIG_ENDIAN, 0, new byte[120], h -> h.putInt(212, 0));
        Files.write(file, new byte[] {10}, java.nio.file.StandardOpenOption.APPEND);
        try (MrcFile mrc = MrcFile.open(file)) {
            assertArrayEquals(new long[] {4, 5, 6}, mrc.shape());
        }
    }

    @Test
    void whatMayBeSectionsIsNotLeftOut() throws IOException {
        Path file = write(ByteOrder.LITTLE_ENDIAN, 2, ramp(), h -> h.putInt(8, 3));
        assertRefused(CorruptDataException.class, () -> MrcFile.open(file), "1 more sections", "field nz");
        Path large = write(ByteOrder.LITTLE_ENDIAN, 2, ramp(), h -> {});
        Files.write(large, Arrays.copyOf(Files.readAllBytes(large), 1505 + (1 << 20)));
        assertRefused(CorruptDataException.class, () -> MrcFile.open(large), "1048577 bytes follow", "1504 bytes");
    }

    @ParameterizedTest
    @CsvSource({"240,0", "4096,0", "240,100", "1024,1000", "2147483647,0"})
    void extendedHeadersThatAreNotThereAreNamed(int counted, int there) throws IOException {
        Path file = write(ByteOrder.LITTLE_ENDIAN, 2, ramp(), h -> h.putInt(92, counted));
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 1504 + there));
        assertRefused(
                CorruptDataException.class,
                () -> MrcFile.open(file),
                "field nsymbt",
                " " + counted + " bytes",
                there == 0 ? "there is none" : "only room for " + there);
    }

    @Test
    void extendedHeadersThatAreNotCountedAreNotRead() throws IOException {
        Path file = write(
                ByteOrder.LITTLE_ENDIAN,
                2,
                ramp(),
                h -> h.put(104, (byte) 'F')
                        .put(105, (byte) 'E')
                        .put(106, (byte) 'I')
                        .put(107, (byte) '1'));
        byte[] more = new byte[1000];
        Arrays.fill(more, (byte) 7);
        Files.write(file, more, java.nio.file.StandardOpenOption.APPEND);
        assertRefused(CorruptDataException.class, () -> MrcFile.open(file), "FEI1", "field nsymbt");
    }

    @Test
    void truncatedFilesStayRefused() throws IOException {
        Path file = write(ByteOrder.LITTLE_ENDIAN, 2, ramp(), h -> {});
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 1503));
        assertRefused(CorruptDataException.class, () -> MrcFile.open(file), "truncated", "1504", "1503");
    }

    @Test
    void cubicVoxelsHaveOneSize() throws IOException {
        assertVoxels(10.0, "", h -> {});
        assertVoxels(10.0, "", h -> h.putFloat(48, 40.03f)); // a cell that was rounded
        assertVoxels(10.0, "", h -> h.putInt(36, 1).putFloat(48, 10)); // a stack that grew
    }

    @Test
    void theSizeOfTwoAxesIsTakenForTheThird() throws IOException {
        assertVoxels(10.0, "along z; the voxel size 10 Å of x and y", h -> h.putFloat(48, 0));
        assertVoxels(10.0, "cell of -50 Å", h -> h.putFloat(44, -50));
        assertVoxels(10.0, "grid of 0 (mx) along x", h -> h.putInt(28, 0));
        assertVoxels(10.0, "NaN", h -> h.putFloat(48, Float.NaN));
        assertVoxels(10.0, "grid of 1 (mz)", h -> h.putInt(36, 1)); // the cell is that of the whole volume
    }

    @Test
    void otherVoxelsHaveNoSizeAndAReason() throws IOException {
        assertVoxels(-1, "10 × 10 × 30 Å (x, y, z), which is not cubic", h -> h.putFloat(48, 120));
        assertVoxels(-1, "7.5 × 10 × 10 Å (x, y, z), which is not cubic", h -> h.putFloat(40, 45));
        assertVoxels(-1, "would be 10 Å", h -> h.putInt(28, 0).putInt(32, 0).putInt(36, 0));
        assertVoxels(
                -1,
                "a cell of -60 Å (cella)",
                h -> h.putFloat(40, -60).putFloat(44, -50).putFloat(48, -40));
        assertVoxels(
                -1,
                "does not say its voxel size",
                h -> h.putFloat(40, 0).putFloat(44, 0).putFloat(48, 0));
        assertVoxels(-1, "10 × ? × ? Å", h -> h.putFloat(44, 0).putFloat(48, 0));
        assertVoxels(-1, "10 × 11 × ? Å", h -> h.putFloat(44, 55).putFloat(48, 0));
    }

    private void assertVoxels(double size, String note, Consumer<ByteBuffer> change) throws IOException {
        try (MrcFile mrc = MrcFile.open(write(ByteOrder.LITTLE_ENDIAN, 2, ramp(), change))) {
            assertEquals(size < 0 ? OptionalDouble.empty() : OptionalDouble.of(size), mrc.voxelSize());
            assertEquals(note.isEmpty(), mrc.voxelSizeNote().isEmpty());
            assertTrue(mrc.voxelSizeNote().orElse("").contains(note), mrc.voxelSizeNote()::toString);
        }
    }

    private static byte[] ramp() {
        ByteBuffer bytes = ByteBuffer.allocate(480).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 120; i++) {
            bytes.putFloat(i);
        }
        return bytes.array();
    }

    private static byte[] swapped(byte[] floats) {
        ByteBuffer bytes = ByteBuffer.wrap(floats);
        for (int i = 0; i < floats.length; i += 4) {
            bytes.putInt(i, Integer.reverseBytes(bytes.getInt(i)));
        }
        return floats;
    }

    private static double sum(MrcFile mrc) {
        Numbers elements = elements(mrc);
        double sum = 0;
        for (int i = 0; i < elements.size(); i++) {
            sum += elements.decimal(i);
        }
        return sum;
    }

    private static Numbers elements(MrcFile mrc) {
        Region all = Region.all(mrc.shape());
        ByteBuffer into =
                ByteBuffer.allocate((int) all.size() * mrc.type().bytes()).order(ByteOrder.LITTLE_ENDIAN);
        mrc.source().read(all, into.duplicate().order(ByteOrder.LITTLE_ENDIAN));
        return new Numbers(mrc.type(), into);
    }

    private Path write(ByteOrder order, int mode, byte[] elements, Consumer<ByteBuffer> change) throws IOException {
        ByteBuffer file = ByteBuffer.allocate(1024 + elements.length).order(order);
        int[] lengths = {6, 5, 4};
        for (int axis = 0; axis < 3; axis++) {
            file.putInt(4 * axis, lengths[axis]);
            file.putInt(28 + 4 * axis, lengths[axis]);
            file.putFloat(40 + 4 * axis, 10f * lengths[axis]);
            file.putInt(64 + 4 * axis, axis + 1);
        }
        file.putInt(12, mode);
        file.put(208, "MAP ".getBytes(StandardCharsets.US_ASCII));
        byte stamp = (byte) (order == ByteOrder.BIG_ENDIAN ? 0x11 : 0x44);
        file.put(212, stamp).put(213, stamp);
        change.accept(file);
        file.put(1024, elements);
        return Files.write(folder.resolve("foreign.mrc"), file.array());
    }
}
