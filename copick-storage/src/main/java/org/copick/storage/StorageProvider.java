package org.copick.storage;

import java.util.Set;

/**
 * Opens stores for the URL schemes it knows; found with {@link java.util.ServiceLoader}, so listed in
 * {@code META-INF/services/org.copick.storage.StorageProvider}.
 *
 * <p>A provider is created without arguments, holds no connections, and is safe for use by several threads.
 */
public interface StorageProvider {
    /** A short name for lists of what is installed, such as {@code local disk}. */
    String name();

    /** The URL schemes this provider opens, in lower case and without colon. Empty text stands for a bare path. */
    Set<String> schemes();

    /**
     * Opens the store that a root URL means. Opening costs no request where the storage allows it, and a root that does
     * not exist is not an error: it is empty, and comes to be with the first write.
     *
     * @throws org.copick.error.InvalidConfigException for a URL or an option that cannot be honoured, naming it
     */
    ObjectStore open(StoreAddress address);

    /**
     * Whether the stores lie behind a network, so that a user's {@linkplain org.copick.storage.disk.DiskCache disk cache} is
     * put before them. Their versions must never come twice for different contents of one key, whatever is restarted, and
     * a location must mean the same place tomorrow.
     */
    default boolean isRemote() {
        return false;
    }
}
