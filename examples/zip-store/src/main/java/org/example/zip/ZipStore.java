package org.example.zip;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import org.copick.error.ClosedException;
import org.copick.error.ConflictException;
import org.copick.error.OperationInterruptedException;
import org.copick.error.ReadOnlyException;
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

/**
 * A read-only store of the files in a ZIP archive.
 *
 * <p>A missing file is an empty store. If the file is replaced while the store is open, the next call reads the new
 * one. A range costs as much as the whole entry: entries are compressed as a whole, and so are their checksums.
 */
public final class ZipStore implements ObjectStore {
    private final Archive archive;
    private final String location;
    private volatile boolean closed;

    /**
     * Creates a store.
     *
     * @param file the archive
     * @param folder the visible folder of the archive: empty for all, otherwise it ends with {@code /}
     */
    public ZipStore(Path file, String folder) {
        this.archive = new Archive(file, Keys.checkedPrefix(folder));
        this.location =
                "zip://" + file + "!" + (folder.isEmpty() ? "" : "/" + folder.substring(0, folder.length() - 1));
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public Set<StoreCapability> capabilities() {
        return Set.of();
    }

    @Override
    public Optional<StoredObject> read(String key) {
        checkUsable("read");
        Keys.checked(key);
        return archive.with(index -> {
            ZipEntry entry = index.get(key);
            return entry == null
                    ? Optional.empty()
                    : Optional.of(new StoredObject(info(key, entry), archive.bytes(entry)));
        });
    }

    @Override
    public Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, Version expected) {
        Optional<StoredObject> found = read(key);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ObjectInfo info = found.get().info();
        if (expected != null && !expected.equals(info.version())) {
            throw new ConflictException("cannot read " + key + " in " + location
                    + ": it is not of the expected version any more; read it again");
        }
        List<byte[]> parts = new ArrayList<>();
        for (ByteRange range : ranges) {
            int from = (int) range.startIn(info.size());
            parts.add(Arrays.copyOfRange(found.get().bytes(), from, from + (int) range.lengthIn(info.size())));
        }
        return Optional.of(new RangesRead(info, parts));
    }

    @Override
    public Optional<ObjectInfo> info(String key) {
        checkUsable("look up");
        Keys.checked(key);
        return archive.with(index -> Optional.ofNullable(index.get(key)).map(entry -> info(key, entry)));
    }

    @Override
    public ListPage list(String prefix, String after, int limit) {
        checkUsable("list");
        Keys.checkedPrefix(prefix);
        if (limit < 1) {
            throw new IllegalArgumentException(
                    "cannot list a page of " + limit + " objects: the limit must be at least 1");
        }
        return archive.with(index -> {
            List<ObjectInfo> objects = new ArrayList<>();
            boolean later = after != null && KeyOrder.BY_CODE_POINT.compare(after, prefix) >= 0;
            for (var entry : index.tailMap(later ? after : prefix, !later).entrySet()) {
                if (!entry.getKey().startsWith(prefix)) {
                    break;
                }
                if (objects.size() == limit) {
                    return new ListPage(objects, false);
                }
                objects.add(info(entry.getKey(), entry.getValue()));
            }
            return new ListPage(objects, true);
        });
    }

    @Override
    public FolderListing listFolder(String prefix) {
        checkUsable("list");
        Keys.checkedPrefix(prefix);
        return archive.with(index -> {
            List<ObjectInfo> objects = new ArrayList<>();
            TreeSet<String> prefixes = new TreeSet<>(KeyOrder.BY_CODE_POINT);
            for (var entry : below(index, prefix).entrySet()) {
                int slash = entry.getKey().indexOf('/', prefix.length());
                if (slash < 0) {
                    objects.add(info(entry.getKey(), entry.getValue()));
                } else {
                    prefixes.add(entry.getKey().substring(0, slash + 1));
                }
            }
            return new FolderListing(objects, List.copyOf(prefixes));
        });
    }

    private static NavigableMap<String, ZipEntry> below(NavigableMap<String, ZipEntry> index, String prefix) {
        // '0' is the character after '/'
        return prefix.isEmpty()
                ? index
                : index.subMap(prefix, true, prefix.substring(0, prefix.length() - 1) + "0", false);
    }

    private static ObjectInfo info(String key, ZipEntry entry) {
        Version version = new Version(Long.toHexString(entry.getCrc()) + "-" + entry.getSize());
        return new ObjectInfo(key, entry.getSize(), version);
    }

    @Override
    public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
        throw refused("write", Keys.checked(key));
    }

    @Override
    public void delete(String key) {
        throw refused("delete", Keys.checked(key));
    }

    @Override
    public void deletePrefix(String prefix) {
        throw refused("delete", prefixToChange(prefix));
    }

    @Override
    public void replacePrefix(String staged, String prefix, WriteCondition condition) {
        throw refused("replace", prefixToChange(prefix));
    }

    private static String prefixToChange(String prefix) {
        return Keys.checked(Keys.checkedPrefix(prefix).replaceFirst("/$", ""));
    }

    private RuntimeException refused(String operation, String key) {
        checkUsable(operation);
        return new ReadOnlyException("cannot " + operation + " " + key + " in " + location
                + ": ZIP files are only read; make the change in an overlay");
    }

    private void checkUsable(String operation) {
        if (closed) {
            throw new ClosedException("cannot " + operation + ": the store " + location + " was closed");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new OperationInterruptedException("cannot " + operation + " in " + location + ": interrupted");
        }
    }

    @Override
    public void close() {
        closed = true;
        archive.close();
    }
}
