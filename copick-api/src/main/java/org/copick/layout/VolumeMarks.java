package org.copick.layout;

import java.util.Optional;
import org.copick.error.CopickException;
import org.copick.error.OperationInterruptedException;
import org.copick.spi.Entry;
import org.copick.storage.Keys;
import org.copick.storage.ObjectStore;
import org.copick.storage.PrefixStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.StorePlace;
import org.copick.zarr.MarkedImage;
import org.copick.zarr.StagedName;

/**
 * Reads the markers beside volumes that are being written, and derives the volumes' handles.
 *
 * <p>The handle of a volume is usually its prefix. For a volume that was replaced but not yet copied to its prefix,
 * the handle is the folder in which the replacement is staged.
 */
final class VolumeMarks {
    private final ObjectStore store;
    private final boolean readOnly;

    VolumeMarks(ObjectStore store, boolean readOnly) {
        this.store = store;
        this.readOnly = readOnly;
    }

    /** Returns the prefix of the volume with a handle. */
    static String place(String handle) {
        String name = Keys.lastSegment(handle);
        return StagedName.image(name)
                .map(image -> handle.substring(0, handle.length() - name.length() - 1) + image + "/")
                .orElse(handle);
    }

    /**
     * Returns the handle of the volume at a prefix, empty if the volume is incomplete.
     *
     * <p>If the writer of a replacement was killed, the replacement is completed first, provided the layer is
     * writable. Costs one request, two if there is a marker, none on a store that exchanges everything below a prefix
     * at once.
     */
    Optional<String> handle(String prefix) {
        StorePlace place = new StorePlace(store, prefix);
        if (store.can(StoreCapability.REPLACE_PREFIX)
                || store.info(place.writingMark()).isEmpty()) {
            return Optional.of(prefix);
        }
        return handle(prefix, MarkedImage.at(place).filter(mark -> !finish(place, mark)));
    }

    /**
     * Returns the handle of a volume with a marker beside it, empty if the volume is incomplete. Costs one request.
     *
     * <p>If the volume is complete, leftovers of a killed writer are deleted. A staged replacement is not copied here
     * but when the volume is {@linkplain #open opened}.
     */
    Optional<String> markedHandle(String prefix) {
        StorePlace place = new StorePlace(store, prefix);
        return handle(prefix, MarkedImage.at(place).filter(mark -> mark.staged().isPresent() || !finish(place, mark)));
    }

    private static Optional<String> handle(String prefix, Optional<MarkedImage> mark) {
        if (mark.filter(MarkedImage::isIncomplete).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(mark.flatMap(MarkedImage::staged).orElse(prefix));
    }

    /**
     * Opens the content of a volume. If a writer was killed, its work is completed first, provided the layer is
     * writable.
     */
    ObjectStore open(Entry volume) {
        String prefix = place(volume.handle());
        if (prefix.equals(volume.handle())) {
            return new PrefixStore(store, prefix);
        }
        StorePlace place = new StorePlace(store, prefix);
        return MarkedImage.at(place)
                .filter(mark -> !finish(place, mark))
                .flatMap(MarkedImage::staged)
                .map(staged -> MarkedImage.open(place, staged))
                .orElseGet(place::scoped);
    }

    private boolean finish(StorePlace place, MarkedImage mark) {
        if (readOnly || mark.isIncomplete() || !mark.isAbandoned()) {
            return false;
        }
        try {
            return MarkedImage.finish(place);
        } catch (OperationInterruptedException e) {
            throw e;
        } catch (CopickException e) {
            return false; // a committed replacement can be read in its staging folder
        }
    }

    /** Deletes a volume that has a marker beside it; without one, returns false after at most one request. */
    boolean deleteMarked(String prefix) {
        StorePlace place = new StorePlace(store, prefix);
        boolean marked = !store.can(StoreCapability.REPLACE_PREFIX)
                && store.info(place.writingMark()).isPresent();
        if (marked) {
            MarkedImage.delete(place);
        }
        return marked;
    }
}
