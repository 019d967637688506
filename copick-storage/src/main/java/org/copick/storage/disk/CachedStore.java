package org.copick.storage.disk;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.copick.error.ClosedException;
import org.copick.error.ConflictException;
import org.copick.error.OperationInterruptedException;
import org.copick.storage.ByteRange;
import org.copick.storage.FolderListing;
import org.copick.storage.ForwardedWriter;
import org.copick.storage.Keys;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.ObjectWriter;
import org.copick.storage.RangesRead;
import org.copick.storage.StoreCapability;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;

/** A remote store whose reads are cached on disk. */
final class CachedStore implements ObjectStore {
    /**
     * Smallest whole object to cache, in bytes. Reading a smaller one takes about as long as requesting its version.
     */
    private static final int LEAST_OBJECT = 8 << 10;

    private static final List<ByteRange> WHOLE = List.of(ByteRange.of(0, Long.MAX_VALUE));

    private final ObjectStore remote;
    private final DiskCache cache;
    private volatile boolean closed;

    CachedStore(ObjectStore remote, DiskCache cache) {
        this.remote = remote;
        this.cache = cache;
    }

    @Override
    public String location() {
        return remote.location();
    }

    @Override
    public Optional<String> endpoint() {
        return remote.endpoint();
    }

    @Override
    public Set<StoreCapability> capabilities() {
        return remote.capabilities();
    }

    @Override
    public boolean can(StoreCapability capability) {
        return remote.can(capability);
    }

    @Override
    public Optional<StoredObject> read(String key) {
        ObjectFolder kept = usable(key);
        if (RangeAssembly.isPossible(kept.pieces(), WHOLE)) {
            Optional<ObjectInfo> info = remote.info(key);
            Optional<List<byte[]>> parts = info.flatMap(now -> fromDisk(kept, now, WHOLE));
            if (parts.isPresent()) {
                return Optional.of(
                        new StoredObject(info.orElseThrow(), parts.get().get(0)));
            }
        }
        long changes = cache.changes(url(key));
        Optional<StoredObject> read = remote.read(key);
        if (read.isEmpty()) {
            kept.drop(piece -> true);
        } else {
            ObjectInfo now = read.get().info();
            List<byte[]> whole = List.of(read.get().bytes());
            fetched(kept, now, whole);
            if (now.size() >= LEAST_OBJECT) {
                keep(kept, now, WHOLE, whole, changes);
            }
        }
        return read;
    }

    @Override
    public Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, @Nullable Version expected) {
        ObjectFolder kept = usable(key);
        if (expected != null) {
            RangeAssembly assembly = cache.mayHaveChanged(url(key))
                    ? null
                    : RangeAssembly.fromDisk(kept, HashedName.of(expected.value()), ranges);
            return assembly == null
                    ? readRemote(kept, key, ranges, expected)
                    : completed(kept, key, ranges, expected, assembly);
        }
        if (RangeAssembly.isPossible(kept.pieces(), ranges)) {
            Optional<ObjectInfo> info = remote.info(key);
            Optional<List<byte[]>> parts = info.flatMap(now -> fromDisk(kept, now, ranges));
            if (parts.isPresent()) {
                return Optional.of(new RangesRead(info.orElseThrow(), parts.get()));
            }
        }
        return readRemote(kept, key, ranges, null);
    }

    /** Reads all ranges of the object's current version from disk; empty if some are missing. */
    private Optional<List<byte[]>> fromDisk(ObjectFolder kept, ObjectInfo now, List<ByteRange> ranges) {
        RangeAssembly assembly =
                RangeAssembly.fromDisk(kept, HashedName.of(now.version().value()), ranges);
        if (assembly == null
                || assembly.size() != now.size()
                || !assembly.missing().isEmpty()) {
            return Optional.empty();
        }
        cache.hits.increment();
        cache.bytesFromDisk.add(assembly.bytesFromDisk());
        return Optional.of(assembly.parts());
    }

    /** Fetches the ranges that are missing on disk and adds them to the assembly. */
    private Optional<RangesRead> completed(
            ObjectFolder kept, String key, List<ByteRange> ranges, Version expected, RangeAssembly assembly) {
        List<ByteRange> missing = assembly.missing();
        if (missing.isEmpty()) {
            cache.hits.increment();
        } else {
            Optional<RangesRead> read = readRemote(kept, key, missing, expected);
            if (read.isEmpty()) {
                return read;
            }
            RangesRead fetched = read.get();
            if (fetched.info().size() != assembly.size() || !fits(fetched.info(), missing, fetched.parts())) {
                kept.drop(piece -> true);
                return remote.readRanges(key, ranges, expected);
            }
            assembly.fill(fetched.parts());
        }
        cache.bytesFromDisk.add(assembly.bytesFromDisk());
        return Optional.of(new RangesRead(new ObjectInfo(key, assembly.size(), expected), assembly.parts()));
    }

    private Optional<RangesRead> readRemote(
            ObjectFolder kept, String key, List<ByteRange> ranges, @Nullable Version expected) {
        long changes = cache.changes(url(key));
        try {
            Optional<RangesRead> read = remote.readRanges(key, ranges, expected);
            if (read.isEmpty()) {
                kept.drop(piece -> true);
            } else {
                fetched(kept, read.get().info(), read.get().parts());
                keep(kept, read.get().info(), ranges, read.get().parts(), changes);
            }
            return read;
        } catch (ConflictException e) {
            if (expected != null) {
                String gone = HashedName.of(expected.value()).shortHex();
                kept.drop(piece -> piece.version().equals(gone));
            }
            throw e;
        }
    }

    /** Counts the fetched bytes, and drops cached pieces of other versions. */
    private void fetched(ObjectFolder kept, ObjectInfo now, List<byte[]> parts) {
        cache.misses.increment();
        parts.forEach(part -> cache.bytesFetched.add(part.length));
        String version = HashedName.of(now.version().value()).shortHex();
        kept.drop(piece -> !piece.version().equals(version));
    }

    /**
     * Caches fetched ranges.
     *
     * @param changes the number of changes before the read. If the object has changed since, its pieces are dropped
     *     again, either here or by the thread that changed it
     */
    private void keep(ObjectFolder kept, ObjectInfo now, List<ByteRange> ranges, List<byte[]> parts, long changes) {
        if (now.version().identifiesContent() && fits(now, ranges, parts)) {
            HashedName version = HashedName.of(now.version().value());
            for (int i = 0; i < parts.size(); i++) {
                kept.keep(version, now.size(), ranges.get(i).startIn(now.size()), parts.get(i));
            }
            if (cache.changes(url(now.key())) != changes) {
                kept.drop(piece -> true);
            }
        }
    }

    /** Returns whether the parts have the lengths of the requested ranges. */
    private static boolean fits(ObjectInfo info, List<ByteRange> ranges, List<byte[]> parts) {
        return ranges.size() == parts.size()
                && IntStream.range(0, parts.size())
                        .allMatch(i -> parts.get(i).length == ranges.get(i).lengthIn(info.size()));
    }

    @Override
    public Optional<ObjectInfo> info(String key) {
        return remote.info(key);
    }

    @Override
    public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
        try {
            return remote.write(key, bytes, condition);
        } finally {
            cache.noteChange(url(key));
        }
    }

    @Override
    public ObjectWriter writer(String key, WriteCondition condition) {
        return new ForwardedWriter(remote.writer(key, condition)) {
            @Override
            public ObjectInfo complete() {
                try {
                    return super.complete();
                } finally {
                    cache.noteChange(url(key));
                }
            }
        };
    }

    @Override
    public void copy(ObjectInfo object, String target) {
        try {
            remote.copy(object, target);
        } finally {
            cache.noteChange(url(target));
        }
    }

    @Override
    public void delete(String key) {
        try {
            remote.delete(key);
        } finally {
            cache.noteChange(url(key));
        }
    }

    @Override
    public void deleteAll(Collection<String> keys) {
        try {
            remote.deleteAll(keys);
        } finally {
            keys.forEach(key -> cache.noteChange(url(key)));
        }
    }

    @Override
    public void deletePrefix(String prefix) {
        Keys.checkedPrefix(prefix);
        try {
            remote.deletePrefix(prefix);
        } finally {
            cache.allChanged(url(prefix));
        }
    }

    @Override
    public void replacePrefix(String staged, String prefix, WriteCondition condition) {
        Keys.checkedPrefix(staged);
        Keys.checkedPrefix(prefix);
        try {
            remote.replacePrefix(staged, prefix, condition);
        } finally {
            cache.allChanged(url(staged));
            cache.allChanged(url(prefix));
        }
    }

    @Override
    public ListPage list(String prefix, @Nullable String after, int limit) {
        return remote.list(prefix, after, limit);
    }

    @Override
    public FolderListing listFolder(String prefix) {
        return remote.listFolder(prefix);
    }

    @Override
    public boolean holds(String prefix) {
        return remote.holds(prefix);
    }

    @Override
    public void forEach(String prefix, Consumer<ObjectInfo> action) {
        remote.forEach(prefix, action);
    }

    @Override
    public void close() {
        closed = true;
        remote.close();
    }

    /**
     * Returns the cached pieces of an object. Throws if the store is closed, the key invalid or the thread interrupted.
     */
    private ObjectFolder usable(String key) {
        if (closed) {
            throw new ClosedException("cannot read: " + location() + " is closed; open the project again");
        }
        String url = url(Keys.checked(key));
        if (Thread.currentThread().isInterrupted()) {
            throw new OperationInterruptedException("cannot read " + location() + "/" + key + ": interrupted");
        }
        return cache.object(url);
    }

    private String url(String key) {
        return identity() + "/" + key;
    }

    @Override
    public String toString() {
        return location();
    }
}
