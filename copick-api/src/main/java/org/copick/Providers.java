package org.copick;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.copick.config.ProjectConfig;
import org.copick.error.InvalidConfigException;
import org.copick.internal.services.MissingProvider;
import org.copick.spi.BackendProvider;
import org.copick.storage.StorageProvider;
import org.copick.storage.StorageProviders;
import org.jspecify.annotations.Nullable;

/** The installed storage and backend providers, and the errors to throw if none of them fits. Thread-safe. */
final class Providers {
    private final StorageProviders storage;

    /** The loader of backend providers. It caches what it has found and is not thread-safe. */
    @GuardedBy("this") private final ServiceLoader<BackendProvider> backends;

    private final @Nullable ClassLoader searched;

    Providers(List<StorageProvider> preferred) {
        storage = new StorageProviders(preferred);
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        searched = context == null ? Providers.class.getClassLoader() : context;
        backends = ServiceLoader.load(BackendProvider.class, searched);
    }

    /** Returns the storage providers. */
    StorageProviders storage() {
        return storage;
    }

    /** Returns all backend providers. */
    synchronized List<BackendProvider> backends() {
        List<BackendProvider> found = new ArrayList<>();
        backends.forEach(found::add);
        return List.copyOf(found);
    }

    synchronized BackendProvider backendFor(ProjectConfig config) {
        for (BackendProvider provider : backends) {
            if (provider.supports(config)) {
                return provider;
            }
        }
        throw nothingFor(config);
    }

    private InvalidConfigException nothingFor(ProjectConfig config) {
        if (config.configType().equals(ProjectConfig.FILESYSTEM)) {
            boolean several = config.staticRoot().isPresent() || config.layers().isPresent();
            return new InvalidConfigException("cannot open a project with "
                    + (several ? "several roots" : "a single root")
                    + ": "
                    + MissingProvider.of(Providers.class, several ? "layers" : "single")
                            .orElseThrow()
                            .remedy(BackendProvider.class, searched));
        }
        return new InvalidConfigException("cannot open a project of config_type \"" + config.configType()
                + "\": no installed backend supports it (installed: "
                + String.join(
                        ", ",
                        backends().stream().map(BackendProvider::name).sorted().toList())
                + "); projects in the copick layout have config_type \"filesystem\"");
    }

    boolean isLocal(String scheme) {
        return scheme.equals("file") || scheme.equals("local");
    }
}
