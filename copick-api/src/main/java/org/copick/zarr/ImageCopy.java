package org.copick.zarr;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.copick.error.ConflictException;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.ObjectWriter;
import org.copick.storage.StorePlace;
import org.copick.storage.StoredObject;
import org.copick.storage.WriteCondition;

/** Copies images as they are stored: nothing is decoded, so every format, level, attribute and unknown object is kept. */
public final class ImageCopy {
    private static final Set<String> ROOT_METADATA =
            Set.of(Zarr.V3, Zarr.V2_GROUP, Zarr.V2_ATTRIBUTES, Zarr.V2_CONSOLIDATED);

    /** Larger objects are copied piece by piece, where the heap cannot hold many of them. */
    private static final long MOST_AT_ONCE =
            Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 16);

    private static final int PIECE = 16 << 20;

    private final ObjectStore from;
    private final ObjectStore to;

    private ImageCopy(ObjectStore from, ObjectStore to) {
        this.from = from;
        this.to = to;
    }

    /**
     * Copies all objects, one after the other, large ones piece by piece. {@link ImageWriter} describes what others see.
     *
     * @param from the image, all of the store
     * @throws ConflictException when the image changes meanwhile; nothing is copied then
     * @throws org.copick.error.AlreadyExistsException for {@link WriteCondition#IF_ABSENT} when anything is there
     */
    public static void copy(ObjectStore from, StorePlace to, WriteCondition condition) {
        List<ObjectInfo> content = new ArrayList<>();
        List<ObjectInfo> last = new ArrayList<>();
        from.forEach("", object -> (ROOT_METADATA.contains(object.key()) ? last : content).add(object));
        content.addAll(last);
        StagedWrite.at(to, condition, target -> content.forEach(new ImageCopy(from, target)::copy));
    }

    private void copy(ObjectInfo object) {
        if (object.size() > MOST_AT_ONCE) {
            copyPieces(object);
            return;
        }
        Optional<StoredObject> stored = from.read(object.key());
        if (stored.isEmpty() || !stored.get().info().version().equals(object.version())) {
            throw changed(object);
        }
        to.write(object.key(), stored.get().bytes(), WriteCondition.ANY);
    }

    private void copyPieces(ObjectInfo object) {
        try (ObjectWriter writer = to.writer(object.key(), WriteCondition.ANY)) {
            for (long at = 0; at < object.size(); at += PIECE) {
                ByteRange range = ByteRange.of(at, Math.min(PIECE, object.size() - at));
                byte[] piece = from.readRanges(object.key(), List.of(range), object.version())
                        .orElseThrow(() -> changed(object))
                        .parts()
                        .get(0);
                if (piece.length != range.length()) {
                    throw changed(object);
                }
                writer.append(piece);
            }
            writer.complete();
        }
    }

    private ConflictException changed(ObjectInfo object) {
        return new ConflictException(
                "cannot copy " + from.location() + ": " + object.key() + " has changed meanwhile; try again");
    }
}
