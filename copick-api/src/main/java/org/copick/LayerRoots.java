package org.copick;

import java.util.Optional;
import org.copick.config.ProjectConfig;
import org.copick.entity.Layer;
import org.copick.spi.StoreOpener;
import org.copick.storage.ObjectStore;

/** Opens the roots that a configuration gives for layers. */
final class LayerRoots {
    private LayerRoots() {}

    static Optional<ObjectStore> open(ProjectConfig config, Layer layer, StoreOpener stores) {
        if (config.layers().isPresent()) {
            return config.layers().get().stream()
                    .filter(named -> named.name().equals(layer.name()))
                    .findFirst()
                    .map(named -> stores.open(named.root(), config.fsArgs(named)));
        }
        return switch (layer.name()) {
            case "overlay" -> config.overlayRoot().map(root -> stores.open(root, config.overlayFsArgs()));
            case "static" -> config.staticRoot().map(root -> stores.open(root, config.staticFsArgs()));
            default -> Optional.empty();
        };
    }
}
