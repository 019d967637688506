package org.copick.zarr;

import java.util.Objects;
import java.util.Optional;
import org.copick.error.ConflictException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorePlace;

/**
 * An image beside which a mark tells that it is being written, or that a writer was killed: on stores that cannot exchange
 * several objects at once. A replaced image is staged beside its place, committed by one conditional write of the mark, and
 * copied to its place.
 *
 * @param isIncomplete whether there is no image to read: a new one is not complete
 * @param staged the prefix below which the image lies that was committed and is not copied to its place yet; empty when the
 *     place holds the image
 * @param isAbandoned whether the writer is known to have ended
 */
public record MarkedImage(boolean isIncomplete, Optional<String> staged, boolean isAbandoned) {
    public MarkedImage {
        Objects.requireNonNull(staged, "staged");
    }

    /**
     * Reads the mark beside a place; empty if there is none. One request.
     *
     * @throws UnsupportedFeatureException for the mark of a later version
     */
    public static Optional<MarkedImage> at(StorePlace place) {
        return MarkHold.read(place).map(MarkHold.Stored::mark).map(mark -> {
            String prefix = place.prefix();
            String parent = prefix.substring(0, prefix.lastIndexOf('/', prefix.length() - 2) + 1);
            return new MarkedImage(
                    mark.stage() == WritingMark.Stage.CREATING,
                    mark.stage() == WritingMark.Stage.COMMITTED
                            ? Optional.of(parent + mark.staged() + "/")
                            : Optional.empty(),
                    mark.isAbandoned());
        });
    }

    /**
     * The image that was committed and is not copied to its place yet, as a store of its own. What is read comes from the
     * place as soon as it is copied. A change waits until it is, and then changes the place.
     *
     * @param staged the prefix that {@link #staged} told
     * @throws ConflictException from a read, when the image was replaced again
     */
    public static ObjectStore open(StorePlace place, String staged) {
        return new CommittedStore(place, staged);
    }

    /**
     * Undoes or completes a replacement whose writer is known to have ended: what was not committed is deleted, what was is
     * copied to its place. An incomplete new image stays. Costs what the {@linkplain ImageWriter replacement} would have cost.
     *
     * @return whether there was such a replacement
     */
    public static boolean finish(StorePlace place) {
        return MarkedWrite.finish(place);
    }

    /** Deletes an image and all that writers left beside it. Waits for a writer that goes on. */
    public static void delete(StorePlace place) {
        MarkedWrite.delete(place);
    }
}
