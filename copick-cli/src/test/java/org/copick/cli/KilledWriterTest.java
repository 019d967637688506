package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
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
import org.copick.zarr.ZarrNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that killing a writer at any moment leaves one of the images it wrote, or none. */
class KilledWriterTest {
    private static final int KILLS = Integer.getInteger("copick.kills", 6);
    private static final long[] SHAPE = {40, 64, 64};

    @TempDir
    Path folder;

    /** A program that replaces an image repeatedly. */
    public static final class Program {
        public static void main(String[] arguments) throws IOException {
            try (CopickContext context = CopickContext.builder().build();
                    ObjectStore store = context.store(arguments[0])) {
                for (int value = 1; ; value++) {
                    write(store, value);
                    Files.writeString(Path.of(arguments[0], "written"), "once");
                }
            }
        }

        static void write(ObjectStore store, int value) {
            float[] values = new float[40 * 64 * 64];
            Arrays.fill(values, value);
            ImageWriter.write(
                    new StorePlace(store, "run/image.zarr/"),
                    WriteCondition.ANY,
                    ImageSpec.labels(SHAPE, DataType.FLOAT32, 10, 3),
                    (value % 2 == 0 ? ImageFormat.VERSION_2 : ImageFormat.VERSION_3).withChunk(16, 16, 16),
                    BoxSource.of(values, SHAPE));
        }
    }

    @Test
    void aKilledWriterLeavesAWholeImageOrNone() throws IOException, InterruptedException {
        Random random = new Random(5);
        for (int kill = 0; kill < KILLS; kill++) {
            Path output = folder.resolve("output-" + kill);
            Process program = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Program.class.getName(),
                            folder.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                Path written = folder.resolve("written");
                for (int i = 0; i < 2000 && !Files.exists(written) && program.isAlive(); i++) {
                    Thread.sleep(10);
                }
                assertTrue(Files.deleteIfExists(written), () -> "nothing was written: " + output);
                Thread.sleep(random.nextInt(200));
            } finally {
                program.destroyForcibly();
                assertTrue(program.waitFor(20, TimeUnit.SECONDS));
            }
            // there may be no image: the program was killed between two renames
            check();
        }
        try (CopickContext context = CopickContext.builder().build();
                ObjectStore store = context.store(folder.toString())) {
            Program.write(store, 1);
        }
        assertTrue(check(), "a killed writer is in nobody's way");
    }

    /** Returns whether there is an image, and checks that all its values are of one write. */
    private boolean check() {
        try (CopickContext context = CopickContext.builder().build();
                ObjectStore store = context.store(folder.toString())) {
            Optional<ZarrNode> node = context.zarr().open(store, "run/image.zarr");
            if (node.isEmpty()) {
                return false;
            }
            ZarrGroup group = (ZarrGroup) node.get();
            Multiscale image = Multiscale.of(group).orElseThrow();
            assertEquals(3, image.datasets().size());
            float value = Float.NaN;
            for (Multiscale.Dataset dataset : image.datasets()) {
                ZarrArray array = (ZarrArray) group.member(dataset.path()).orElseThrow();
                for (float each : array.readFloats(Region.all(array.shape()))) {
                    value = Float.isNaN(value) ? each : value;
                    assertEquals(value, each, "a mixture");
                }
            }
            return true;
        }
    }
}
