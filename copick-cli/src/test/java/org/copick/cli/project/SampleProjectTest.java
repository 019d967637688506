package org.copick.cli.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.copick.Copick;
import org.copick.Level;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.cli.Called;
import org.copick.zarr.Region;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The embedded sample, whose annotations fit its tomograms. */
final class SampleProjectTest {
    /** Half the edge, in voxels, of the box around a pick that is compared with the whole volume. */
    private static final int REACH = 3;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void unpack() throws IOException {
        SampleProject.unpack(folder);
    }

    @Test
    void validates() {
        Called validated = Called.copick("validate", "-c", folder.resolve("copick.json"));
        assertEquals(0, validated.status(), () -> validated.out() + validated.err());
    }

    @ParameterizedTest
    @CsvSource({
        "TS_001,wbp,ribosome:*",
        "TS_001,wbp,proteasome:*",
        "TS_001,denoised,ribosome:*",
        "TS_001,denoised,proteasome:*",
        "TS_002,wbp,ribosome:*",
        "TS_003,isonet2.0,ribosome:*"
    })
    void picksHitParticles(String name, String tomogram, String uri) {
        try (Root root = Copick.open(folder.resolve("copick.json"))) {
            Run run = root.run(name);
            Level level = run.voxelSpacing(10).tomogram(tomogram).volume().level(0);
            Values background = Values.of(level.readFloats());
            List<Picks> all = run.picks(uri);
            assertFalse(all.isEmpty());
            for (Picks picks : all) {
                double[] xyz = picks.document().fullPositions();
                double sum = 0;
                for (int i = 0; i < xyz.length; i += 3) {
                    sum += Values.of(level.readFloats(around(level, xyz, i))).mean;
                }
                double particles = sum / (xyz.length / 3.0);
                assertTrue(
                        particles < background.mean - background.deviation,
                        () -> picks + ": " + particles + " in a tomogram of " + background);
            }
        }
    }

    @Test
    void theMembraneIsWhereTheSegmentationSays() {
        try (Root root = Copick.open(folder.resolve("copick.json"))) {
            Run run = root.run("TS_001");
            float[] values =
                    run.voxelSpacing(10).tomogram("denoised").volume().level(0).readFloats();
            float[] membrane = run.segmentations("membrane:membrain/0@10")
                    .get(0)
                    .volume()
                    .level(0)
                    .readFloats();
            assertEquals(values.length, membrane.length);
            double inside = 0;
            int count = 0;
            for (int i = 0; i < values.length; i++) {
                if (membrane[i] == 1) {
                    inside += values[i];
                    count++;
                }
            }
            double mean = inside / count;
            Values background = Values.of(values);
            assertTrue(count > 10_000 && mean < background.mean - 1, () -> mean + " in a tomogram of " + background);
        }
    }

    /** The box around a pick, as far as it lies in the volume. */
    private static Region around(Level level, double[] xyz, int at) {
        long[] start = new long[3];
        long[] size = new long[3];
        for (int axis = 0; axis < 3; axis++) {
            long middle = Math.round(xyz[at + 2 - axis] / 10);
            start[axis] = Math.max(0, middle - REACH);
            size[axis] = Math.min(level.shape()[axis], middle + REACH + 1) - start[axis];
        }
        return Region.of(start, size);
    }

    private record Values(double mean, double deviation) {
        static Values of(float[] values) {
            double sum = 0;
            double squares = 0;
            for (float value : values) {
                sum += value;
                squares += (double) value * value;
            }
            double mean = sum / values.length;
            return new Values(mean, Math.sqrt(squares / values.length - mean * mean));
        }
    }
}
