package org.copick.cli;

import java.util.Locale;
import org.copick.entity.SegmentationType;

/** What people call the types of segmentations. */
final class SegmentationTypes {
    private SegmentationTypes() {}

    static SegmentationType parse(String text) {
        for (SegmentationType type : SegmentationType.values()) {
            if (type.name().toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT))) {
                return type;
            }
        }
        throw new CommandFailure(
                "\"" + text + "\" is no type of segmentation; there are binary, multilabel, instance and panoptic");
    }
}
