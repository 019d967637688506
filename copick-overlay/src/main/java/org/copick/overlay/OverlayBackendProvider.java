package org.copick.overlay;

import java.util.List;
import java.util.Objects;
import org.copick.config.ProjectConfig;
import org.copick.layout.LayoutBackend;
import org.copick.layout.LayoutBackendProvider;
import org.copick.spi.Backend;
import org.copick.spi.BackendProvider;
import org.copick.spi.StoreOpener;
import org.copick.storage.ObjectStore;

/** Opens filesystem projects that have a read-only static root under a writable overlay root. */
public final class OverlayBackendProvider implements BackendProvider {
    /** What the read-only root of a configuration is called. */
    public static final String STATIC = "static";

    @Override
    public String name() {
        return "overlay on static root";
    }

    @Override
    public boolean supports(ProjectConfig config) {
        return config.configType().equals(ProjectConfig.FILESYSTEM)
                && config.overlayRoot() != null
                && config.staticRoot() != null;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Where both roots turn out to be the same place, however they are spelled, the project has that one writable
     * root; Python decides this by comparing the spelling (spec section 1.4).
     */
    @Override
    public Backend open(ProjectConfig config, StoreOpener stores) {
        ObjectStore overlay = stores.open(Objects.requireNonNull(config.overlayRoot()), config.overlayFsArgs());
        try {
            ObjectStore shared = stores.open(Objects.requireNonNull(config.staticRoot()), config.staticFsArgs());
            LayoutBackend writable = new LayoutBackend(overlay, LayoutBackendProvider.OVERLAY, false);
            if (shared.location().equals(overlay.location())) {
                shared.close();
                return writable;
            }
            return new OverlayBackend(List.of(writable, new LayoutBackend(shared, STATIC, true)));
        } catch (RuntimeException e) {
            overlay.close();
            throw e;
        }
    }
}
