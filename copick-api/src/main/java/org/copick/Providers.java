package org.copick;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import org.copick.config.ProjectConfig;
import org.copick.error.InvalidConfigException;
import org.copick.spi.BackendProvider;
import org.copick.storage.StorageProviders;

/** The installed storage and backend providers, and the errors to throw if none of them fits. Thread-safe. */
final class Providers {
    private final StorageProviders storage = new StorageProviders();

    /** The loader of backend providers. It caches what it has found and is not thread-safe. */
    @GuardedBy("this") private final ServiceLoader<BackendProvider> backends;

    Providers() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        backends =
                ServiceLoader.load(BackendProvider.class, context == null ? Providers.class.getClassLoader() : context);
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
            return new InvalidConfigException(
                    "cannot open a project with several roots: add " + artifactOfLayers() + " to the class path");
        }
        return new InvalidConfigException("cannot open a project of config_type \"" + config.configType()
                + "\": no installed backend supports it (installed: "
                + String.join(
                        ", ",
                        backends().stream().map(BackendProvider::name).sorted().toList())
                + "); projects in the copick layout have config_type \"filesystem\"");
    }

    private static String artifactOfLayers() {
        Properties artifacts = new Properties();
        try (InputStream file = Providers.class.getResourceAsStream("artifacts.properties")) {
            artifacts.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return artifacts.getProperty("layers");
    }

    boolean isLocal(String scheme) {
        return scheme.equals("file") || scheme.equals("local");
    }
}
