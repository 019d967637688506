package org.copick;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.copick.config.ProjectConfig;
import org.copick.error.InvalidConfigException;
import org.copick.spi.BackendProvider;
import org.copick.storage.StorageProvider;
import org.copick.storage.StoreAddress;
import org.jspecify.annotations.Nullable;

/**
 * What {@link ServiceLoader} finds, and what to say when it does not find enough. It looks no further than to the first that
 * is wanted. Safe for use by many threads.
 */
final class Providers {
    private final ServiceLoader<StorageProvider> storage = loader(StorageProvider.class);
    private final ServiceLoader<BackendProvider> backends = loader(BackendProvider.class);

    /** All kinds of storage. */
    List<StorageProvider> storage() {
        return all(storage);
    }

    /** All kinds of backends. */
    List<BackendProvider> backends() {
        return all(backends);
    }

    StorageProvider storageFor(StoreAddress address) {
        String scheme = address.scheme();
        return first(storage, provider -> provider.schemes().contains(scheme))
                .orElseThrow(() -> nothingFor(address, scheme));
    }

    private InvalidConfigException nothingFor(StoreAddress address, String scheme) {
        TreeSet<String> known = new TreeSet<>();
        storage().forEach(provider -> known.addAll(provider.schemes()));
        known.remove("");
        String artifact = artifact(scheme.isEmpty() ? "plain" : scheme);
        return new InvalidConfigException("cannot open " + address.url() + ": "
                + (scheme.isEmpty()
                        ? "nothing installed opens plain paths"
                        : "nothing installed opens " + scheme + ":// URLs")
                + (known.isEmpty() ? "" : " (installed: " + String.join(", ", known) + ")")
                + (artifact == null
                        ? "; add the artifact of a storage provider for it"
                        : "; add " + artifact + " to the class path"));
    }

    BackendProvider backendFor(ProjectConfig config) {
        return first(backends, provider -> provider.supports(config)).orElseThrow(() -> nothingFor(config));
    }

    private InvalidConfigException nothingFor(ProjectConfig config) {
        if (config.configType().equals(ProjectConfig.FILESYSTEM)) {
            return new InvalidConfigException(
                    "cannot open a project with several roots: add " + artifact("layers") + " to the class path");
        }
        return new InvalidConfigException("cannot open a project of config_type \"" + config.configType()
                + "\": nothing installed knows it (installed: "
                + String.join(
                        ", ",
                        backends().stream().map(BackendProvider::name).sorted().toList())
                + "); projects in the copick layout have config_type \"filesystem\"");
    }

    /** The artifact that brings something, so that a message can tell; null where none is known. */
    private static @Nullable String artifact(String what) {
        Properties artifacts = new Properties();
        try (InputStream file = Providers.class.getResourceAsStream("artifacts.properties")) {
            artifacts.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return artifacts.getProperty(what);
    }

    boolean isLocal(String scheme) {
        return scheme.equals("file") || scheme.equals("local");
    }

    /** A loader caches what it has found; it may be used by one thread at a time. */
    private static <T> Optional<T> first(ServiceLoader<T> loader, Predicate<T> wanted) {
        synchronized (loader) {
            for (T provider : loader) {
                if (wanted.test(provider)) {
                    return Optional.of(provider);
                }
            }
            return Optional.empty();
        }
    }

    private static <T> List<T> all(ServiceLoader<T> loader) {
        synchronized (loader) {
            List<T> found = new ArrayList<>();
            loader.forEach(found::add);
            return List.copyOf(found);
        }
    }

    private static <T> ServiceLoader<T> loader(Class<T> service) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return ServiceLoader.load(service, context == null ? Providers.class.getClassLoader() : context);
    }
}
