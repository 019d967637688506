package org.copick.exchange;

import static org.copick.exchange.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ClosedException;
import org.copick.error.NotFoundException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.Region;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MrcFileTest {
    @TempDir
    Path folder;

    /** Returns the value at z, y, x of the files that mrcfile wrote. */
    private static double expected(DataType type, int z, int y, int x) {
        int ramp = 30 * z + 5 * y + x;
        return switch (type) {
            case UINT16 -> 1000.0 * ramp;
            case FLOAT16, FLOAT32 -> (ramp - 20) / 4.0;
            default -> ramp - 20;
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int8-little",
                "int16-little",
                "int16-big",
                "uint16-little",
                "uint16-big",
                "float16-little",
                "float16-big",
                "float32-little",
                "float32-big"
            })
    void filesOfMrcfileAreReadInEveryModeAndByteOrder(String name) throws IOException {
        try (MrcFile mrc = MrcFile.open(Resources.copy(name + ".mrc", folder))) {
            assertEquals(name.substring(0, name.indexOf('-')), mrc.type().name().toLowerCase(java.util.Locale.ROOT));
            assertArrayEquals(new long[] {2, 3, 5}, mrc.shape());
            double[] sizes = name.startsWith("int16") ? new double[] {4, 3, 2} : new double[] {7.84, 7.84, 7.84};
            assertArrayEquals(sizes, mrc.voxelSizes(), 1e-6);
            assertEquals(!name.startsWith("int16"), mrc.voxelSize().isPresent());
            double[] expected = new double[30];
            for (int i = 0; i < 30; i++) {
                expected[i] = expected(mrc.type(), i / 15, i / 5 % 3, i % 5);
            }
            assertArrayEquals(expected, elements(mrc, Region.all(mrc.shape())));
            assertArrayEquals(
                    new double[] {expected[22], expected[23], expected[27], expected[28]},
                    elements(mrc, Region.of(new long[] {1, 1, 2}, new long[] {1, 2, 2})));
        }
    }

    private static double[] elements(MrcFile mrc, Region box) {
        ByteBuffer into = ByteBuffer.allocate(3 + (int) box.size() * mrc.type().bytes())
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(3);
        mrc.source().read(box, into);
        double[] elements = new double[(int) box.size()];
        for (int i = 0; i < elements.length; i++) {
            MrcStatistics one = new MrcStatistics(mrc.type());
            int at = 3 + i * mrc.type().bytes();
            one.add(into.duplicate()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .limit(at + mrc.type().bytes())
                    .position(at));
            elements[i] = one.minimum();
        }
        return elements;
    }

    @ParameterizedTest
    @ValueSource(strings = {"int8-little", "int16-little", "uint16-little", "float16-little", "float32-little"})
    void headersAreThoseOfMrcfile(String name) throws IOException {
        Path original = Resources.copy(name + ".mrc", folder);
        Path written = folder.resolve("written.mrc");
        try (MrcFile mrc = MrcFile.open(original)) {
            double voxelSize = mrc.voxelSizes()[2];
            MrcFile.write(written, mrc.shape(), mrc.type(), voxelSize, mrc.source());
        }
        byte[] theirs = Files.readAllBytes(original);
        byte[] ours = Files.readAllBytes(written);
        ByteBuffer header = ByteBuffer.wrap(theirs).order(ByteOrder.LITTLE_ENDIAN);
        if (name.startsWith("int16")) {
            header.putFloat(44, 2 * 3).putFloat(48, 2 * 2); // the only file whose voxels are not cubic
        }
        header.putInt(92, 0); // the extended header is not kept
        assertArrayEquals(Arrays.copyOf(theirs, 224), Arrays.copyOf(ours, 224));
        assertEquals(1, ByteBuffer.wrap(ours).order(ByteOrder.LITTLE_ENDIAN).getInt(220));
        assertEquals(
                "Created by copick for Java",
                new String(ours, 224, 800, java.nio.charset.StandardCharsets.US_ASCII).trim());
        int elements = ours.length - 1024;
        assertArrayEquals(
                Arrays.copyOfRange(theirs, theirs.length - elements, theirs.length),
                Arrays.copyOfRange(ours, 1024, ours.length));
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"INT8", "INT16", "UINT16", "FLOAT16", "FLOAT32"})
    void whatIsWrittenInAnyBoxesIsReadBack(DataType type) {
        long seed = 20261101L + type.bytes();
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            long[] shape = {1 + random.nextInt(9), 1 + random.nextInt(9), 1 + random.nextInt(9)};
            long[] box = {1 + random.nextInt(10), 1 + random.nextInt(10), 1 + random.nextInt(10)};
            byte[] bytes = new byte[(int) Region.all(shape).size() * type.bytes()];
            random.nextBytes(bytes);
            Path file = folder.resolve("random.mrc");
            MrcFile.write(file, shape, type, 13.48, source(bytes, shape, type), box);
            try (MrcFile mrc = MrcFile.open(file)) {
                assertArrayEquals(shape, mrc.shape());
                assertEquals(type, mrc.type());
                assertEquals(13.48, mrc.voxelSize().orElseThrow(), 1e-5);
                byte[] read = new byte[bytes.length];
                mrc.source().read(Region.all(shape), ByteBuffer.wrap(read));
                assertArrayEquals(bytes, read, () -> "seed " + seed);
                Region inner = Region.of(
                        new long[] {shape[0] / 2, shape[1] / 3, shape[2] / 2},
                        new long[] {shape[0] - shape[0] / 2, shape[1] - shape[1] / 3, shape[2] - shape[2] / 2});
                byte[] part = new byte[(int) inner.size() * type.bytes()];
                byte[] same = part.clone();
                mrc.source().read(inner, ByteBuffer.wrap(part));
                source(bytes, shape, type).read(inner, ByteBuffer.wrap(same));
                assertArrayEquals(same, part, () -> "seed " + seed);
            }
        }
    }

    /** Returns elements of any type as a source of bytes. */
    private static BoxSource source(byte[] bytes, long[] shape, DataType type) {
        int size = type.bytes();
        BoxSource rows = BoxSource.of(bytes, shape[0], shape[1], shape[2] * size);
        return (box, into) -> rows.read(
                Region.of(
                        new long[] {box.start(0), box.start(1), box.start(2) * size},
                        new long[] {box.length(0), box.length(1), box.length(2) * size}),
                into);
    }

    @Test
    void writingHoldsOneSlabOfSections() {
        // 1.5 GiB would not fit into the heap of the tests
        long[] shape = {3, 16384, 16384};
        long[] most = {0};
        assertThrows(
                IllegalStateException.class,
                () -> MrcFile.write(folder.resolve("large.mrc"), shape, DataType.INT16, 1, (box, into) -> {
                    most[0] = Math.max(most[0], into.remaining());
                    if (box.start(1) > 1000) {
                        throw new IllegalStateException("enough");
                    }
                }));
        assertEquals(16 << 20, most[0]);
        assertEquals(List.of(), files());
    }

    @Test
    void slabsAreWholeSectionsWhereTheseAreSmall() {
        assertArrayEquals(new long[] {16, 512, 512}, MrcWriter.slab(new long[] {200, 512, 512}, DataType.FLOAT32));
        assertArrayEquals(new long[] {7, 8, 9}, MrcWriter.slab(new long[] {7, 8, 9}, DataType.INT8));
        assertArrayEquals(
                new long[] {1, 1, 16 << 20}, MrcWriter.slab(new long[] {2, 2, Integer.MAX_VALUE}, DataType.INT8));
    }

    @Test
    void statisticsOfManyPiecesAreThoseOfAll() throws IOException {
        Random random = new Random(7);
        float[] values = new float[12 * 10 * 11];
        double mean = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = 1e6f + random.nextFloat();
            mean += values[i] / (double) values.length;
        }
        double squares = 0;
        for (float value : values) {
            squares += (value - mean) * (value - mean);
        }
        Path file = folder.resolve("values.mrc");
        MrcFile.write(file, new long[] {12, 10, 11}, DataType.FLOAT32, 1, BoxSource.of(values, 12, 10, 11), new long[] {
            5, 3, 4
        });
        ByteBuffer header = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals((float) mean, header.getFloat(84));
        assertEquals(Math.sqrt(squares / values.length), header.getFloat(216), 1e-6);
    }

    @Test
    void notANumberIsSaidInTheStatistics() throws IOException {
        Path file = folder.resolve("nan.mrc");
        float[] values = {1, Float.NaN, 3};
        MrcFile.write(file, new long[] {1, 1, 3}, DataType.FLOAT32, 1, BoxSource.of(values, 1, 1, 3));
        ByteBuffer header = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        assertTrue(Float.isNaN(header.getFloat(76)) && Float.isNaN(header.getFloat(84)));
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"INT8", "INT16", "UINT16", "FLOAT16", "FLOAT32"},
            mode = EnumSource.Mode.EXCLUDE)
    void typesThatMrcHasNoModeForAreRefusedByName(DataType type) {
        assertRefused(
                UnsupportedFeatureException.class,
                () -> MrcFile.write(folder.resolve("a.mrc"), new long[] {1, 1, 1}, type, 1, (box, into) -> {}),
                type.toString(),
                "uint16 (6)");
        assertEquals(List.of(), files());
    }

    @Test
    void aFileThatIsThereStaysUntilTheNewOneIsWhole() throws IOException {
        Path file = Files.writeString(folder.resolve("kept.mrc"), "old");
        assertThrows(
                IllegalStateException.class,
                () -> MrcFile.write(file, new long[] {1, 1, 1}, DataType.INT8, 1, (box, into) -> {
                    throw new IllegalStateException("the source broke");
                }));
        assertEquals("old", Files.readString(file));
        assertEquals(List.of(file), files());
        MrcFile.write(file, new long[] {1, 1, 1}, DataType.INT8, 1, BoxSource.of(new byte[] {5}, 1, 1, 1));
        assertEquals(1025, Files.size(file));
        assertEquals(List.of(file), files());
    }

    @Test
    void foldersAreNotReplacedAndMissingOnesNamed() {
        BoxSource source = BoxSource.of(new byte[] {5}, 1, 1, 1);
        long[] shape = {1, 1, 1};
        assertThrows(AlreadyExistsException.class, () -> MrcFile.write(folder, shape, DataType.INT8, 1, source));
        Path nowhere = folder.resolve("nowhere").resolve("a.mrc");
        assertThrows(NotFoundException.class, () -> MrcFile.write(nowhere, shape, DataType.INT8, 1, source));
        assertThrows(NotFoundException.class, () -> MrcFile.open(nowhere));
    }

    @Test
    void aClosedFileSaysSo() throws IOException {
        MrcFile mrc = MrcFile.open(Resources.copy("int8-little.mrc", folder));
        BoxSource source = mrc.source();
        mrc.close();
        Region all = Region.all(mrc.shape());
        assertThrows(ClosedException.class, () -> source.read(all, ByteBuffer.allocate(30)));
    }

    @Test
    void boxesOutsideAreProgrammingErrors() throws IOException {
        try (MrcFile mrc = MrcFile.open(Resources.copy("int8-little.mrc", folder))) {
            for (Region box : List.of(
                    Region.all(new long[] {3, 5}),
                    Region.all(new long[] {2, 3, 6}),
                    Region.of(new long[] {2, 0, 0}, new long[] {1, 1, 1}),
                    Region.of(new long[] {Long.MAX_VALUE - 1, 0, 0}, new long[] {1, 1, 1}),
                    Region.of(new long[3], new long[] {1, 1, 2}, new long[] {1, 1, 2}))) {
                assertThrows(IllegalArgumentException.class, () -> mrc.source().read(box, ByteBuffer.allocate(1000)));
            }
            assertThrows(
                    IllegalArgumentException.class,
                    () -> mrc.source().read(Region.all(mrc.shape()), ByteBuffer.allocate(29)));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e-50, 2e38})
    void voxelSizesThatAHeaderCannotHoldAreProgrammingErrors(double size) {
        Path file = folder.resolve("none.mrc");
        assertThrows(
                IllegalArgumentException.class,
                () -> MrcFile.write(file, new long[] {1, 1, 2}, DataType.INT8, size, BoxSource.zeros()));
        assertFalse(Files.exists(file));
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
