package org.copick.overlay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.SegmentationId;
import org.copick.VolumeData;
import org.copick.VolumeOptions;
import org.copick.error.InvalidDataException;
import org.copick.zarr.Region;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that a binary segmentation is 1 inside its object, whatever the object's label, and 0 outside. */
final class BinaryLabelsTest {
    private static final Region ALL = Region.all(new long[] {1, 1, 3});

    private final SharedMemory memory = new SharedMemory();
    private final Run run = memory.open("mine", "!public").run("TS_001");

    @AfterEach
    void close() {
        memory.close();
    }

    static Stream<VolumeData> others() {
        return Stream.of(
                VolumeData.of(new byte[] {0, 1, 2}, 1, 1, 3),
                VolumeData.of(new byte[] {0, (byte) 255, 0}, 1, 1, 3),
                VolumeData.of(new short[] {0, 300, 0}, 1, 1, 3),
                VolumeData.of(new int[] {7, 7, 7}, 1, 1, 3),
                VolumeData.of(new float[] {0, 1, 2}, 1, 1, 3),
                VolumeData.of(new long[] {0, -1, 0}, 1, 1, 3));
    }

    @ParameterizedTest
    @MethodSource("others")
    void otherLabelsAreRefused(VolumeData labels) {
        InvalidDataException refused = assertThrows(InvalidDataException.class, () -> write("1", labels));

        assertTrue(refused.toString().contains("binary segmentation holds 1"), refused::toString);
        assertTrue(run.findSegmentation(
                        SegmentationId.binary("ribosome").at(10).user("me").session("1"))
                .isEmpty());
    }

    @Test
    void theMessageNamesTheLabelAsItIs() {
        InvalidDataException negative = assertThrows(
                InvalidDataException.class, () -> write("1", VolumeData.of(new long[] {0, -128, 0}, 1, 1, 3)));
        assertTrue(negative.toString().contains("the label -128,"), negative::toString);
        InvalidDataException unknown = assertThrows(
                InvalidDataException.class,
                () -> run.newSegmentation(
                        SegmentationId.multilabel("all").at(10).user("me").session("1"),
                        VolumeData.of(new short[] {0, -5, 0}, 1, 1, 3)));
        assertTrue(unknown.toString().contains("the label -5;"), unknown::toString);
    }

    @Test
    void theyCannotBePaintedEither() {
        Segmentation mask = write("1", VolumeData.zeros(1, 1, 3));
        mask.writeRegion(ALL, VolumeData.of(new byte[] {0, 1, 1}, 1, 1, 3));

        assertThrows(
                InvalidDataException.class, () -> mask.writeRegion(ALL, VolumeData.of(new byte[] {1, 2, 1}, 1, 1, 3)));
        assertThrows(
                InvalidDataException.class,
                () -> mask.write(VolumeData.of(new byte[] {1, 2, 1}, 1, 1, 3), VolumeOptions.defaults()));
        assertArrayEquals(new float[] {0, 1, 1}, mask.volume().level(0).readFloats());
    }

    @Test
    void whoWantsThemCanHaveThem() {
        Segmentation mask = run.newSegmentation(
                SegmentationId.binary("ribosome").at(10).user("me").session("1"),
                VolumeData.of(new byte[] {0, 2, 5}, 1, 1, 3),
                VolumeOptions.defaults().anyLabels());

        assertArrayEquals(new float[] {0, 2, 5}, mask.volume().level(0).readFloats());
        mask.writeRegion(
                ALL,
                VolumeData.of(new byte[] {9, 9, 9}, 1, 1, 3),
                VolumeOptions.defaults().anyLabels());
        assertEquals(9, mask.volume().level(0).readFloats()[0]);
    }

    private Segmentation write(String session, VolumeData labels) {
        return run.newSegmentation(
                SegmentationId.binary("ribosome").at(10).user("me").session(session), labels);
    }
}
