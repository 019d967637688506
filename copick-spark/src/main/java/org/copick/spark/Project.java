package org.copick.spark;

import java.io.Serializable;
import java.nio.file.Path;
import org.copick.CopickContext;
import org.copick.Root;
import org.copick.config.ProjectConfig;

/**
 * A project as the driver sends it to the executors: the configuration, which they then need not read.
 *
 * @param config the configuration as JSON, with credentials
 * @param baseFolder the folder that relative paths in it start from, on the driver
 */
record Project(String config, String baseFolder) implements Serializable {
    /** Opens the project. Lists nothing. */
    Root open(CopickContext context) {
        return context.open(ProjectConfig.parse(config, "sent by the driver"), Path.of(baseFolder));
    }

    /** Returns text without the configuration, which may hold credentials. */
    @Override
    public String toString() {
        return "copick project";
    }
}
