package org.copick.storage;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.copick.error.ConflictException;

/** Copies an object through this process. The memory needed is bounded, whatever the object's size. */
public final class ObjectCopy {
    /**
     * Size in bytes above which objects are copied piece by piece; smaller on small heaps, which hold few such objects.
     */
    private static final long MOST_AT_ONCE =
            Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 16);

    private static final int PIECE = 16 << 20;

    private ObjectCopy() {}

    /**
     * Copies one version of an object and replaces the target.
     *
     * @param from the store to read from
     * @param object the object to copy, with its expected version
     * @param to the store to write to, possibly the one that is read
     * @param target the key of the copy
     * @throws ConflictException if the object no longer exists or no longer has that version; nothing is written
     */
    public static void copy(ObjectStore from, ObjectInfo object, ObjectStore to, String target) {
        Objects.requireNonNull(from, "from");
        if (object.size() > MOST_AT_ONCE) {
            copyPieces(from, object, to, target);
            return;
        }
        Optional<StoredObject> stored = from.read(object.key());
        if (stored.isEmpty() || !stored.get().info().version().equals(object.version())) {
            throw changed(from, object);
        }
        to.write(target, stored.get().bytes(), WriteCondition.ANY);
    }

    private static void copyPieces(ObjectStore from, ObjectInfo object, ObjectStore to, String target) {
        try (ObjectWriter writer = to.writer(target, WriteCondition.ANY)) {
            for (long at = 0; at < object.size(); at += PIECE) {
                ByteRange range = ByteRange.of(at, Math.min(PIECE, object.size() - at));
                byte[] piece = from.readRanges(object.key(), List.of(range), object.version())
                        .orElseThrow(() -> changed(from, object))
                        .parts()
                        .get(0);
                if (piece.length != range.length()) {
                    throw changed(from, object);
                }
                writer.append(piece);
            }
            writer.complete();
        }
    }

    private static ConflictException changed(ObjectStore from, ObjectInfo object) {
        return new ConflictException(
                "cannot copy " + from.location() + ": " + object.key() + " has changed meanwhile; try again");
    }
}
