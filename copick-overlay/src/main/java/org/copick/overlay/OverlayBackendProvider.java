package org.copick.overlay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.copick.config.LayerConfig;
import org.copick.config.ProjectConfig;
import org.copick.error.InvalidConfigException;
import org.copick.layout.IndexedStore;
import org.copick.layout.LayoutBackend;
import org.copick.layout.LayoutBackendProvider;
import org.copick.spi.Backend;
import org.copick.spi.BackendProvider;
import org.copick.spi.StoreOpener;
import org.copick.storage.ObjectStore;
import org.jspecify.annotations.Nullable;

/**
 * Opens filesystem projects with several layers. They have either a writable overlay root above a read-only static
 * root, or any number of named layers, of which only the first may be writable.
 */
public final class OverlayBackendProvider implements BackendProvider {
    /** The layer name of a configuration's static root. */
    public static final String STATIC = "static";

    /** Creates a provider, as {@link java.util.ServiceLoader} does. */
    public OverlayBackendProvider() {}

    @Override
    public String name() {
        return "overlay on static root";
    }

    @Override
    public boolean supports(ProjectConfig config) {
        return config.configType().equals(ProjectConfig.FILESYSTEM)
                && config.overlayRoot().isPresent()
                && (config.staticRoot().isPresent() || config.layers().isPresent());
    }

    /**
     * {@inheritDoc}
     *
     * <p>If both roots are the same location, even if spelled differently, the project has a single writable root;
     * Python compares only the spelling (spec section 1.4). Named layers must have different locations.
     *
     * @throws InvalidConfigException if two named layers have the same location
     */
    @Override
    public Backend open(ProjectConfig config, StoreOpener stores) {
        return config.layers()
                .map(layers -> openLayers(config, layers, stores))
                .orElseGet(() -> openRoots(config, stores));
    }

    private static Backend openRoots(ProjectConfig config, StoreOpener stores) {
        List<ObjectStore> opened = new ArrayList<>();
        try {
            ObjectStore overlay = open(stores, config.overlayRoot().orElseThrow(), config.overlayFsArgs(), false);
            opened.add(overlay);
            ObjectStore shared =
                    open(stores, config.staticRoot().orElseThrow(), config.staticFsArgs(), config.staticIndex());
            opened.add(shared);
            @Nullable Executor helpers = stores.helpers().orElse(null);
            LayoutBackend writable = new LayoutBackend(overlay, LayoutBackendProvider.OVERLAY, false, helpers);
            if (shared.identity().equals(overlay.identity())) {
                if (config.staticIndex()) {
                    throw new InvalidConfigException("the overlay root is the static root, " + shared.location()
                            + ", and a writable root is never opened through an index; remove static_index from the"
                            + " configuration");
                }
                shared.close();
                return writable;
            }
            return new OverlayBackend(List.of(writable, new LayoutBackend(shared, STATIC, true, helpers)));
        } catch (RuntimeException e) {
            opened.forEach(ObjectStore::close);
            throw e;
        }
    }

    /** Opens the store of a root; through its index if that is asked for, or if the store cannot list its keys. */
    private static ObjectStore open(
            StoreOpener stores, String root, Map<String, @Nullable Object> arguments, boolean index) {
        ObjectStore store = stores.open(root, arguments);
        return index || stores.needsIndex(root) ? IndexedStore.over(store) : store;
    }

    private static Backend openLayers(ProjectConfig config, List<LayerConfig> layers, StoreOpener stores) {
        List<ObjectStore> opened = new ArrayList<>();
        List<Backend> backends = new ArrayList<>();
        try {
            for (LayerConfig layer : layers) {
                ObjectStore store = open(stores, layer.root(), config.fsArgs(layer), layer.staticIndex());
                for (int i = 0; i < opened.size(); i++) {
                    if (opened.get(i).identity().equals(store.identity())) {
                        store.close();
                        throw new InvalidConfigException(
                                "the layers \"" + layers.get(i).name() + "\" and \""
                                        + layer.name() + "\" have the same location, " + store.location()
                                        + "; remove one of them from the configuration");
                    }
                }
                opened.add(store);
                backends.add(new LayoutBackend(
                        store, layer.name(), layer.readOnly(), stores.helpers().orElse(null)));
            }
            return new OverlayBackend(backends);
        } catch (RuntimeException e) {
            opened.forEach(ObjectStore::close);
            throw e;
        }
    }
}
