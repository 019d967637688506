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

/** The file that a project was opened by, as it was read last. */
final class ConfigFile {
    private final CopickContext context;
    private final String folder;
    private final String name;
    private final @Nullable Path local;
    /** Held while the file is written, because each write replaces the version of the one before. */
    private final InterruptibleLock writing = new InterruptibleLock();

    @GuardedBy("writing") private Version version;

    /** @param local the file, if it is one of this machine */
    ConfigFile(CopickContext context, String folder, String name, @Nullable Path local, Version version) {
        this.context = context;
        this.folder = folder;
        this.name = name;
        this.local = local;
        this.version = version;
    }

    /**
     * Replaces the file, unless somebody else has written it since; one with credentials becomes its owner's alone.
     *
     * @param latest gives what to write when it is this thread's turn, so that a later state is not replaced by an earlier one
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
