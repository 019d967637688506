package org.copick.storage.remote;

import java.util.Optional;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectInfo;
import org.copick.storage.Version;
import org.jspecify.annotations.Nullable;

/**
 * How a service is asked for objects. Each method makes one request in the calling thread, and throws what the vendor's client
 * throws.
 *
 * @param <C> the vendor's client
 */
public interface ObjectSource<C> {
    /**
     * Asks for bytes of an object, which may be absent or changed.
     *
     * @param range or null for all
     * @param expected the only version that is wanted, or null for any
     */
    Part get(C client, String key, @Nullable ByteRange range, @Nullable Version expected) throws Exception;

    /** Asks for size and version. */
    Optional<ObjectInfo> info(C client, String key) throws Exception;
}
