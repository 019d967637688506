package org.copick.storage.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.copick.error.InvalidConfigException;
import org.copick.error.StorageException;
import org.copick.storage.ChangeFeed;
import org.copick.storage.ObjectStore;

/**
 * Caches data from remote stores in a folder on the local disk. The cache outlives the process. Cached data is not
 * fetched again as long as the object does not change and the cache has room for it.
 *
 * <p><b>Content:</b> byte ranges of objects as they were read, identified by the object's URL (location and key), its
 * version and the position in it. Whole objects of less than 8 KiB are not cached, because requesting their version
 * costs as much as reading them. Only one version of an object is cached. The least recently used data is deleted
 * first.
 *
 * <p><b>Guarantees:</b> every byte is verified when it is read from disk; damaged data is deleted and fetched again.
 * Several processes may use one folder, and each of them may be killed at any time. Names, locations and credentials
 * are not stored on disk: URLs and versions are stored as hashes. If the file system supports users, only the user can
 * access the files. If the disk is full or fails, data is not cached, but reads still succeed.
 *
 * <p>The size bound is approximate. Files that other processes are still writing are not counted. Their finished files
 * are found when the folder is scanned: before the first write, and each time this process has written a sixteenth of
 * the bound.
 *
 * <p>The cache uses no thread and keeps no file open, so it need not be closed. Deleting the folder clears the cache,
 * even while it is in use. Safe for use by many threads.
 */
public final class DiskCache {
    /**
     * Subfolder for the files. Its name contains the version of their format, so that a new format uses a new folder.
     */
    private static final String OWN_FOLDER = "copick-cache-1";

    final LongAdder hits = new LongAdder();
    final LongAdder misses = new LongAdder();
    final LongAdder bytesFromDisk = new LongAdder();
    final LongAdder bytesFetched = new LongAdder();

    private final Path folder;
    private final Path pieces;
    private final long maxBytes;
    private final PrivateFolder rights;
    private final DiskQuota room;
    /** Counts this process's changes in all cached stores, by URL. */
    private final ChangeFeed changes = new ChangeFeed();
    /** URL prefixes below which pieces may be outdated; hashed names do not allow finding and deleting those pieces. */
    private final Set<String> changed = ConcurrentHashMap.newKeySet();

    private DiskCache(Path folder, long maxBytes) {
        this.folder = folder;
        this.pieces = folder.resolve(OWN_FOLDER);
        this.maxBytes = maxBytes;
        this.rights = new PrivateFolder(folder);
        this.room = new DiskQuota(pieces, maxBytes);
    }

    /**
     * Opens a cache in a folder on the local disk, which is created if it is missing. All files are in a subfolder of
     * it.
     *
     * @param folder the folder, also as a relative path; several processes may use it
     * @param maxBytes the maximum size of all files in bytes, at least 1
     * @return the cache, which need not be closed
     * @throws InvalidConfigException if the folder cannot be created or written to, or belongs to another user, or if
     *     {@code maxBytes} is less than 1
     */
    public static DiskCache in(Path folder, long maxBytes) {
        Path place = folder.toAbsolutePath().normalize();
        if (maxBytes < 1) {
            throw new InvalidConfigException("the disk cache " + place + " cannot have a maximum size of " + maxBytes
                    + " bytes; give at least 1");
        }
        DiskCache cache = new DiskCache(place, maxBytes);
        try {
            cache.rights.createFolders(cache.pieces);
            cache.rights.claim(cache.pieces);
            Path attempt = cache.pieces.resolve(ObjectFolder.temporaryName());
            Files.createFile(attempt, cache.rights.ofFile());
            Files.delete(attempt);
        } catch (IOException e) {
            throw new InvalidConfigException(
                    "cannot use " + place + " as disk cache: " + e
                            + "; name a folder of your own that can be written to",
                    e);
        }
        return cache;
    }

    /**
     * {@return a view of a store that reads through this cache} Closing the view closes the store, but not the cache.
     *
     * <p>A read of ranges with an expected version costs no request for cached bytes. It returns exactly that version,
     * even if the object has changed since; only missing bytes are fetched, in one call. Every other read costs one
     * {@link ObjectStore#info} if all needed bytes are cached; otherwise, or if the object has changed, it costs a
     * normal read. Several threads that need the same missing bytes may each fetch them. Writes and deletions go to the
     * store and drop the cached data of their keys. After a whole prefix was deleted or replaced, this process always
     * requests the current version of objects below it.
     *
     * @param remote the store to read through; must never use one version for different contents of one key, even after
     *     restarts
     */
    public ObjectStore over(ObjectStore remote) {
        return new CachedStore(remote, this);
    }

    /** {@return the folder given to {@link #in}, as an absolute path} */
    public Path folder() {
        return folder;
    }

    /** {@return the maximum size of all files in bytes} */
    public long maxBytes() {
        return maxBytes;
    }

    /** {@return the counters of this cache since it was opened} */
    public DiskCacheStatistics statistics() {
        return new DiskCacheStatistics(hits.sum(), misses.sum(), bytesFromDisk.sum(), bytesFetched.sum());
    }

    /**
     * {@return the number and total size of the cached files} Costs a scan of the folder. Files that are being written
     * do not count.
     */
    public DiskCacheUsage usage() {
        return room.usage();
    }

    /**
     * Deletes the cached files, also while other threads and processes read and write them. Reads then fetch their data
     * again.
     *
     * <p>Only files that a cache has written are deleted. Other files, and those behind symbolic links, are left alone.
     *
     * @return the deleted files
     * @throws StorageException if files cannot be deleted; the others are
     */
    public DiskCacheUsage clear() {
        return room.clear();
    }

    /** Returns the folder with the cached pieces of an object. */
    ObjectFolder object(String url) {
        HashedName mark = HashedName.of(url);
        String name = mark.hex();
        return new ObjectFolder(pieces.resolve(name.substring(0, 2)).resolve(name.substring(2)), mark, rights, room);
    }

    /** Returns the number of changes that this process made to an object and to the objects that share its counter. */
    long changes(String url) {
        return changes.changes(url);
    }

    /** Counts a change of an object, and drops its cached pieces. */
    void noteChange(String url) {
        changes.changed(url);
        object(url).drop(piece -> true);
    }

    /**
     * Records that all objects below a prefix may have changed. Their pieces cannot be found by the prefix and so
     * remain.
     *
     * @param url ends with {@code /}
     */
    void allChanged(String url) {
        changed.add(url);
        changes.allChanged();
    }

    /** Returns whether the object's current version must be requested before its cached pieces are used. */
    boolean mayHaveChanged(String url) {
        if (!changed.isEmpty()) {
            for (int slash = url.indexOf('/'); slash >= 0; slash = url.indexOf('/', slash + 1)) {
                if (changed.contains(url.substring(0, slash + 1))) {
                    return true;
                }
            }
        }
        return false;
    }
}
