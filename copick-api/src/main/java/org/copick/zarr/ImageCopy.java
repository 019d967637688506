package org.copick.zarr;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.copick.error.ConflictException;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorePlace;
import org.copick.storage.StoredObject;
import org.copick.storage.WriteCondition;

/** Copies images as they are stored: nothing is decoded, so every format, level, attribute and unknown object is kept. */
public final class ImageCopy {
    private static final Set<String> ROOT_METADATA =
            Set.of(Zarr.V3, Zarr.V2_GROUP, Zarr.V2_ATTRIBUTES, Zarr.V2_CONSOLIDATED);

    private ImageCopy() {}

    /**
     * Copies all objects, one after the other; memory for the largest of them. What others see is told in
     * {@link ImageWriter}.
     *
     * @param from the image, all of the store
     * @throws ConflictException when the image is changed meanwhile; nothing is copied then
     * @throws org.copick.error.AlreadyExistsException for {@link WriteCondition#IF_ABSENT} when anything is there
     */
    public static void copy(ObjectStore from, StorePlace to, WriteCondition condition) {
        List<ObjectInfo> content = new ArrayList<>();
        List<ObjectInfo> last = new ArrayList<>();
        from.forEach("", object -> (ROOT_METADATA.contains(object.key()) ? last : content).add(object));
        content.addAll(last);
        StagedWrite.at(
                to,
                condition,
                target -> content.forEach(object -> {
                    Optional<StoredObject> stored = from.read(object.key());
                    if (stored.isEmpty() || !stored.get().info().version().equals(object.version())) {
                        throw new ConflictException("cannot copy " + from.location() + ": " + object.key()
                                + " has changed meanwhile; try again");
                    }
                    target.write(object.key(), stored.get().bytes(), WriteCondition.ANY);
                }));
    }
}
