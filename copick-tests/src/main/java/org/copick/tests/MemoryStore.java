package org.copick.tests;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ClosedException;
import org.copick.error.ConflictException;
import org.copick.error.InvalidNameException;
import org.copick.error.OperationInterruptedException;
import org.copick.storage.ByteRange;
import org.copick.storage.FolderListing;
import org.copick.storage.KeyOrder;
import org.copick.storage.Keys;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.RangesRead;
import org.copick.storage.StoreCapability;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;

/**
 * The reference store: keeps every promise of {@link ObjectStore} in the simplest way, on the heap.
 *
 * <p>Like an object store it has no folders, so {@code a} and {@code a/b} can both be objects.
 *
 * <p>Several stores can share the same contents and see each other's writes immediately. No version is used twice
 * within one space, so equal versions imply equal content. Arrays are copied on their way in and out.
 */
public final class MemoryStore implements ObjectStore {
    private static final Set<StoreCapability> CAPABILITIES = Collections.unmodifiableSet(
            EnumSet.of(StoreCapability.WRITE, StoreCapability.CREATE_IF_ABSENT, StoreCapability.REPLACE_IF_VERSION));

    private static final AtomicLong NUMBERS = new AtomicLong();

    private final Space space;
    private final String prefix;
    private final String location;
    private volatile boolean closed;

    /** Creates an empty store whose contents are not shared. */
    public MemoryStore() {
        this(new Space(), "", "memory:" + NUMBERS.incrementAndGet());
    }

    private MemoryStore(Space space, String prefix, String location) {
        this.space = space;
        this.prefix = prefix;
        this.location = location;
    }

    /** Returns a store on {@code space} below {@code prefix}, which is empty or ends with {@code /}. */
    static MemoryStore on(Space space, String prefix, String location) {
        return new MemoryStore(space, Keys.checkedPrefix(prefix), location);
    }

    /**
     * {@return a new store with copies of these objects}
     *
     * @param objects the contents by key
     */
    public static MemoryStore of(Map<String, byte[]> objects) {
        MemoryStore store = new MemoryStore();
        objects.forEach((key, bytes) -> store.write(key, bytes, WriteCondition.ANY));
        return store;
    }

    /**
     * {@return a new store with the files of a ZIP archive, skipping folder entries}
     *
     * <p>Reads the stream to the end of the archive and does not close it.
     *
     * @param archive the bytes of a ZIP file
     * @throws InvalidNameException for an entry whose name is not a valid key
     * @throws IOException if the archive cannot be read
     */
    public static MemoryStore fromZip(InputStream archive) throws IOException {
        MemoryStore store = new MemoryStore();
        ZipInputStream zip = new ZipInputStream(archive);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (!entry.isDirectory()) {
                store.write(entry.getName(), zip.readAllBytes(), WriteCondition.ANY);
            }
        }
        return store;
    }

    /** {@return another store on the same contents, which must be closed separately; works on a closed store too} */
    public MemoryStore reopen() {
        return new MemoryStore(space, prefix, location);
    }

    /** {@return copies of all objects, in key order} */
    public NavigableMap<String, byte[]> contents() {
        checkUsable("list");
        NavigableMap<String, byte[]> contents = new TreeMap<>(KeyOrder.BY_CODE_POINT);
        below("").forEach((key, object) -> contents.put(own(key), object.bytes.clone()));
        return contents;
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public Set<StoreCapability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public Optional<StoredObject> read(String key) {
        return found("read", key).map(object -> new StoredObject(object.info(key), object.bytes.clone()));
    }

    @Override
    public Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, @Nullable Version expected) {
        return found("read", key).map(object -> {
            if (expected != null && !expected.equals(object.version)) {
                throw changed("read", key);
            }
            return new RangesRead(object.info(key), object.parts(ranges));
        });
    }

    @Override
    public Optional<ObjectInfo> info(String key) {
        return found("look up", key).map(object -> object.info(key));
    }

    @Override
    public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
        checkUsable("write");
        String full = prefix + Keys.checked(key);
        Held written = new Held(bytes.clone(), space.nextVersion());
        if (condition instanceof WriteCondition.IfAbsent) {
            if (space.objects.putIfAbsent(full, written) != null) {
                throw new AlreadyExistsException(
                        "cannot create " + key + " in " + location + ": the key already exists");
            }
        } else if (condition instanceof WriteCondition.IfVersion ifVersion) {
            Held current = space.objects.get(full);
            if (current == null
                    || !current.version.equals(ifVersion.expected())
                    || !space.objects.replace(full, current, written)) {
                throw changed("replace", key);
            }
        } else {
            space.objects.put(full, written);
        }
        return written.info(key);
    }

    @Override
    public void delete(String key) {
        checkUsable("delete");
        space.objects.remove(prefix + Keys.checked(key));
    }

    @Override
    public void deleteAll(Collection<String> keys) {
        checkUsable("delete");
        keys.forEach(Keys::checked);
        keys.forEach(key -> space.objects.remove(prefix + key));
    }

    @Override
    public void deletePrefix(String below) {
        checkUsable("delete");
        if (below.isEmpty()) {
            throw new InvalidNameException("cannot delete everything in " + location + ": pass a non-empty prefix");
        }
        below(below).clear();
    }

    @Override
    public ListPage list(String below, @Nullable String after, int limit) {
        checkUsable("list");
        if (limit < 1) {
            throw new IllegalArgumentException(
                    "cannot list a page of " + limit + " objects: the limit must be at least 1");
        }
        List<ObjectInfo> page = new ArrayList<>();
        for (Map.Entry<String, Held> entry : after(below(below), after).entrySet()) {
            if (page.size() == limit) {
                return new ListPage(page, false);
            }
            page.add(entry.getValue().info(own(entry.getKey())));
        }
        return new ListPage(page, true);
    }

    @Override
    public FolderListing listFolder(String below) {
        checkUsable("list");
        int start = prefix.length() + below.length();
        List<ObjectInfo> objects = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        NavigableMap<String, Held> rest = below(below);
        for (Map.Entry<String, Held> next = rest.firstEntry(); next != null; ) {
            String key = next.getKey();
            int slash = key.indexOf('/', start);
            if (slash < 0) {
                objects.add(next.getValue().info(own(key)));
                next = rest.higherEntry(key);
            } else {
                prefixes.add(own(key.substring(0, slash + 1)));
                next = rest.ceilingEntry(key.substring(0, slash) + Space.AFTER_SLASH);
            }
        }
        return new FolderListing(objects, prefixes);
    }

    @Override
    public void close() {
        closed = true;
    }

    private Optional<Held> found(String operation, String key) {
        checkUsable(operation);
        return Optional.ofNullable(space.objects.get(prefix + Keys.checked(key)));
    }

    private NavigableMap<String, Held> below(String below) {
        return space.below(prefix + Keys.checkedPrefix(below));
    }

    private NavigableMap<String, Held> after(NavigableMap<String, Held> objects, @Nullable String after) {
        Map.Entry<String, Held> first = objects.firstEntry();
        if (after == null || first == null || KeyOrder.BY_CODE_POINT.compare(prefix + after, first.getKey()) < 0) {
            return objects;
        }
        Map.Entry<String, Held> last = objects.lastEntry();
        return last == null || KeyOrder.BY_CODE_POINT.compare(prefix + after, last.getKey()) >= 0
                ? Collections.emptyNavigableMap()
                : objects.tailMap(prefix + after, false);
    }

    private String own(String full) {
        return full.substring(prefix.length());
    }

    private ConflictException changed(String operation, String key) {
        return new ConflictException("cannot " + operation + " " + key + " in " + location
                + ": it no longer has the expected version; read it again");
    }

    private void checkUsable(String operation) {
        if (closed) {
            throw new ClosedException("cannot " + operation + ": the store " + location + " is closed");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new OperationInterruptedException("cannot " + operation + " in " + location + ": interrupted");
        }
    }

    /** Contents that several stores may share. */
    static final class Space {
        private static final char AFTER_SLASH = '/' + 1;

        private final ConcurrentNavigableMap<String, Held> objects =
                new ConcurrentSkipListMap<>(KeyOrder.BY_CODE_POINT);
        private final AtomicLong versions = new AtomicLong();

        private Version nextVersion() {
            return new Version(Long.toString(versions.incrementAndGet()));
        }

        private NavigableMap<String, Held> below(String prefix) {
            return prefix.isEmpty()
                    ? objects
                    : objects.subMap(prefix, prefix.substring(0, prefix.length() - 1) + AFTER_SLASH);
        }
    }

    /** One state of an object, compared by identity, so that states can be replaced atomically. */
    private static final class Held {
        private final byte[] bytes;
        private final Version version;

        Held(byte[] bytes, Version version) {
            this.bytes = bytes;
            this.version = version;
        }

        ObjectInfo info(String key) {
            return new ObjectInfo(key, bytes.length, version);
        }

        List<byte[]> parts(List<ByteRange> ranges) {
            List<byte[]> parts = new ArrayList<>(ranges.size());
            for (ByteRange range : ranges) {
                int from = (int) range.startIn(bytes.length);
                parts.add(Arrays.copyOfRange(bytes, from, from + (int) range.lengthIn(bytes.length)));
            }
            return parts;
        }
    }
}
