package org.copick;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.copick.cache.ChunkCache;
import org.copick.config.ProjectConfig;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ClosedException;
import org.copick.error.InvalidConfigException;
import org.copick.error.NotFoundException;
import org.copick.spi.Backend;
import org.copick.spi.BackendProvider;
import org.copick.spi.StoreOpener;
import org.copick.storage.Freshness;
import org.copick.storage.ObjectStore;
import org.copick.storage.ObservedStore;
import org.copick.storage.StorageProvider;
import org.copick.storage.StoreAddress;
import org.copick.storage.StoreListener;
import org.copick.storage.WriteCondition;
import org.copick.storage.disk.DiskCache;
import org.copick.zarr.Workers;
import org.copick.zarr.Zarr;
import org.jspecify.annotations.Nullable;

/**
 * The resources that open projects share: a cache, threads, installed providers and a store listener.
 *
 * <p>The cache holds decoded chunks; the threads fetch and decode them. Thread-safe.
 */
public final class CopickContext implements AutoCloseable {
    private final Providers providers;
    private final ConfigFiles configFiles;
    private final Set<Root> open = ConcurrentHashMap.newKeySet();
    private final ChunkCache cache;
    private final ReadThreads threads;
    private final Zarr zarr;
    private final @Nullable StoreListener listener;
    private final DiskCaches diskCaches;
    private final Duration prefetchedAge;
    private final Duration keptAge;
    private volatile boolean closed;

    private CopickContext(Builder builder) {
        this.providers = new Providers(builder.storage);
        this.configFiles = new ConfigFiles(this, providers);
        this.cache = builder.cacheBytes == null ? ChunkCache.ofDefaultSize() : ChunkCache.ofBytes(builder.cacheBytes);
        this.threads = new ReadThreads(builder.fetching, builder.decoding);
        this.zarr = new Zarr(cache, threads.workers());
        this.listener = builder.listener;
        this.diskCaches = new DiskCaches(builder.diskCache());
        this.prefetchedAge = builder.prefetchedAge;
        this.keptAge = builder.keptAge;
    }

    /** {@return a builder for a context with its own cache and limits} */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the context behind {@link Copick}, which is never closed. */
    static CopickContext shared() {
        return Shared.CONTEXT;
    }

    /**
     * Opens the project of a configuration file. Costs one read and lists nothing.
     *
     * @param config a path, or a URL with an installed scheme
     * @return the open project; closing this context closes it too
     * @throws NotFoundException if there is no such file
     * @throws InvalidConfigException if the file is not a valid configuration, or no installed backend can open its
     *     project
     */
    public Root open(String config) {
        return open(config, null);
    }

    /**
     * Opens the project of a configuration file with a changed configuration. Costs one read and lists nothing.
     *
     * <p>A change may add credentials that the file lacks.
     *
     * <p>The file is not changed, and {@link Root#save} does not write to it.
     *
     * @param config a path, or a URL with an installed scheme
     * @param change returns the configuration to open, given that of the file
     * @return the open project; closing this context closes it too
     * @throws NotFoundException if there is no such file
     * @throws InvalidConfigException if the file is not a valid configuration, or no installed backend can open the
     *     changed project
     */
    public Root openChanged(String config, UnaryOperator<ProjectConfig> change) {
        return open(config, Objects.requireNonNull(change, "change"));
    }

    private Root open(String config, @Nullable UnaryOperator<ProjectConfig> change) {
        requireOpen();
        try (FoundConfig found = configFiles.read(config)) {
            return change == null
                    ? open(found.config(), found.folder(), found.file())
                    : open(change.apply(found.config()), found.folder(), null);
        }
    }

    /**
     * Creates the configuration file of a new project and opens the project. Writes nothing else.
     *
     * <p>Example: {@code context.create("copick.json", config ->
     * config.overlay("annotations").object(ObjectDefinition.particle("ribosome").radius(150)))}.
     *
     * @param file a path, or a URL with an installed scheme
     * @param config sets the configuration
     * @return the open project; closing this context closes it too
     * @throws AlreadyExistsException if the file exists already
     * @throws InvalidConfigException if the configuration is invalid or no installed backend can open its project; no
     *     file is written then
     */
    public Root create(String file, Consumer<ProjectConfig.Builder> config) {
        ProjectConfig.Builder builder = ProjectConfig.builder();
        config.accept(builder);
        ProjectConfig built = builder.build();
        // open it first, so that no file is left behind for a project that cannot be opened
        open(built, configFiles.folderOf(file)).close();
        configFiles.write(built, file, WriteCondition.IF_ABSENT);
        return open(file);
    }

    /**
     * Opens the project that a configuration describes. See {@link #open(ProjectConfig, Path)}.
     *
     * @param config the configuration; relative paths in it start from the working folder
     * @return the open project; closing this context closes it too
     */
    public Root open(ProjectConfig config) {
        return open(config, null);
    }

    /**
     * Opens the project that a configuration describes. Lists nothing; missing root folders count as empty.
     *
     * @param config the configuration
     * @param baseFolder the folder that relative paths in the configuration start from, or null for the working folder
     * @return the open project; closing this context closes it too
     * @throws InvalidConfigException if no installed backend can open the project; the message says what to install
     */
    public Root open(ProjectConfig config, @Nullable Path baseFolder) {
        return open(config, baseFolder, null);
    }

    private Root open(ProjectConfig config, @Nullable Path baseFolder, @Nullable ConfigFile file) {
        requireOpen();
        BackendProvider provider = providers.backendFor(config);
        DiskCache diskCache = diskCaches.of(config, baseFolder, file != null);
        StoreOpener opener = new Opener(baseFolder, diskCache);
        Root root = new Root(
                this, config, file, provider.open(config, opener), new ProjectStores(baseFolder, opener, diskCache));
        open.add(root);
        if (closed) { // after the check above, so that close() may have missed this project
            root.close();
            requireOpen();
        }
        return root;
    }

    /** Opens the stores of a project's roots. */
    private final class Opener implements StoreOpener {
        private final @Nullable Path baseFolder;
        private final @Nullable DiskCache diskCache;

        Opener(@Nullable Path baseFolder, @Nullable DiskCache diskCache) {
            this.baseFolder = baseFolder;
            this.diskCache = diskCache;
        }

        @Override
        public ObjectStore open(String url, Map<String, @Nullable Object> options) {
            return store(url, options, baseFolder, diskCache);
        }

        @Override
        public Optional<Executor> helpers() {
            return Optional.of(threads.fetching());
        }

        @Override
        public boolean needsIndex(String url) {
            return providers
                    .storage()
                    .forAddress(new StoreAddress(url, Map.of(), baseFolder))
                    .needsIndex();
        }
    }

    /**
     * Opens a store by URL, for reading and writing keys directly.
     *
     * @param url a path, or a URL with an installed scheme; relative paths start from the working folder
     * @return the open store, which the caller closes
     * @throws InvalidConfigException if no installed provider knows the scheme
     */
    public ObjectStore store(String url) {
        return store(url, Map.of(), null);
    }

    /** {@return a Zarr reader and writer that uses this context's cache and threads} */
    public Zarr zarr() {
        return zarr;
    }

    /** {@return the cache of decoded chunks, for its statistics} */
    public ChunkCache cache() {
        return cache;
    }

    /** {@return the storage providers: those of the builder, then the installed ones} */
    public List<StorageProvider> storageProviders() {
        return providers.storage().all();
    }

    /** {@return the installed backend providers} */
    public List<BackendProvider> backendProviders() {
        return providers.backends();
    }

    /**
     * Closes every project that is still open in this context; idempotent.
     *
     * <p>Later reads from these projects fail. The context's own threads end by themselves.
     */
    @Override
    public void close() {
        closed = true;
        open.forEach(Root::close);
        threads.close();
    }

    void closed(Root root) {
        open.remove(root);
    }

    private ObjectStore store(String url, Map<String, @Nullable Object> options, @Nullable Path baseFolder) {
        return store(url, options, baseFolder, diskCaches.ofBuilder());
    }

    private ObjectStore store(
            String url,
            Map<String, @Nullable Object> options,
            @Nullable Path baseFolder,
            @Nullable DiskCache diskCache) {
        requireOpen();
        StoreAddress address;
        try {
            address = new StoreAddress(url, given(options), baseFolder);
            StorageProvider provider = providers.storage().forAddress(address);
            ObjectStore store = provider.open(address);
            ObjectStore observed = listener == null ? store : new ObservedStore(store, listener);
            return diskCache == null || !provider.isRemote() ? observed : diskCache.over(observed);
        } catch (InvalidPathException e) {
            throw new InvalidConfigException("\"" + url + "\" is not a valid path: " + e.getReason(), e);
        }
    }

    Epochs epochs(Backend backend) {
        return new Epochs(backend, prefetchedAge, keptAge);
    }

    ConfigFiles configFiles() {
        return configFiles;
    }

    Workers workers() {
        return threads.workers();
    }

    private void requireOpen() {
        if (closed) {
            throw new ClosedException("this copick context is closed; create a new one");
        }
    }

    /** Returns the options without null values, which mean that an option is not set. */
    private static Map<String, Object> given(Map<String, @Nullable Object> options) {
        Map<String, Object> values = new HashMap<>();
        options.forEach((name, value) -> {
            if (value != null) {
                values.put(name, value);
            }
        });
        return values;
    }

    /** A builder of contexts. */
    public static final class Builder {
        private final List<StorageProvider> storage = new ArrayList<>();
        private @Nullable Long cacheBytes;
        private @Nullable StoreListener listener;
        private @Nullable Executor fetching;
        private @Nullable Executor decoding;
        private @Nullable Path diskCacheFolder;
        private long diskCacheBytes;
        private Duration prefetchedAge = Duration.ofSeconds(30);
        private Duration keptAge = Freshness.FOREVER;

        private Builder() {}

        /**
         * Sets the maximum size of the cache of decoded chunks. The default is a fraction of the heap; see {@link
         * ChunkCache}.
         *
         * @param bytes maximum size in bytes; 0 caches nothing
         * @return this builder
         */
        public Builder cacheBytes(long bytes) {
            this.cacheBytes = bytes;
            return this;
        }

        /**
         * Sets a listener that is notified of every store operation. Reads served from the disk cache are not reported.
         *
         * @param storeListener the listener, which may be called by several threads at once
         * @return this builder
         */
        public Builder listener(StoreListener storeListener) {
            this.listener = storeListener;
            return this;
        }

        /**
         * Sets the threads to use instead of the context's own.
         *
         * <p>By default a context has 16 threads for fetching and one per processor for decoding. The context never
         * shuts these executors down. Do not shut them down during a read, which would then wait
         * forever for the dropped tasks.
         *
         * @param toFetch runs tasks that wait for stores
         * @param toDecode runs tasks that encode, decode and copy, and that read local files while doing so; must not
         *     share threads with {@code toFetch}
         * @return this builder
         */
        public Builder executors(Executor toFetch, Executor toDecode) {
            this.fetching = toFetch;
            this.decoding = toDecode;
            return this;
        }

        /**
         * Sets the maximum age of cached listings, lookups, volume metadata and the chunks read through them.
         *
         * <p>Changes by other programs can go unnoticed for this long. By default, entities keep what they have listed
         * and opened until they are refreshed, and prefetched listings may be up to 30 s old.
         *
         * <p>Picks and filaments are kept until they are refreshed in any case, because replacing one requires that no
         * other program has written it since it was read. A {@link Volume} or {@link Level} that the caller holds also
         * keeps what it has read.
         *
         * @param age the maximum age; zero reads from the store every time
         * @return this builder
         * @throws IllegalArgumentException if the age is negative
         */
        public Builder maxAge(Duration age) {
            if (age.isNegative()) {
                throw new IllegalArgumentException("the maximum age must not be negative: " + age);
            }
            this.prefetchedAge = age;
            this.keptAge = age;
            return this;
        }

        /**
         * Caches data read from remote stores on the local disk. By default nothing is cached on disk.
         *
         * <p>This cache replaces those that configurations request. Stores on this machine are not cached. See {@link
         * DiskCache}.
         *
         * @param folder the folder of the cache; created if it is missing
         * @param maxBytes the maximum size of all cached files in bytes, at least 1
         * @return this builder
         */
        public Builder diskCache(Path folder, long maxBytes) {
            this.diskCacheFolder = folder;
            this.diskCacheBytes = maxBytes;
            return this;
        }

        /**
         * Prefers a storage provider to the installed ones, such as one that uses a client of the application. May be
         * called several times; among providers for the same scheme the first one is used.
         *
         * @param provider opens the URLs of its schemes, for every project of the context
         * @return this builder
         */
        public Builder storage(StorageProvider provider) {
            storage.add(Objects.requireNonNull(provider, "provider"));
            return this;
        }

        private @Nullable DiskCache diskCache() {
            return diskCacheFolder == null ? null : DiskCache.in(diskCacheFolder, diskCacheBytes);
        }

        /**
         * Builds the context.
         *
         * @return the new context, which the caller closes
         * @throws InvalidConfigException if the disk cache cannot be used
         */
        public CopickContext build() {
            return new CopickContext(this);
        }
    }

    private static final class Shared {
        static final CopickContext CONTEXT = builder().build();
    }

    @Override
    public String toString() {
        return "context with " + open.size() + " open projects" + (closed ? ", closed" : "");
    }
}
