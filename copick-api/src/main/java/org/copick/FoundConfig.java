package org.copick;

import java.nio.file.Path;
import org.copick.config.ProjectConfig;
import org.copick.storage.ObjectStore;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that was read from a file.
 *
 * @param config the configuration
 * @param folder the folder of the file, or null if it is not on this machine
 * @param file the file, to save changes to
 * @param store the store of the file; kept open, so that the project's stores can share its connections
 */
record FoundConfig(ProjectConfig config, @Nullable Path folder, ConfigFile file, ObjectStore store)
        implements AutoCloseable {
    @Override
    public void close() {
        store.close();
    }
}
