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
 * The marks beside volumes that are being written, and the handles that they give. A volume that was replaced, and is not copied
 * to its place yet, has the folder in which it is staged for a handle.
 */
final class VolumeMarks {
    private final ObjectStore store;
    private final boolean readOnly;

    VolumeMarks(ObjectStore store, boolean readOnly) {
        this.store = store;
        this.readOnly = readOnly;
    }

    /** Where the volume of a handle has its place. */
    static String place(String handle) {
        String name = Keys.lastSegment(handle);
        return StagedName.image(name)
                .map(image -> handle.substring(0, handle.length() - name.length() - 1) + image + "/")
                .orElse(handle);
    }

    /**
     * The handle of the volume at a prefix; empty when it is not complete. One request, and another one if there is a mark; none
     * on a store that exchanges all below a prefix at once. A replacement whose writer was killed is completed first, if the
     * layer is writable.
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
     * The handle of the volume at a prefix beside which a listing shows a mark; empty when it is not complete. One request. What
     * a killed writer left beside a complete volume is deleted; a copy is left to whoever {@linkplain #open opens} the volume.
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

    /** The content of a volume. What a killed writer left is completed first, if the layer is writable. */
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
            return false; // what is committed can be read where it is staged
        }
    }

    /** Deletes a volume beside which there is a mark; false without one. One request then. */
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
