package org.copick.cli.options;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.copick.cli.output.CommandFailure;
import org.copick.entity.SegmentationType;
import org.jspecify.annotations.Nullable;

/** What people call the types of segmentations. */
public final class SegmentationTypes {
    private SegmentationTypes() {}

    /** Returns the types that an option selects: one by its name, all, or by default binary and multilabel. */
    public static Set<SegmentationType> wanted(@Nullable String text) {
        if (text == null) {
            return EnumSet.of(SegmentationType.BINARY, SegmentationType.MULTILABEL);
        }
        return text.equals("all") ? EnumSet.allOf(SegmentationType.class) : EnumSet.of(parse(text));
    }

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
