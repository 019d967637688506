package org.copick;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.copick.config.DiskCacheConfig;
import org.copick.config.ProjectConfig;
import org.copick.error.InvalidConfigException;
import org.copick.storage.disk.DiskCache;
import org.jspecify.annotations.Nullable;

/** The disk caches of a context: the one set in its builder, otherwise those that configurations request. */
final class DiskCaches {
    private final @Nullable DiskCache ofBuilder;
    private final Map<Path, DiskCache> byFolder = new ConcurrentHashMap<>();

    DiskCaches(@Nullable DiskCache ofBuilder) {
        this.ofBuilder = ofBuilder;
    }

    /** Returns the disk cache that the builder sets for all projects, or null. */
    @Nullable DiskCache ofBuilder() {
        return ofBuilder;
    }

    /**
     * Returns the disk cache for a project, or null.
     *
     * @param baseFolder the folder of the configuration file, or null if it is not on the local disk
     * @param fromFile whether the configuration was read from a file
     */
    @Nullable DiskCache of(ProjectConfig config, @Nullable Path baseFolder, boolean fromFile) {
        DiskCacheConfig wanted = config.diskCache().orElse(null);
        if (ofBuilder != null || wanted == null) {
            return ofBuilder;
        }
        Path folder = folder(wanted.path(), baseFolder, fromFile);
        return byFolder.computeIfAbsent(folder, place -> DiskCache.in(place, wanted.maxBytes()));
    }

    private static Path folder(String path, @Nullable Path baseFolder, boolean fromFile) {
        try {
            Path home = Path.of(System.getProperty("user.home"));
            if (path.equals("~") || path.startsWith("~/")) {
                return home.resolve(path.substring(1).replaceFirst("^/+", "")).normalize();
            }
            Path folder = Path.of(path);
            if (path.startsWith("~")) {
                throw invalid(path, "other people's home folders are not looked up; write the path, or ./" + path);
            }
            if (!folder.isAbsolute() && baseFolder == null && fromFile) {
                throw invalid(
                        path, "the configuration is not on the local disk; write an absolute path, or one with ~");
            }
            return (baseFolder == null ? Path.of("") : baseFolder)
                    .toAbsolutePath()
                    .resolve(folder)
                    .normalize();
        } catch (InvalidPathException e) {
            throw invalid(path, e.getReason());
        }
    }

    private static InvalidConfigException invalid(String path, String problem) {
        return new InvalidConfigException("invalid configuration: disk_cache.path \"" + path + "\": " + problem);
    }
}
