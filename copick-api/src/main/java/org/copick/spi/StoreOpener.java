package org.copick.spi;

import java.util.Map;
import org.copick.storage.ObjectStore;
import org.jspecify.annotations.Nullable;

/** Opens a store by URL with whatever provider is installed for its scheme. */
@FunctionalInterface
public interface StoreOpener {
    /**
     * Opens the store that a root of a configuration means.
     *
     * @param url the root's URL or path; relative paths start from the configuration file's folder
     * @param options the root's file-system arguments
     * @throws org.copick.error.InvalidConfigException for an unknown scheme, listing those that are installed
     */
    ObjectStore open(String url, Map<String, @Nullable Object> options);
}
