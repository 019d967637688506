package org.copick;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;
import org.copick.config.ProjectConfig;
import org.copick.error.InvalidConfigException;
import org.copick.spi.BackendProvider;
import org.copick.storage.StorageProvider;
import org.copick.storage.StoreAddress;

/**
 * What {@link ServiceLoader} finds, and what to say when it does not find enough.
 *
 * @param storage the kinds of storage
 * @param backends the kinds of backends
 */
record Providers(List<StorageProvider> storage, List<BackendProvider> backends) {
    /** Which artifact brings what, so that a message can tell. */
    private static final Map<String, String> ARTIFACTS = Map.of(
            "", "org.copick:copick-fs",
            "file", "org.copick:copick-fs",
            "local", "org.copick:copick-fs",
            "s3", "org.copick:copick-s3",
            "gs", "org.copick:copick-gcs",
            "gcs", "org.copick:copick-gcs",
            "memory", "org.copick:copick-tests");

    static Providers installed() {
        return new Providers(all(StorageProvider.class), all(BackendProvider.class));
    }

    StorageProvider storageFor(StoreAddress address) {
        String scheme = address.scheme();
        for (StorageProvider provider : storage) {
            if (provider.schemes().contains(scheme)) {
                return provider;
            }
        }
        TreeSet<String> known = new TreeSet<>();
        storage.forEach(provider -> known.addAll(provider.schemes()));
        known.remove("");
        String artifact = ARTIFACTS.get(scheme);
        throw new InvalidConfigException("cannot open " + address.url() + ": "
                + (scheme.isEmpty()
                        ? "nothing installed opens plain paths"
                        : "nothing installed opens " + scheme + ":// URLs")
                + (known.isEmpty() ? "" : " (installed: " + String.join(", ", known) + ")")
                + (artifact == null
                        ? "; add the artifact of a storage provider for it"
                        : "; add " + artifact + " to the class path"));
    }

    BackendProvider backendFor(ProjectConfig config) {
        for (BackendProvider provider : backends) {
            if (provider.supports(config)) {
                return provider;
            }
        }
        if (config.configType().equals(ProjectConfig.FILESYSTEM)) {
            throw new InvalidConfigException(
                    "cannot open a project with several roots: " + "add org.copick:copick-overlay to the class path");
        }
        throw new InvalidConfigException("cannot open a project of config_type \"" + config.configType()
                + "\": nothing installed knows it (installed: "
                + String.join(
                        ", ",
                        backends.stream().map(BackendProvider::name).sorted().toList())
                + "); projects in the copick layout have config_type \"filesystem\"");
    }

    boolean isLocal(String scheme) {
        return scheme.equals("file") || scheme.equals("local");
    }

    private static <T> List<T> all(Class<T> service) {
        List<T> found = new ArrayList<>();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ServiceLoader.load(service, context == null ? Providers.class.getClassLoader() : context)
                .forEach(found::add);
        return List.copyOf(found);
    }
}
