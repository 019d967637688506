package org.copick.zarr;

import java.util.Optional;
import org.copick.storage.Keys;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;

/** An image whose group metadata are missing: they were never written, or not copied with the image. */
public final class PartialImage {
    private PartialImage() {}

    /**
     * Describes the problem of an image without group metadata. Costs one listing of one key, and up to one request
     * more if it finds one.
     *
     * @param store a store that contains only the image
     * @return a message that names one of its objects and the missing file; empty if it has no objects
     */
    public static Optional<String> problem(ObjectStore store) {
        return store.list("", null, 1).objects().stream()
                .map(ObjectInfo::key)
                .map(key -> store.location() + " has " + key + ", but no " + missing(store, key)
                        + "; it was copied in part: copy the rest, or delete it")
                .findFirst();
    }

    private static String missing(ObjectStore store, String key) {
        if (Keys.lastSegment(key).startsWith(".z")) {
            return Zarr.V2_GROUP;
        }
        int slash = key.indexOf('/');
        boolean newer =
                slash > 0 && store.info(key.substring(0, slash + 1) + Zarr.V3).isPresent();
        return newer ? Zarr.V3 : Zarr.V2_GROUP + " or " + Zarr.V3;
    }
}
