package org.copick.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.copick.AnnotationId;
import org.copick.CopickContext;
import org.copick.OnExisting;
import org.copick.Root;
import org.copick.Run;
import org.copick.Tomogram;
import org.copick.VolumeData;
import org.copick.VolumeOptions;
import org.copick.VoxelSpacing;
import org.copick.config.ProjectConfig;
import org.copick.tests.MemoryStorageProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests when a project shows the changes of another program, which is simulated by a second context. */
final class MaxAgeTest {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final String name = "age" + COUNTER.incrementAndGet();
    private final CopickContext others = CopickContext.builder().build();
    private final Root other = open(others);
    private final VoxelSpacing spacing = other.newRun("TS_001").newVoxelSpacing(10);

    @BeforeEach
    void fill() {
        spacing.newTomogram("wbp", cube(1));
    }

    @AfterEach
    void end() {
        others.close();
        MemoryStorageProvider.forget(name);
    }

    private Root open(CopickContext context) {
        return context.open(ProjectConfig.parse("""
                {"name": "test", "overlay_root": "memory://%s", "pickable_objects": [
                   {"name": "ribosome", "is_particle": true, "label": 1, "radius": 150}]}
                """.formatted(name), "x"), null);
    }

    private static VolumeData cube(float value) {
        float[] all = new float[8];
        Arrays.fill(all, value);
        return VolumeData.of(all, 2, 2, 2);
    }

    private static float first(Tomogram tomogram) {
        return tomogram.volume().level(0).readFloats()[0];
    }

    private void change() {
        other.run("TS_001").newPicks(AnnotationId.of("ribosome").user("bob").session("1"));
        other.newRun("TS_002");
        spacing.newTomogram("wbp", cube(2), VolumeOptions.defaults().onExisting(OnExisting.REPLACE));
        spacing.newTomogram("ctf", cube(3));
    }

    @Test
    void nothingIsKeptForNoTime() {
        try (CopickContext context =
                        CopickContext.builder().maxAge(Duration.ZERO).build();
                Root root = open(context)) {
            Run run = root.run("TS_001");
            Tomogram tomogram = run.voxelSpacings().get(0).tomograms().get(0);
            assertEquals(0, run.picks().size());
            assertEquals(1, root.runs().size());
            assertEquals(1, first(tomogram));
            change();
            assertEquals(1, run.picks().size());
            assertEquals(2, root.runs().size());
            assertEquals(2, run.voxelSpacings().get(0).tomograms().size());
            assertEquals(2, first(tomogram), "metadata and chunks are read again");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsYoungEnoughIsKeptUntilItIsRefreshed(boolean byDefault) {
        CopickContext.Builder builder = CopickContext.builder();
        try (CopickContext context = (byDefault ? builder : builder.maxAge(Duration.ofDays(1))).build();
                Root root = open(context)) {
            Run run = root.run("TS_001");
            Tomogram tomogram = run.voxelSpacings().get(0).tomograms().get(0);
            assertEquals(0, run.picks().size());
            assertEquals(1, root.runs().size());
            assertEquals(1, first(tomogram));
            change();
            assertEquals(0, run.picks().size());
            assertEquals(1, root.runs().size());
            assertEquals(1, run.voxelSpacings().get(0).tomograms().size());
            assertEquals(1, first(tomogram));
            run.refresh();
            root.refresh();
            tomogram.refresh();
            assertEquals(1, run.picks().size());
            assertEquals(2, root.runs().size());
            assertTrue(run.voxelSpacings().get(0).tomograms().size() > 1);
            assertEquals(2, first(tomogram));
        }
    }

    @Test
    void anAgeIsNotNegative() {
        assertThrows(
                IllegalArgumentException.class, () -> CopickContext.builder().maxAge(Duration.ofMillis(-1)));
    }
}
