package org.copick.overlay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.copick.Axis;
import org.copick.Level;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.SegmentationId;
import org.copick.Tomogram;
import org.copick.VolumeData;
import org.copick.VolumeOptions;
import org.copick.error.InvalidDataException;
import org.copick.storage.WriteCondition;
import org.copick.zarr.Region;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Tests that all methods report regions and planes outside of an array in the same way. */
final class RegionMistakesTest {
    private final SharedMemory memory = new SharedMemory();
    private final Run run = memory.open("mine", "!public").run("TS_001");

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void planesAndBoxesOutsideAreIllegalArguments() {
        Level level = run.voxelSpacing(10).tomogram("wbp").volume().level(0);
        Region far = Region.of(new long[] {0, 0, 1000}, new long[] {1, 1, 1});
        Region flat = Region.of(new long[2], new long[] {1, 1});

        refused("no plane z = 1000", () -> level.plane(Axis.Z, 1000));
        refused("no plane x = -1", () -> level.plane(Axis.X, -1));
        refused("no plane y = 2", () -> level.planeRegion(Axis.Y, 2));
        refused("no axis channel", () -> level.plane(Axis.CHANNEL, 0));
        for (Region region : new Region[] {far, flat}) {
            refused("region", () -> level.readFloats(region));
            refused("region", () -> level.read(region, new float[1]));
            refused("region", () -> level.array().readElements(region, ByteBuffer.allocate(64)));
            refused("region", () -> level.array().writeRegion(region, new float[1]));
            refused("region", () -> level.array().requireInside(region));
        }
        assertEquals(4, level.plane(Axis.Z, 1).length);
        level.array().requireInside(Region.all(level.shape()));
    }

    @Test
    void boxesLargerThanAnArrayAreRefused() {
        Tomogram tomogram = run.newVoxelSpacing(20)
                .newTomogram(
                        "huge",
                        VolumeData.of(new float[] {1}, 1, 1, 1),
                        VolumeOptions.defaults().levels(1));
        String metadata = "mine/ExperimentRuns/TS_001/VoxelSpacing20.000/huge.zarr/0/.zarray";
        String small = memory.text(metadata);
        String huge = small.replaceFirst("(\"shape\"\\s*:\\s*\\[)[^]]*]", "$12000, 1100, 1000]");
        assertNotEquals(small, huge);
        memory.space.write(metadata, huge.getBytes(StandardCharsets.UTF_8), WriteCondition.ANY);
        tomogram.refresh();
        Level level = tomogram.level(0);
        assertArrayEquals(new long[] {2000, 1100, 1000}, level.shape());
        refused("more elements than a Java array can hold", level::readFloats);
        refused("more elements than a Java array can hold", level::readLabels);
        VolumeData zeros = VolumeData.zeros(level.shape());
        assertThrows(InvalidDataException.class, () -> tomogram.writeRegion(Region.all(level.shape()), zeros));
    }

    @Test
    void aPlaneThatAShapeDoesNotHaveIsNone() {
        long[] shape = {2, 3, 4};

        assertArrayEquals(new long[] {2, 1, 4}, Region.plane(shape, 1, 2).shape());
        refused("no plane 3", () -> Region.plane(shape, 1, 3));
        refused("no plane -1", () -> Region.plane(shape, 1, -1));
        refused("axis 3", () -> Region.plane(shape, 3, 0));
        refused("axis -1", () -> Region.plane(shape, -1, 0));
    }

    @Test
    void paintingOutsideChangesNothing() {
        Segmentation mask = run.newSegmentation(
                SegmentationId.binary("ribosome").at(10).user("me").session("1"),
                VolumeData.zeros(4, 4, 4),
                VolumeOptions.defaults().levels(2));
        Segmentation pair = run.newSegmentation(
                SegmentationId.panoptic("all").at(10).user("me").session("1"), VolumeData.zeros(2, 4, 4, 4));
        byte[] ones = {1};

        Region beyond = Region.of(new long[] {0, 0, 4}, new long[] {1, 1, 1});
        refused("reaches out", () -> mask.writeRegion(beyond, VolumeData.of(ones, 1, 1, 1)));
        refused("reaches out", () -> mask.updateLevels(beyond));
        refused(
                "4 dimensions",
                () -> pair.writeRegion(Region.of(new long[3], new long[] {1, 1, 1}), VolumeData.of(ones, 1, 1, 1)));
        refused(
                "reaches out",
                () -> pair.writeRegion(
                        Region.of(new long[] {5, 0, 0, 0}, new long[] {1, 1, 1, 1}), VolumeData.of(ones, 1, 1, 1, 1)));
        for (float label : mask.volume().level(0).readFloats()) {
            assertEquals(0, label);
        }
    }

    private static void refused(String message, Executable action) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, action);
        assertTrue(refused.toString().contains(message), refused::toString);
    }
}
