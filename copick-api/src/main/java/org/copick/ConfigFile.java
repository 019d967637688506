package org.copick;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.copick.config.ProjectConfig;
import org.copick.internal.threads.InterruptibleLock;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;

/** The configuration file from which a project was opened, with the version that was last read or written. */
final class ConfigFile {
    private final CopickContext context;
    private final String folder;
    private final String name;
    private final @Nullable Path local;
    /** Serialises writes, because each write needs the version that the previous one returned. */
    private final InterruptibleLock writing = new InterruptibleLock();

    @GuardedBy("writing") private Version version;

    /** @param local the file's path, or null if it is not on this machine */
    ConfigFile(CopickContext context, String folder, String name, @Nullable Path local, Version version) {
        this.context = context;
        this.folder = folder;
        this.name = name;
        this.local = local;
        this.version = version;
    }

    /**
     * Replaces the file, unless another program has written it since it was last read or written here.
     *
     * <p>On stores that cannot compare versions, the file is replaced in any case. If the configuration holds
     * credentials, only the file's owner can read it afterwards.
     *
     * @param latest returns the configuration to write; called once it is this thread's turn, so that an older state
     *     never replaces a newer one
     * @throws org.copick.error.ConflictException if another program has written the file
     */
    void save(Supplier<ProjectConfig> latest) {
        writing.take("interrupted while another thread was writing " + name);
        try {
            write(latest.get());
        } finally {
            writing.unlock();
        }
    }

    @GuardedBy("writing") private void write(ProjectConfig config) {
        if (local != null && config.holdsSecrets()) {
            // a link is replaced by a file that inherits the permissions of its target
            PrivateFile.restrict(local);
        }
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
