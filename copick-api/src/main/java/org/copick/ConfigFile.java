package org.copick;

import java.nio.charset.StandardCharsets;
import org.copick.config.ProjectConfig;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;

/** The file that a project was opened by, as it was read last. */
final class ConfigFile {
    private final CopickContext context;
    private final String folder;
    private final String name;
    private Version version;

    ConfigFile(CopickContext context, String folder, String name, Version version) {
        this.context = context;
        this.folder = folder;
        this.name = name;
        this.version = version;
    }

    /** Replaces the file, unless somebody else has written it since. */
    synchronized void save(ProjectConfig config) {
        try (ObjectStore store = context.store(folder)) {
            boolean compares = store.can(StoreCapability.REPLACE_IF_VERSION)
                    || store.can(StoreCapability.REPLACE_IF_VERSION_COOPERATIVE);
            version = store.write(
                            name,
                            config.toJson().getBytes(StandardCharsets.UTF_8),
                            compares ? WriteCondition.ifVersion(version) : WriteCondition.ANY)
                    .version();
        }
    }
}
