package org.copick;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.copick.entity.SegmentationType;
import org.copick.error.InvalidDataException;
import org.copick.zarr.DataType;
import org.copick.zarr.Numbers;
import org.copick.zarr.Region;
import org.copick.zarr.ZarrArray;

/** Checks the labels for a box of a segmentation, then writes them. */
final class LabelRegion {
    private static final int BOTH_CHANNELS = 2;

    private final Segmentation segmentation;
    private final Region box;
    private final VolumeData values;
    private final VolumeOptions options;
    private final ZarrArray array;

    LabelRegion(Segmentation segmentation, Region box, VolumeData values, VolumeOptions options) {
        this.segmentation = segmentation;
        this.box = box;
        this.values = values;
        this.options = options;
        this.array = segmentation.volume().level(0).array();
        VolumeRegions.requireFits(array, box, values);
    }

    void write() {
        Numbers painted = Conversion.read(values.source(), values.type(), values.all());
        Labels labels = new Labels(
                segmentation.type(),
                segmentation.root().config().objects(),
                options.checksLabels,
                segmentation.location());
        if (segmentation.type() == SegmentationType.PANOPTIC) {
            checkChannels(labels);
        } else {
            labels.check(painted, values.type());
        }
        DataType stored = array.dataType();
        labels.requireFits(stored);
        ByteBuffer bytes = Conversion.buffer(box, stored);
        Numbers converted = new Numbers(stored, bytes);
        for (int i = 0; i < painted.size(); i++) {
            converted.put(i, Labels.whole(painted, values.type(), i));
        }
        array.writeRegion(box, bytes);
    }

    /** Checks that labels and instances agree. If only one channel is written, the other is read from the array. */
    private void checkChannels(Labels labels) {
        if (array.shape().length != 4 || array.shape()[0] != BOTH_CHANNELS) {
            throw new InvalidDataException("cannot write " + segmentation.location() + ": its array has shape "
                    + Arrays.toString(array.shape()) + ", not 2, z, y, x");
        }
        DataType type = values.type();
        Region first = Region.of(new long[4], new long[] {1, box.length(1), box.length(2), box.length(3)});
        Numbers painted = Conversion.read(values.source(), type, first);
        if (box.length(0) == BOTH_CHANNELS) {
            labels.checkPair(painted, type, Conversion.read(values.source(), type, Labels.inChannel(first, 1)), type);
            return;
        }
        Region other = Labels.inChannel(box, 1 - box.start(0));
        Numbers there = Conversion.read(array::readElements, array.dataType(), other);
        if (box.start(0) == 0) {
            labels.checkPair(painted, type, there, array.dataType());
        } else {
            labels.checkPair(there, array.dataType(), painted, type);
        }
    }
}
