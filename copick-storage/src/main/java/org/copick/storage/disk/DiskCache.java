package org.copick.storage.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.copick.error.InvalidConfigException;
import org.copick.storage.ChangeFeed;
import org.copick.storage.ObjectStore;

/**
 * Keeps what is read from remote stores in a folder of the local disk, where it survives the process: what was read once
 * is not fetched again as long as the object stays the same and there is room.
 *
 * <p><b>What is kept:</b> stretches of objects as they were read, by the object's URL (location and key), its version and
 * the place in it. Whole objects of less than 8 KiB are not, because asking whether they are still the same costs as much
 * as reading them. Of an object one version is kept. What was used longest ago goes first where room is needed.
 *
 * <p><b>What it guarantees.</b> Every byte is checked when it is read from disk; what does not fit is deleted and fetched
 * anew. Several processes may use one folder, and each of them may be killed at any time. Names, locations and credentials
 * are not on disk: URLs and versions are there as hashes, and the files are the user's own where the file system knows
 * users. A disk that is full or fails costs what would have been kept, never a read.
 *
 * <p>The bound holds approximately: what is being written comes on top, and what other processes write is noticed after
 * each sixteenth of the bound that this one writes. The folder is looked through then, and before the first write.
 *
 * <p>It takes no thread and holds no file open, so there is nothing to close. Deleting the folder clears the cache, also
 * while it is in use. Safe for use by many threads.
 */
public final class DiskCache {
    /** Says how things are kept, so that another way of keeping them uses another folder. */
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
    /** What this process changes in any of the stores, by URL. */
    private final ChangeFeed changes = new ChangeFeed();
    /** Prefixes below which pieces on disk may be outdated, because they cannot be found by a prefix. */
    private final Set<String> changed = ConcurrentHashMap.newKeySet();

    private DiskCache(Path folder, long maxBytes) {
        this.folder = folder;
        this.pieces = folder.resolve(OWN_FOLDER);
        this.maxBytes = maxBytes;
        this.rights = new PrivateFolder(folder);
        this.room = new DiskQuota(pieces, maxBytes);
    }

    /**
     * A cache in a folder of the local disk, which is made where it is missing. It keeps to a folder of its own in there.
     *
     * @param maxBytes what all files may take, at least 1
     * @throws InvalidConfigException where the folder cannot be made or written to, or is another user's
     */
    public static DiskCache in(Path folder, long maxBytes) {
        Path place = folder.toAbsolutePath().normalize();
        if (maxBytes < 1) {
            throw new InvalidConfigException(
                    "cannot keep " + maxBytes + " bytes in the disk cache " + place + ": give it 1 byte at least");
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
     * The same store, read through this cache. Closing it closes the store, nothing of the cache.
     *
     * <p>Reads of ranges of an expected version cost no request for what is on disk: they give exactly that version, which
     * the object may no longer have; only what is missing is fetched, in one call. Other reads cost one
     * {@link ObjectStore#info} where all that they need is on disk, and a read like before where it is not, or where the
     * object has changed. Several threads that miss the same thing may each fetch it. Writes and deletions go to the store
     * and drop what is kept of these keys; after deletions of whole prefixes this process asks the store again.
     *
     * @param remote its versions must never come twice for different contents of one key, also over restarts
     */
    public ObjectStore over(ObjectStore remote) {
        return new CachedStore(remote, this);
    }

    /** The folder that was given, absolute. */
    public Path folder() {
        return folder;
    }

    /** What all files may take. */
    public long maxBytes() {
        return maxBytes;
    }

    public DiskCacheStatistics statistics() {
        return new DiskCacheStatistics(hits.sum(), misses.sum(), bytesFromDisk.sum(), bytesFetched.sum());
    }

    /** What is kept of an object. */
    ObjectFolder object(String url) {
        HashedName mark = HashedName.of(url);
        String name = mark.hex();
        return new ObjectFolder(pieces.resolve(name.substring(0, 2)).resolve(name.substring(2)), mark, rights, room);
    }

    /** Counts changes that this process made to an object, and to some others. */
    long changes(String url) {
        return changes.changes(url);
    }

    /** Counts a change, and forgets what is kept of the object. */
    void noteChange(String url) {
        changes.changed(url);
        object(url).drop(piece -> true);
    }

    /**
     * Remembers that everything below a prefix may have changed. What is kept of it cannot be found by the prefix.
     *
     * @param url ends with {@code /}
     */
    void allChanged(String url) {
        changed.add(url);
        changes.allChanged();
    }

    /** Whether what is kept of an object may only be used after asking whether the object is still the same. */
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
