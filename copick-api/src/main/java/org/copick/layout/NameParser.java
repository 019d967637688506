package org.copick.layout;

import java.util.regex.Pattern;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.SegmentationType;
import org.copick.entity.VoxelSize;
import org.copick.error.InvalidNameException;

/**
 * Parses names in a store into keys, by the rules of spec section 4.3.
 *
 * <p>It is stricter than Python only where Python fails or lists entities that it cannot read. A name that does not
 * fit is reported as {@link Malformed}, never guessed.
 */
final class NameParser {
    private static final Pattern DECIMAL = Pattern.compile("[+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?");

    private NameParser() {}

    /** Thrown if a name does not name an entity; the message is the reason. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String reason) {
            super(reason, null, false, false);
        }
    }

    static EntityKey.Spacing spacing(String run, String name) throws Malformed {
        return new EntityKey.Spacing(run, size(name.substring(Layout.SPACING.length())));
    }

    static EntityKey.Annotation document(EntityKind kind, String run, String name) throws Malformed {
        String suffix = Layout.suffix(kind);
        String[] parts = name.substring(0, name.length() - suffix.length()).split("_", 3);
        requireParts(parts, 3, "user_session_object" + suffix);
        return EntityKey.document(kind, run, parts[2], parts[0], parts[1]);
    }

    static EntityKey.Segmentation segmentation(SegmentationType inFolder, String run, String name) throws Malformed {
        String stem = name.substring(0, name.length() - Layout.ZARR.length());
        String[] parts = stem.split("_", 4);
        requireParts(parts, 4, "spacing_user_session_name.zarr");
        SegmentationType type = inFolder;
        String object = parts[3];
        if (inFolder == SegmentationType.BINARY && object.endsWith(Layout.MULTILABEL)) {
            type = SegmentationType.MULTILABEL;
            object = object.substring(0, object.length() - Layout.MULTILABEL.length());
            if (object.isEmpty()) {
                throw new Malformed("the name before " + Layout.MULTILABEL + " is empty");
            }
        }
        return new EntityKey.Segmentation(run, size(parts[0]), object, parts[1], parts[2], type);
    }

    static String withoutSuffix(String name, String suffix) throws Malformed {
        String stem = name.substring(0, name.length() - suffix.length());
        if (stem.isEmpty()) {
            throw new Malformed("there is no name before " + suffix);
        }
        return SharedTexts.of(stem);
    }

    private static VoxelSize size(String text) throws Malformed {
        if (!DECIMAL.matcher(text).matches()) {
            throw new Malformed("\"" + text + "\" is not a voxel spacing");
        }
        try {
            return new VoxelSize(Double.parseDouble(text));
        } catch (InvalidNameException impossible) {
            throw new Malformed("\"" + text + "\" is not a possible voxel spacing");
        }
    }

    /** Checks the parts of a name, and replaces them with shared texts. */
    private static void requireParts(String[] parts, int count, String form) throws Malformed {
        boolean complete = parts.length == count;
        for (int i = 0; i < parts.length; i++) {
            complete &= !parts[i].isEmpty();
            parts[i] = SharedTexts.of(parts[i]);
        }
        if (!complete) {
            throw new Malformed("the name is not of the form " + form);
        }
    }
}
