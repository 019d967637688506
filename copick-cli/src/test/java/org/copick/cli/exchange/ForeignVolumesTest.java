package org.copick.cli.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.copick.Copick;
import org.copick.Level;
import org.copick.Root;
import org.copick.cli.Called;
import org.copick.exchange.MrcFile;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.Region;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of MRC files by other programs: imported with a warning, or refused with the option that helps. */
final class ForeignVolumesTest {
    private static final int IMOD = 1146047817;

    @TempDir
    private Path folder;

    private Path config = Path.of("");

    @BeforeEach
    void project() throws IOException {
        config = Files.writeString(folder.resolve("copick.json"), """
                {"config_type": "filesystem", "overlay_root": "project", "pickable_objects": [
                  {"name": "membrane", "is_particle": false, "label": 1},
                  {"name": "nucleus", "is_particle": false, "label": 200}]}
                """);
    }

    @Test
    void labelsInUnsignedBytesAreLabels() throws IOException {
        Path file = bytes(200, h -> h.putInt(152, IMOD));
        assertEquals(
                "",
                called("add", "segmentation", file, "--name", "cells")
                        .succeeded()
                        .err());
        try (Root root = Copick.open(config)) {
            Level level = root.run("TS_1").segmentations().get(0).volume().level(0);
            assertEquals(DataType.UINT8, level.dataType());
            assertEquals(200f, level.readFloats()[3]);
        }
    }

    @Test
    void negativeLabelsAreCalledWhatTheyAre() throws IOException {
        Path file = bytes(128, h -> h.putInt(152, IMOD).putInt(156, 1));
        Called multilabel =
                called("add", "segmentation", file, "--name", "cells").refused();
        assertTrue(multilabel.err().contains("label -128;"), multilabel::err);
        Called any = called("add", "segmentation", file, "--name", "cells", "--any-labels")
                .refused();
        assertTrue(any.err().contains("label -128"), any::err);
        Called binary = called("add", "segmentation", file, "--name", "membrane", "--segmentation-type", "binary")
                .refused();
        assertTrue(binary.err().contains("label -128"), binary::err);
    }

    @Test
    void storedLabelsOfSignedTypesAreCalledWhatTheyAre() throws IOException {
        called("add", "segmentation", bytes(200, h -> h.putInt(152, IMOD)), "--name", "cells", "--any-labels")
                .succeeded();
        Path array;
        try (Stream<Path> files = Files.walk(folder.resolve("project"))) {
            array = files.filter(file -> file.endsWith("0/.zarray")).findFirst().orElseThrow();
        }
        Files.writeString(array, Files.readString(array).replace("|u1", "|i1"));
        Called validated = called("validate");
        assertTrue(validated.out().contains("-56"), () -> validated.out() + validated.err());
        assertFalse(validated.out().contains("1844674407"), validated::out);
        called(
                        "export",
                        "segmentation",
                        "--segmentation-uri",
                        "cells",
                        "--output-dir",
                        folder,
                        "--output-format",
                        "mrc")
                .succeeded();
        try (MrcFile mrc = MrcFile.open(folder.resolve("TS_1/Segmentations/cells_copick_1.mrc"))) {
            assertEquals(DataType.INT16, mrc.type());
            ByteBuffer labels = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
            mrc.source().read(Region.all(mrc.shape()), labels.duplicate().order(ByteOrder.LITTLE_ENDIAN));
            assertEquals(-56, labels.getShort(6));
        }
    }

    @Test
    void paddedFilesAreImportedWithAWarning() throws IOException {
        Path file = bytes(1, h -> {});
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 1024 + 8 + 512));
        for (String kind : new String[] {"tomogram", "segmentation"}) {
            Called called = kind.equals("tomogram")
                    ? called("add", kind, file).succeeded()
                    : called("add", kind, file, "--name", "cells").succeeded();
            assertEquals(
                    "copick: warning: " + file
                            + " is longer than its header says: 512 bytes after the last voxel were left out\n",
                    called.err());
        }
    }

    @Test
    void voxelsThatAreNotCubicNeedASize() throws IOException {
        Path file = bytes(1, h -> h.putFloat(48, 60));
        for (Called called : new Called[] {
            called("add", "tomogram", file).refused(),
            called("add", "segmentation", file, "--name", "cells").refused(),
            called("add", "object", "--name", "ribosome", "--volume", file).refused()
        }) {
            assertTrue(called.err().contains("10 × 10 × 30 Å"), called::err);
            assertTrue(called.err().contains("--voxel-size"), called::err);
            assertTrue(called.err().contains(file.toString()), called::err);
        }
        assertFalse(Files.readString(config).contains("ribosome"), "nothing is changed");
        assertFalse(Files.exists(folder.resolve("project")), "nothing is written");
        assertEquals(
                "",
                called("add", "tomogram", file, "--voxel-size", "12")
                        .succeeded()
                        .err());
        try (Root root = Copick.open(config)) {
            assertEquals(12, root.run("TS_1").voxelSpacings().get(0).voxelSize());
        }
    }

    @Test
    void theSizeThatTwoAxesAgreeOnIsTakenAndSaid() throws IOException {
        Path file = bytes(1, h -> h.putFloat(48, 0));
        Called called = called("add", "tomogram", file).succeeded();
        assertTrue(called.err().contains("10 Å of x and y was taken for all axes"), called::err);
        assertTrue(called.err().contains("--voxel-size"), called::err);
        assertEquals(
                "",
                called("add", "tomogram", file, "--tomo-type", "b", "--voxel-size", "10")
                        .succeeded()
                        .err());
        Called none = called("add", "tomogram", bytes(1, h -> h.putInt(28, 0).putInt(32, 0)), "--tomo-type", "c")
                .refused();
        assertTrue(none.err().contains("--voxel-size"), none::err);
    }

    @Test
    void compressedFilesAreNamed() throws IOException {
        Path plain = bytes(1, h -> {});
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(Files.readAllBytes(plain));
        }
        Path named = Files.write(folder.resolve("TS_1.mrc.gz"), packed.toByteArray());
        Path hidden = Files.write(folder.resolve("TS_2.mrc"), packed.toByteArray());
        for (Called called : new Called[] {
            called("add", "tomogram", named), called("add", "tomogram", named, "--file-type", "mrc"),
        }) {
            assertEquals(
                    "copick: " + named + " is compressed by gzip; unpack it first\n",
                    called.refused().err());
        }
        assertEquals(
                "copick: " + hidden + " is compressed by gzip; unpack it first\n",
                called("add", "tomogram", hidden).refused().err());
        Path bzip2 = Files.writeString(folder.resolve("a.mrc"), "BZh91AY");
        assertTrue(called("add", "segmentation", bzip2, "--name", "cells")
                .refused()
                .err()
                .contains("by bzip2; unpack"));
        Path table = Files.write(folder.resolve("a.csv"), packed.toByteArray());
        assertTrue(called("add", "picks", table, "--object-name", "membrane")
                .refused()
                .err()
                .contains(table + " is compressed by gzip"));
    }

    @Test
    void stacksAreReadAsVolumes() throws IOException {
        Path file = bytes(1, h -> h.putInt(88, 0));
        for (String ending : new String[] {"mrcs", "st", "ali"}) {
            Path stack = Files.copy(file, folder.resolve(ending + "." + ending));
            called("add", "tomogram", stack).succeeded();
            try (Root root = Copick.open(config)) {
                assertArrayEquals(
                        new long[] {2, 2, 2},
                        root.run(ending)
                                .voxelSpacing(10)
                                .tomogram("wbp")
                                .volume()
                                .level(0)
                                .shape());
            }
        }
    }

    @Test
    void bytesThatMayBeUnsignedAreSaidToBe() throws IOException {
        Path file = bytes(200, h -> h.putFloat(80, 200));
        Called image = called("add", "tomogram", file, "--no-create-pyramid").succeeded();
        assertEquals(1, image.err().lines().count(), image::err);
        assertTrue(image.err().startsWith("copick: warning: " + file + ": bytes were read as signed"), image::err);
        assertTrue(image.err().contains("the greatest is 200 (dmax"), image::err);
        try (Root root = Copick.open(config)) {
            Level level =
                    root.run("TS_1").voxelSpacing(10).tomogram("wbp").volume().level(0);
            assertEquals(DataType.INT8, level.dataType());
            assertEquals(-56f, level.readFloats()[3]);
        }
        Called labels = called("add", "segmentation", file, "--name", "cells");
        assertEquals(1, labels.status());
        String refusal = labels.err().lines().skip(1).findFirst().orElseThrow();
        assertTrue(refusal.startsWith("copick: cannot import " + file + ": "), refusal);
        assertTrue(refusal.contains("label -56;") && refusal.contains("--any-labels"), refusal);
        assertTrue(refusal.endsWith("; its bytes were read as signed and may be unsigned"), refusal);
        for (Path known : new Path[] {
            bytes(127, h -> h.putFloat(80, 127)),
            bytes(200, h -> h.putInt(152, IMOD).putFloat(80, 200))
        }) {
            assertEquals(
                    "",
                    called("add", "tomogram", known, "--overwrite").succeeded().err());
        }
    }

    private Path bytes(int last, Consumer<ByteBuffer> change) throws IOException {
        Path file = folder.resolve("TS_1.mrc");
        byte[] elements = {0, 0, 1, (byte) last, 0, 0, 1, 0};
        MrcFile.write(file, new long[] {2, 2, 2}, DataType.INT8, 10, BoxSource.of(elements, 2, 2, 2));
        byte[] bytes = Files.readAllBytes(file);
        change.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        return Files.write(file, bytes);
    }

    private Called called(Object... arguments) {
        return Called.copick(
                Stream.concat(Stream.of(arguments), Stream.of("-c", config)).toArray());
    }
}
