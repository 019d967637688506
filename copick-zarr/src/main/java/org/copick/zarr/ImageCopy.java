package org.copick.zarr;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.copick.error.ConflictException;
import org.copick.storage.ObjectCopy;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;

/** Copies images without decoding them, so every format, level, attribute and unknown object is kept. */
public final class ImageCopy {
    private static final Set<String> ROOT_METADATA =
            Set.of(Zarr.V3, Zarr.V2_GROUP, Zarr.V2_ATTRIBUTES, Zarr.V2_CONSOLIDATED);

    private ImageCopy() {}

    /**
     * Copies all objects one after the other, large ones piece by piece. {@link ImageWriter} describes what readers see
     * meanwhile.
     *
     * @param from a store that contains only the image
     * @param to the place of the copy; everything in it belongs to the image
     * @param condition {@link WriteCondition#ANY} to replace any existing content, or {@link WriteCondition#IF_ABSENT}
     * @throws ConflictException if the image changes during the copy; the target is then unchanged
     * @throws org.copick.error.AlreadyExistsException for {@link WriteCondition#IF_ABSENT} if the target is not empty
     */
    public static void copy(ObjectStore from, StorePlace to, WriteCondition condition) {
        List<ObjectInfo> content = new ArrayList<>();
        List<ObjectInfo> last = new ArrayList<>();
        from.forEach("", object -> (ROOT_METADATA.contains(object.key()) ? last : content).add(object));
        content.addAll(last);
        StagedWrite.at(
                to,
                condition,
                target -> content.forEach(object -> ObjectCopy.copy(from, object, target, object.key())));
    }
}
