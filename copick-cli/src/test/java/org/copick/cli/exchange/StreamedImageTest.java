package org.copick.cli.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.copick.CopickContext;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.ImageSpec;
import org.copick.zarr.ImageWriter;
import org.copick.zarr.Multiscale;
import org.copick.zarr.Region;
import org.copick.zarr.ZarrArray;
import org.copick.zarr.ZarrGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test that a program with a heap of 48 MiB writes an image of 256 MiB with its levels. */
class StreamedImageTest {
    private static final long[] SHAPE = {256, 512, 512};

    @TempDir
    Path folder;

    /** The program that writes the image. */
    public static final class Program {
        public static void main(String[] arguments) {
            try (CopickContext context = CopickContext.builder().build();
                    ObjectStore store = context.store(arguments[0])) {
                ImageWriter.write(
                        new StorePlace(store, ""),
                        WriteCondition.ANY,
                        ImageSpec.tomogram(SHAPE, DataType.FLOAT32, 10, 4),
                        ImageFormat.VERSION_2.withChunk(64, 64, 64),
                        ramp());
            }
        }
    }

    @Test
    void anImageMayBeLargerThanTheHeap() throws IOException, InterruptedException {
        Path image = folder.resolve("image.zarr");
        Path output = folder.resolve("output.txt");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx48m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        image.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertEquals(true, program.waitFor(120, TimeUnit.SECONDS));
            assertEquals(0, program.exitValue(), () -> text(output));
        } finally {
            program.destroyForcibly();
        }

        try (CopickContext context = CopickContext.builder().build();
                ObjectStore store = context.store(image.toString())) {
            ZarrGroup group = (ZarrGroup) context.zarr().open(store, "").orElseThrow();
            assertEquals(4, Multiscale.of(group).orElseThrow().datasets().size());
            ZarrArray full = (ZarrArray) group.member("0").orElseThrow();
            float[] expected = new float[512];
            for (int x = 0; x < 512; x++) {
                expected[x] = 200 + 3 + 2 * x;
            }
            assertArrayEquals(expected, full.readFloats(Region.of(new long[] {200, 3, 0}, new long[] {1, 1, 512})));
            ZarrArray coarse = (ZarrArray) group.member("3").orElseThrow();
            assertArrayEquals(new long[] {32, 64, 64}, coarse.shape());
            // the mean of a ramp is the value at its middle
            assertArrayEquals(
                    new float[] {8 * 31 + 3.5f + 8 * 5 + 3.5f + 2 * (8 * 60 + 3.5f)},
                    coarse.readFloats(Region.of(new long[] {31, 5, 60}, new long[] {1, 1, 1})));
        }
    }

    /** Returns a source of the values z + y + 2 x, computed on demand. */
    private static BoxSource ramp() {
        return (Region box, ByteBuffer into) -> {
            int at = into.position();
            for (long z = 0; z < box.length(0); z++) {
                for (long y = 0; y < box.length(1); y++) {
                    for (long x = 0; x < box.length(2); x++) {
                        into.putFloat(at, (float) (box.start(0) + z + box.start(1) + y + 2 * (box.start(2) + x)));
                        at += 4;
                    }
                }
            }
        };
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
