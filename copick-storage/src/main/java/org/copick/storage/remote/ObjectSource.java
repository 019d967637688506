package org.copick.storage.remote;

import java.util.Optional;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectInfo;
import org.copick.storage.Version;
import org.jspecify.annotations.Nullable;

/**
 * Sends a service's requests to read objects. Each method sends one request in the calling thread, and throws the
 * exceptions of the vendor's client.
 *
 * @param <C> the vendor's client
 */
public interface ObjectSource<C> {
    /**
     * Requests an object's content.
     *
     * @param client the client to send the request with
     * @param key the object's key, which is valid
     * @param range the range to read, or null for the whole object
     * @param expected the required version, or null for any version
     * @return the content, or {@link Part#ABSENT} or {@link Part#CHANGED}
     * @throws Exception if the request fails
     */
    Part get(C client, String key, @Nullable ByteRange range, @Nullable Version expected) throws Exception;

    /**
     * Requests an object's size and version.
     *
     * @param client the client to send the request with
     * @param key the object's key, which is valid
     * @return the object's key, size and version; empty if the object does not exist
     * @throws Exception if the request fails
     */
    Optional<ObjectInfo> info(C client, String key) throws Exception;
}
