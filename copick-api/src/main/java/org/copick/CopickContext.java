package org.copick;

import java.io.File;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.copick.cache.ChunkCache;
import org.copick.config.ProjectConfig;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ClosedException;
import org.copick.error.InvalidConfigException;
import org.copick.error.InvalidNameException;
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
 * The resources that open projects share: the cache of decoded chunks, the threads that fetch and decode, the installed providers, and
 * a listener for store operations.
 * Safe for use by many threads.
 */
public final class CopickContext implements AutoCloseable {
    private final Providers providers = new Providers();
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
        this.cache = builder.cacheBytes == null ? ChunkCache.ofDefaultSize() : ChunkCache.ofBytes(builder.cacheBytes);
        this.threads = new ReadThreads(builder.fetching, builder.decoding);
        this.zarr = new Zarr(cache, threads.workers());
        this.listener = builder.listener;
        this.diskCaches = new DiskCaches(builder.diskCache());
        this.prefetchedAge = builder.prefetchedAge;
        this.keptAge = builder.keptAge;
    }

    /** A context with its own cache and limits. */
    public static Builder builder() {
        return new Builder();
    }

    /** The context behind {@link Copick}; it is never closed. */
    static CopickContext shared() {
        return Shared.CONTEXT;
    }

    /**
     * Opens the project of a configuration file. Costs one read, and lists nothing.
     *
     * @param config a path, or a URL of an installed scheme
     * @throws NotFoundException when there is no such file
     * @throws InvalidConfigException when it is no valid configuration, or nothing installed can open its project
     */
    public Root open(String config) {
        Objects.requireNonNull(config, "config");
        requireOpen();
        String written = withSlashes(config);
        StoreAddress address = new StoreAddress(written, Map.of(), null);
        int slash = address.path().lastIndexOf('/');
        String name = address.path().substring(slash + 1);
        String folder = written.substring(0, written.length() - name.length());
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.equals("~")) {
            throw new NotFoundException(
                    "\"" + config + "\" names a folder; a project is opened by its configuration file");
        }
        try (ObjectStore store = store(folder.isEmpty() ? "." : folder, Map.of(), null)) {
            String location = store.location().endsWith("/") ? store.location() + name : store.location() + "/" + name;
            var found = store.read(name)
                    .orElseThrow(
                            () -> new NotFoundException("no configuration file at " + location + "; check the path"));
            String text = utf8(found.bytes(), location);
            Path base = localFolder(address, store);
            ConfigFile file = new ConfigFile(
                    this,
                    folder.isEmpty() ? "." : folder,
                    name,
                    base == null ? null : base.resolve(name),
                    found.info().version());
            return open(ProjectConfig.parse(text, location), base, file);
        } catch (InvalidNameException e) {
            throw new NotFoundException("no configuration file at \"" + config + "\": " + e.getMessage(), e);
        }
    }

    /**
     * Creates the configuration file of a new project and opens it: {@code context.create("copick.json", config ->
     * config.overlay("annotations").object(ObjectDefinition.particle("ribosome").radius(150)))}. Writes nothing else.
     *
     * @param file a path, or a URL of an installed scheme
     * @throws AlreadyExistsException when there is such a file
     * @throws InvalidConfigException when the configuration is not valid, or nothing installed can open its project; then there
     *     is no file
     */
    public Root create(String file, Consumer<ProjectConfig.Builder> config) {
        ProjectConfig.Builder builder = ProjectConfig.builder();
        config.accept(builder);
        ProjectConfig built = builder.build();
        String written = withSlashes(file);
        String folder = folderOf(written);
        Path base;
        try (ObjectStore store = store(folder)) {
            base = localFolder(new StoreAddress(folder, Map.of(), null), store);
        }
        // tried first, so that no file stays for a project that nothing can open
        open(built, base).close();
        write(built, written, WriteCondition.IF_ABSENT);
        return open(written);
    }

    private static String withSlashes(String file) {
        return File.separatorChar == '\\' && !file.contains("://") ? file.replace('\\', '/') : file;
    }

    private static String folderOf(String file) {
        int slash = file.lastIndexOf('/');
        return slash < 0 ? "." : file.substring(0, slash + 1);
    }

    /** Opens the project that a configuration describes; relative paths in it start from the working folder. */
    public Root open(ProjectConfig config) {
        return open(config, null);
    }

    /**
     * Opens the project that a configuration describes. Lists nothing; roots that do not exist are empty.
     *
     * @param baseFolder what relative paths in it start from, or null for the working folder
     * @throws InvalidConfigException when nothing installed can open it, saying what to add
     */
    public Root open(ProjectConfig config, @Nullable Path baseFolder) {
        return open(config, baseFolder, null);
    }

    private Root open(ProjectConfig config, @Nullable Path baseFolder, @Nullable ConfigFile file) {
        requireOpen();
        BackendProvider provider = providers.backendFor(config);
        DiskCache diskCache = diskCaches.of(config, baseFolder, file != null);
        StoreOpener opener = (url, options) -> store(url, options, baseFolder, diskCache);
        Root root = new Root(this, config, file, provider.open(config, opener));
        open.add(root);
        return root;
    }

    /** Writes a configuration as a whole; one that holds credentials to a file that its owner alone may read. */
    void write(ProjectConfig config, String file) {
        write(config, file, WriteCondition.ANY);
    }

    private void write(ProjectConfig config, String file, WriteCondition condition) {
        String folder = folderOf(file);
        String name = file.substring(file.lastIndexOf('/') + 1);
        byte[] json = config.toJson().getBytes(StandardCharsets.UTF_8);
        try (ObjectStore store = store(folder)) {
            Path local = config.holdsSecrets() ? localFolder(new StoreAddress(folder, Map.of(), null), store) : null;
            boolean taken = condition == WriteCondition.IF_ABSENT && local != null && Files.exists(local.resolve(name));
            if (local == null || taken || PrivateFile.restrict(local.resolve(name))) {
                store.write(name, json, condition);
            } else {
                PrivateFile.create(local.resolve(name), json);
            }
        }
    }

    /** The folder on this machine that a store is; null for one elsewhere. */
    private @Nullable Path localFolder(StoreAddress address, ObjectStore store) {
        return address.scheme().isEmpty() || providers.isLocal(address.scheme()) ? Path.of(store.location()) : null;
    }

    /**
     * Opens a store by URL, for reading or writing keys directly.
     *
     * @throws InvalidConfigException when no installed provider knows the scheme
     */
    public ObjectStore store(String url) {
        return store(url, Map.of(), null);
    }

    /** Reads Zarr through this context's cache. */
    public Zarr zarr() {
        return zarr;
    }

    /** The cache of decoded chunks, for its statistics. */
    public ChunkCache cache() {
        return cache;
    }

    /** The installed kinds of storage. */
    public List<StorageProvider> storageProviders() {
        return providers.storage().all();
    }

    /** The installed kinds of backends. */
    public List<BackendProvider> backendProviders() {
        return providers.backends();
    }

    /**
     * Closes every project that is still open in this context, whose reads fail from then on; idempotent. Threads that the
     * context made end by themselves.
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
            throw new InvalidConfigException("\"" + url + "\" is not a possible path: " + e.getReason(), e);
        }
    }

    Epochs epochs(Backend backend) {
        return new Epochs(backend, prefetchedAge, keptAge);
    }

    Workers workers() {
        return threads.workers();
    }

    private void requireOpen() {
        if (closed) {
            throw new ClosedException("this copick context is closed; make a new one");
        }
    }

    /** Without those that are null, which mean the same as none. */
    private static Map<String, Object> given(Map<String, @Nullable Object> options) {
        Map<String, Object> values = new HashMap<>();
        options.forEach((name, value) -> {
            if (value != null) {
                values.put(name, value);
            }
        });
        return values;
    }

    private static String utf8(byte[] bytes, String location) {
        boolean isUtf16 =
                bytes.length > 1 && ((bytes[0] == -2 && bytes[1] == -1) || (bytes[0] == -1 && bytes[1] == -2));
        if (isUtf16) {
            throw new InvalidConfigException("invalid configuration " + location
                    + ": it begins with the byte order mark of UTF-16; save it as UTF-8");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidConfigException(
                    "invalid configuration " + location + ": it is not UTF-8 text; save it as UTF-8", e);
        }
    }

    /** Makes a context. */
    public static final class Builder {
        private @Nullable Long cacheBytes;
        private @Nullable StoreListener listener;
        private @Nullable Executor fetching;
        private @Nullable Executor decoding;
        private @Nullable Path diskCacheFolder;
        private long diskCacheBytes;
        private Duration prefetchedAge = Duration.ofSeconds(30);
        private Duration keptAge = Freshness.FOREVER;

        private Builder() {}

        /** The most bytes of decoded chunks to keep; by default a fraction of the heap, see {@link ChunkCache}. */
        public Builder cacheBytes(long bytes) {
            this.cacheBytes = bytes;
            return this;
        }

        /** Listener notified of every store operation. Reads served from the disk cache are not reported. */
        public Builder listener(StoreListener storeListener) {
            this.listener = storeListener;
            return this;
        }

        /**
         * The threads to use instead of the context's own, which are 16 for fetching and one for each processor for
         * decoding. They are not ended with the context, and not to be ended while something is read: a read waits for
         * the tasks that an executor drops.
         *
         * @param toFetch waits for stores
         * @param toDecode packs, unpacks and copies, and reads files on this computer while it does; must not share its
         *     threads with {@code toFetch}
         */
        public Builder executors(Executor toFetch, Executor toDecode) {
            this.fetching = toFetch;
            this.decoding = toDecode;
            return this;
        }

        /**
         * How old listings, lookups, the metadata of volumes and the chunks that are read through them may be, which is how
         * long changes by other programs go unnoticed. By default entities keep what they have listed and opened until they
         * are refreshed, and prefetched listings are up to 30 s old.
         *
         * <p>Picks and filaments are kept until they are refreshed, because replacing one requires that nobody has written it
         * since it was read. A {@link Volume} and a {@link Level} that the caller holds on to trust what they have seen.
         *
         * @param age zero looks into the store each time
         * @throws IllegalArgumentException for a negative age
         */
        public Builder maxAge(Duration age) {
            if (age.isNegative()) {
                throw new IllegalArgumentException("a negative age: " + age);
            }
            this.prefetchedAge = age;
            this.keptAge = age;
            return this;
        }

        /**
         * Keeps what is read from remote stores on the local disk, see {@link DiskCache}; nothing is kept by default. Counts
         * instead of what configurations say. Stores on this computer are read without it.
         *
         * @param folder is made where it is missing
         * @param maxBytes what all files may take, at least 1
         */
        public Builder diskCache(Path folder, long maxBytes) {
            this.diskCacheFolder = folder;
            this.diskCacheBytes = maxBytes;
            return this;
        }

        private @Nullable DiskCache diskCache() {
            return diskCacheFolder == null ? null : DiskCache.in(diskCacheFolder, diskCacheBytes);
        }

        /**
         * Makes the context.
         *
         * @throws InvalidConfigException for a disk cache that cannot be used
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
