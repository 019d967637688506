package org.copick.storage;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.TreeSet;
import org.copick.error.InvalidConfigException;
import org.copick.internal.services.MissingProvider;
import org.jspecify.annotations.Nullable;

/**
 * The storage providers on the class path and the module path, found by {@link ServiceLoader}. Providers are loaded one
 * by one until one matches. Safe for use by many threads.
 */
public final class StorageProviders {
    /** Loads providers on demand and caches them; a {@link ServiceLoader} is not thread-safe. */
    @GuardedBy("this") private final ServiceLoader<StorageProvider> loader;

    private final @Nullable ClassLoader searched;
    private final List<StorageProvider> preferred;

    /** Creates a search with the thread's context class loader, or with this class's loader if the thread has none. */
    public StorageProviders() {
        this(List.of());
    }

    /**
     * Creates a search that prefers other providers to installed ones for the same schemes.
     *
     * @param preferred the preferred providers, first choice first
     */
    public StorageProviders(List<StorageProvider> preferred) {
        this.preferred = List.copyOf(Objects.requireNonNull(preferred, "preferred"));
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        searched = context == null ? StorageProviders.class.getClassLoader() : context;
        loader = ServiceLoader.load(StorageProvider.class, searched);
    }

    /**
     * Opens a store by its URL: {@code StorageProviders.open("s3://bucket/folder", Map.of("anon", true))}.
     *
     * @param url a URL, or a path on the local disk
     * @param options file-system options, named as in Python's fsspec; empty for none
     * @return the open store, which the caller must close
     * @throws InvalidConfigException if no installed provider opens the scheme, or the URL or an option is invalid; the
     *     message names the artifact to add or the wrong setting
     */
    public static ObjectStore open(String url, Map<String, Object> options) {
        StoreAddress address = new StoreAddress(Objects.requireNonNull(url, "url"), options, null);
        return new StorageProviders().forAddress(address).open(address);
    }

    /** {@return all providers: the preferred ones, then the installed ones} */
    public synchronized List<StorageProvider> all() {
        List<StorageProvider> found = new ArrayList<>(preferred);
        loader.forEach(found::add);
        return List.copyOf(found);
    }

    /**
     * {@return the provider that opens an address}
     *
     * @param address the address of the store to open
     * @throws InvalidConfigException if no installed provider opens the scheme; the message names the artifact to add
     */
    public synchronized StorageProvider forAddress(StoreAddress address) {
        for (StorageProvider provider : preferred) {
            if (provider.schemes().contains(address.scheme())) {
                return provider;
            }
        }
        for (StorageProvider provider : loader) {
            if (provider.schemes().contains(address.scheme())) {
                return provider;
            }
        }
        throw nothingFor(address);
    }

    private InvalidConfigException nothingFor(StoreAddress address) {
        String scheme = address.scheme();
        TreeSet<String> known = new TreeSet<>();
        all().forEach(provider -> known.addAll(provider.schemes()));
        known.remove("");
        return new InvalidConfigException("cannot open " + address.url() + ": "
                + (scheme.isEmpty()
                        ? "nothing installed opens plain paths"
                        : "nothing installed opens " + scheme + ":// URLs")
                + (known.isEmpty() ? "" : " (installed: " + String.join(", ", known) + ")")
                + "; "
                + MissingProvider.of(StorageProviders.class, scheme.isEmpty() ? "plain" : scheme)
                        .map(missing -> missing.remedy(StorageProvider.class, searched))
                        .orElse("add the artifact of a storage provider for it"));
    }

    /** {@return the number of installed providers, as text} */
    @Override
    public String toString() {
        return all().size() + " kinds of storage";
    }
}
