package org.copick;

import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import org.copick.config.ProjectConfig;
import org.jspecify.annotations.Nullable;

/**
 * Opens copick projects.
 *
 * <p>These methods share one {@link CopickContext} for the whole process, including its cache of decoded chunks. A
 * program that needs its own limits creates its own context.
 */
public final class Copick {
    private Copick() {}

    /**
     * Opens the project of a configuration file on the local disk. See {@link CopickContext#open(String)}.
     *
     * @param config the path of the configuration file
     * @return the open project, which the caller closes
     */
    public static Root open(Path config) {
        Objects.requireNonNull(config, "config");
        return CopickContext.shared().open(config.toString());
    }

    /**
     * Opens the project of a configuration file. See {@link CopickContext#open(String)}.
     *
     * @param config a path, or a URL with an installed scheme
     * @return the open project, which the caller closes
     */
    public static Root open(String config) {
        return CopickContext.shared().open(config);
    }

    /**
     * Creates the configuration file of a new project and opens it. See {@link CopickContext#create}.
     *
     * @param file the path of the new configuration file
     * @param config sets the configuration
     * @return the open project, which the caller closes
     */
    public static Root create(Path file, Consumer<ProjectConfig.Builder> config) {
        return CopickContext.shared().create(file.toString(), config);
    }

    /**
     * Opens the project that a configuration describes. See {@link CopickContext#open(ProjectConfig)}.
     *
     * @param config the configuration; relative paths in it start from the working folder
     * @return the open project, which the caller closes
     */
    public static Root open(ProjectConfig config) {
        return CopickContext.shared().open(config);
    }

    /**
     * Opens the project that a configuration describes. See {@link CopickContext#open(ProjectConfig, Path)}.
     *
     * @param config the configuration
     * @param baseFolder the folder that relative paths in the configuration start from, or null for the working folder
     * @return the open project, which the caller closes
     */
    public static Root open(ProjectConfig config, @Nullable Path baseFolder) {
        return CopickContext.shared().open(config, baseFolder);
    }
}
