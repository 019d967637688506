package org.copick.exchange;

import static org.copick.exchange.Refusals.assertRefused;
import static org.copick.exchange.Refusals.assertSays;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.copick.error.CopickException;
import org.copick.error.CorruptDataException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.zarr.DataType;
import org.copick.zarr.Region;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong headers are detected before anything is read or allocated. */
class HostileMrcTest {
    @TempDir
    Path folder;

    static Stream<Arguments> lies() {
        return Stream.of(
                lie("no columns", "0 × 3 × 2", h -> h.putInt(0, 0)),
                lie("a negative number of rows", "5 × -3 × 2", h -> h.putInt(4, -3)),
                lie("more sections than any file holds", "more than any file holds", h -> {
                    for (int axis = 0; axis < 3; axis++) {
                        h.putInt(4 * axis, Integer.MAX_VALUE);
                    }
                }),
                lie("more sections than this file holds", "truncated", h -> h.putInt(8, 1 << 30)),
                lie("fewer sections than the file holds", "damaged", h -> h.putInt(8, 1)),
                lie("a mode that does not exist", "mode 77", h -> h.putInt(12, 77)),
                lie("a negative extended header", "-5 bytes", h -> h.putInt(92, -5)),
                lie("an extended header as long as the file", "nsymbt", h -> h.putInt(92, 1145)),
                lie("a short extended header that is not there", "there is none", h -> h.putInt(92, 80)));
    }

    private static Arguments lie(String what, String message, Consumer<ByteBuffer> change) {
        return arguments(what, message, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void headersThatLieAreRefused(String what, String message, Consumer<ByteBuffer> change) throws IOException {
        Path file = changed(change);
        assertRefused(CorruptDataException.class, () -> MrcFile.open(file), message, "changed.mrc");
    }

    static Stream<Arguments> rarities() {
        return Stream.of(
                lie("complex numbers", "mode 4", h -> h.putInt(12, 4)),
                lie("complex numbers, to be transformed", "transform it back", h -> h.putInt(12, 4)),
                lie("colours", "newstack", h -> h.putInt(12, 16)),
                lie("numbers of four bits", "mode 101", h -> h.putInt(12, 101)),
                lie("columns along z", "3, 2, 1", h -> h.putInt(64, 3).putInt(72, 1)),
                lie(
                        "columns along z, to be reordered",
                        "trimvol (-rx or -yz)",
                        h -> h.putInt(64, 3).putInt(72, 1)),
                lie("axes that are all x", "1, 1, 1", h -> h.putInt(68, 1).putInt(72, 1)),
                lie(
                        "a stack of volumes",
                        "stack of volumes",
                        h -> h.putInt(88, 401).putInt(36, 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rarities")
    void whatIsNotReadIsNamed(String what, String message, Consumer<ByteBuffer> change) throws IOException {
        Path file = changed(change);
        assertRefused(UnsupportedFeatureException.class, () -> MrcFile.open(file), message, "changed.mrc");
    }

    static Stream<Arguments> oddities() {
        return Stream.of(
                lie("no stamp", "", h -> h.putInt(212, 0)),
                lie(
                        "the stamp of the other byte order",
                        "",
                        h -> h.put(212, (byte) 0x11).put(213, (byte) 0x11)),
                lie("no name of the format", "", h -> h.putInt(208, 0)),
                lie(
                        "axes that are not said",
                        "",
                        h -> h.putInt(64, 0).putInt(68, 0).putInt(72, 0)),
                lie("the space group of an image stack", "", h -> h.putInt(88, 0)),
                lie("one volume of a stack", "", h -> h.putInt(88, 401)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oddities")
    void headersThatAccountForEveryByteAreBelieved(String what, String message, Consumer<ByteBuffer> change)
            throws IOException {
        try (MrcFile mrc = MrcFile.open(changed(change))) {
            assertEquals(DataType.FLOAT32, mrc.type());
            ByteBuffer into = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
            mrc.source().read(Region.of(new long[] {1, 2, 4}, new long[] {1, 1, 1}), into);
            assertEquals(6f, into.getFloat(0));
        }
    }

    @Test
    void truncatedFilesSayHowManyBytesAreMissing() throws IOException {
        byte[] whole = Resources.bytes("float32-little.mrc");
        for (int length : new int[] {0, 4, 1023, 1024, 1143}) {
            Path file = Files.write(folder.resolve("cut.mrc"), Arrays.copyOf(whole, length));
            assertRefused(
                    CorruptDataException.class,
                    () -> MrcFile.open(file),
                    "truncated",
                    " " + length,
                    length < 1024 ? "1024" : "1144");
        }
    }

    @Test
    void otherFilesAreNoMrcFiles() throws IOException {
        byte[] text = "x,y,z\n1,2,3\n".repeat(200).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Path file = Files.write(folder.resolve("table.mrc"), text);
        assertRefused(CorruptDataException.class, () -> MrcFile.open(file), "not an MRC file");
    }

    @Test
    void aFileThatShrinksIsNoticed() throws IOException {
        Path file = changed(h -> {});
        try (MrcFile mrc = MrcFile.open(file)) {
            try (var channel = java.nio.channels.FileChannel.open(file, java.nio.file.StandardOpenOption.WRITE)) {
                channel.truncate(1100);
            }
            Region all = Region.all(mrc.shape());
            assertThrows(CorruptDataException.class, () -> mrc.source().read(all, ByteBuffer.allocate(120)));
        }
    }

    @Test
    void damagedHeadersAreReadOrRefused() throws IOException {
        long seed = 4711;
        Random random = new Random(seed);
        byte[] whole = Resources.bytes("int16-big.mrc");
        for (int round = 0; round < 2000; round++) {
            byte[] bytes = whole.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(224)] = (byte) random.nextInt();
            }
            Path file = Files.write(folder.resolve("damaged.mrc"), bytes);
            try (MrcFile mrc = MrcFile.open(file)) {
                long covered = Region.all(mrc.shape()).size() * mrc.type().bytes();
                assertTrue(covered == 60 || (covered < 60 && !mrc.warnings().isEmpty()), () -> "seed " + seed);
                mrc.source().read(Region.all(mrc.shape()), ByteBuffer.allocate(60));
            } catch (CopickException e) {
                assertSays(e, "damaged.mrc");
            }
        }
        assertArrayEquals(whole, Resources.bytes("int16-big.mrc"));
    }

    private Path changed(Consumer<ByteBuffer> change) throws IOException {
        byte[] bytes = Resources.bytes("float32-little.mrc");
        change.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        return Files.write(folder.resolve("changed.mrc"), bytes);
    }
}
