package org.copick.cli.options;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.copick.cli.output.CommandFailure;
import org.copick.entity.SegmentationType;
import org.jspecify.annotations.Nullable;

/** Names of the types of segmentations on the command line. */
public final class SegmentationTypes {
    private SegmentationTypes() {}

    /** Returns the types that an option selects: one by its name, all, or by default binary and multilabel. */
    public static Set<SegmentationType> wanted(@Nullable String text) {
        if (text == null) {
            return EnumSet.of(SegmentationType.BINARY, SegmentationType.MULTILABEL);
        }
        return text.equals("all") ? EnumSet.allOf(SegmentationType.class) : EnumSet.of(parse(text));
    }

    /**
     * Returns the type of a name in any case.
     *
     * @throws CommandFailure when there is no such type
     */
    public static SegmentationType parse(String text) {
        for (SegmentationType type : SegmentationType.values()) {
            if (type.name().toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT))) {
                return type;
            }
        }
        throw new CommandFailure(
                "unknown segmentation type \"" + text + "\"; use binary, multilabel, instance or panoptic");
    }
}
