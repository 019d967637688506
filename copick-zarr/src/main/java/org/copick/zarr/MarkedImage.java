package org.copick.zarr;

import java.util.Objects;
import java.util.Optional;
import org.copick.error.ConflictException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorePlace;

/**
 * An image with a marker beside it: the image is being written, or its writer was killed. Markers are used on stores
 * that cannot exchange several objects at once. There, a replacement is staged beside the image's place, committed by
 * one conditional write of the marker, and copied to the place.
 *
 * @param isIncomplete whether there is no image to read, because a new one is incomplete
 * @param staged the prefix of a committed image that is not copied to its place yet; empty if the place holds the image
 * @param isAbandoned whether the writer is known to have ended
 */
public record MarkedImage(boolean isIncomplete, Optional<String> staged, boolean isAbandoned) {
    /**
     * Creates a description.
     *
     * @param isIncomplete whether a new image is incomplete
     * @param staged the prefix of a committed image, or empty
     * @param isAbandoned whether the writer is known to have ended
     */
    public MarkedImage {
        Objects.requireNonNull(staged, "staged");
    }

    /**
     * Reads the marker beside a place. One request.
     *
     * @param place the place of the image
     * @return the state that the marker records; empty if there is no marker
     * @throws UnsupportedFeatureException for a marker written by a later version
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
     * {@return a store that reads a committed image that is not copied to its place yet} Once the image is copied,
     * reads come from its place. Changes wait for the copy and then change the place.
     *
     * @param place the place of the image
     * @param staged the prefix returned by {@link #staged}
     * @throws ConflictException from a read if the image was replaced again
     */
    public static ObjectStore open(StorePlace place, String staged) {
        return new CommittedStore(place, staged);
    }

    /**
     * Undoes or completes a replacement whose writer is known to have ended. If it was not committed, the staged image
     * is deleted; otherwise it is copied to its place. An incomplete new image stays. Costs as many requests as the
     * {@linkplain ImageWriter replacement} would have.
     *
     * @param place the place of the image
     * @return whether there was such a replacement
     */
    public static boolean finish(StorePlace place) {
        return MarkedWrite.finish(place);
    }

    /**
     * Deletes an image and everything that writers left beside it. Waits for an active writer.
     *
     * @param place the place of the image
     */
    public static void delete(StorePlace place) {
        MarkedWrite.delete(place);
    }
}
