package org.copick.layout;

import org.copick.config.ProjectConfig;
import org.copick.spi.Backend;
import org.copick.spi.BackendProvider;
import org.copick.spi.StoreOpener;
import org.copick.storage.ObjectStore;

/** Opens filesystem projects that have a single, writable root. */
public final class LayoutBackendProvider implements BackendProvider {
    /** The name of the layer for a configuration's writable root. */
    public static final String OVERLAY = "overlay";

    /** Creates a provider, as {@link java.util.ServiceLoader} does. */
    public LayoutBackendProvider() {}

    @Override
    public String name() {
        return "single root";
    }

    @Override
    public boolean supports(ProjectConfig config) {
        return config.configType().equals(ProjectConfig.FILESYSTEM)
                && config.overlayRoot().isPresent()
                && config.staticRoot().isEmpty()
                && config.layers().isEmpty();
    }

    @Override
    public Backend open(ProjectConfig config, StoreOpener stores) {
        String root = config.overlayRoot().orElse(null);
        if (root == null) {
            throw new IllegalArgumentException("the configuration has no overlay root");
        }
        ObjectStore store = stores.open(root, config.overlayFsArgs());
        return new LayoutBackend(
                stores.needsIndex(root) ? IndexedStore.over(store) : store,
                OVERLAY,
                false,
                stores.helpers().orElse(null));
    }
}
