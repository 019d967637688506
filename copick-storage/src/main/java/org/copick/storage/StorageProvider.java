package org.copick.storage;

import java.util.Set;

/**
 * Opens stores for certain URL schemes. Providers are found with {@link java.util.ServiceLoader} and must therefore be
 * listed in {@code META-INF/services/org.copick.storage.StorageProvider}, or in their module's {@code provides} on the
 * module path.
 *
 * <p>A provider has a constructor without arguments, holds no connections, and is safe for use by several threads.
 */
public interface StorageProvider {
    /** {@return a short name for lists of installed providers, such as {@code local disk}} */
    String name();

    /** {@return the URL schemes this provider opens, in lower case, without colon; an empty text is a bare path} */
    Set<String> schemes();

    /**
     * Opens the store at an address. Opening costs no request if the storage allows that. A root that does not exist is
     * not an error: it is empty, and the first write creates it.
     *
     * <p>The {@linkplain ObjectStore#location location} of an opened store opens the same place again, with the same
     * options. A location followed by {@code /} and a name opens the store of all keys below that name.
     *
     * @param address the URL or path and the options of the store; its scheme is one of {@link #schemes}
     * @return the open store, which the caller must close
     * @throws org.copick.error.InvalidConfigException if the URL or an option is invalid; the message names it
     */
    ObjectStore open(StoreAddress address);

    /**
     * {@return whether the stores are accessed through a network; false by default} If true, a configured
     * {@link org.copick.storage.disk.DiskCache} is used for them. A key must then never get the same version for
     * different contents, even after restarts, and a location must always denote the same place.
     */
    default boolean isRemote() {
        return false;
    }

    /**
     * {@return whether the stores cannot list their keys; false by default} If true, roots in them are opened through
     * their index, the object {@code copick-index.json.gz}, and a root without one cannot be listed.
     */
    default boolean needsIndex() {
        return false;
    }
}
