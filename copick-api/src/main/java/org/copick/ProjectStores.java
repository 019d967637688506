package org.copick;

import java.nio.file.Path;
import java.util.Optional;
import org.copick.config.ProjectConfig;
import org.copick.entity.Layer;
import org.copick.spi.StoreOpener;
import org.copick.storage.ObjectStore;
import org.copick.storage.disk.DiskCache;
import org.jspecify.annotations.Nullable;

/**
 * The means to reach the data of a project.
 *
 * @param baseFolder the folder that relative paths of the configuration start from, or null for the working folder
 * @param opener opens the stores of its roots
 * @param diskCache the cache on disk of what remote stores hold, or null without one
 */
record ProjectStores(
        @Nullable Path baseFolder,
        StoreOpener opener,
        @Nullable DiskCache diskCache) {
    /** Opens the root that a configuration gives for a layer; empty if it gives none. */
    Optional<ObjectStore> open(ProjectConfig config, Layer layer) {
        if (config.layers().isPresent()) {
            return config.layers().get().stream()
                    .filter(named -> named.name().equals(layer.name()))
                    .findFirst()
                    .map(named -> opener.open(named.root(), config.fsArgs(named)));
        }
        return switch (layer.name()) {
            case "overlay" -> config.overlayRoot().map(root -> opener.open(root, config.overlayFsArgs()));
            case "static" -> config.staticRoot().map(root -> opener.open(root, config.staticFsArgs()));
            default -> Optional.empty();
        };
    }
}
