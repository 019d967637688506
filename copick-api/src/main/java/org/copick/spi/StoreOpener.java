package org.copick.spi;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.copick.storage.ObjectStore;
import org.jspecify.annotations.Nullable;

/** Opens a store by URL, using the provider that is installed for the URL's scheme. */
@FunctionalInterface
public interface StoreOpener {
    /**
     * Opens the store of a configuration's root.
     *
     * @param url the root's URL or path; relative paths are resolved against the configuration file's folder
     * @param options the root's file-system arguments
     * @return the open store, which the caller closes
     * @throws org.copick.error.InvalidConfigException if the scheme is unknown; the message lists the installed
     *     schemes
     */
    ObjectStore open(String url, Map<String, @Nullable Object> options);

    /**
     * {@return whether the store of a root cannot list its keys, so that the root must be opened through its index}
     *
     * @param url the root's URL or path
     */
    default boolean needsIndex(String url) {
        return false;
    }

    /**
     * {@return threads that make requests beside the calling one; empty to make one request after the other}
     *
     * <p>A context gives those that wait for stores. The executor may run its tasks late or not at all.
     */
    default Optional<Executor> helpers() {
        return Optional.empty();
    }
}
