package org.copick.cli.options;

import java.util.Locale;
import org.copick.cli.output.CommandFailure;
import org.copick.spi.SegmentationType;

/** What people call the types of segmentations. */
public final class SegmentationTypes {
    private SegmentationTypes() {}

    public static SegmentationType parse(String text) {
        for (SegmentationType type : SegmentationType.values()) {
            if (type.name().toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT))) {
                return type;
            }
        }
        throw new CommandFailure(
                "\"" + text + "\" is no type of segmentation; there are binary, multilabel, instance and panoptic");
    }
}
