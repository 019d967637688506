package org.copick.layout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.copick.storage.ByteRange;
import org.copick.storage.FolderListing;
import org.copick.storage.KeyOrder;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.RangesRead;
import org.copick.storage.StoreCapability;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;

/** A store in memory whose operations are atomic, with random pauses before and after them. */
final class SortedStore implements ObjectStore {
    private final TreeMap<String, byte[]> objects = new TreeMap<>(KeyOrder.BY_CODE_POINT);
    private final Set<StoreCapability> capabilities;
    private final int page;

    SortedStore(Set<StoreCapability> capabilities) {
        this(capabilities, Integer.MAX_VALUE);
    }

    /** @param page the most keys of a page, however many are asked for */
    SortedStore(Set<StoreCapability> capabilities, int page) {
        this.capabilities = Set.copyOf(capabilities);
        this.page = page;
    }

    @Override
    public String location() {
        return "sorted:";
    }

    @Override
    public Set<StoreCapability> capabilities() {
        return capabilities;
    }

    private <T> T apart(Supplier<T> operation) {
        pause();
        T answer;
        synchronized (objects) {
            answer = operation.get();
        }
        pause();
        return answer;
    }

    /** Lets other threads run. */
    private static void pause() {
        if (ThreadLocalRandom.current().nextInt(4) == 0) {
            LockSupport.parkNanos(20_000);
        }
    }

    @Override
    public Optional<StoredObject> read(String key) {
        return apart(() ->
                Optional.ofNullable(objects.get(key)).map(bytes -> new StoredObject(info(key, bytes), bytes)));
    }

    @Override
    public Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, @Nullable Version expected) {
        throw new UnsupportedOperationException("listings read no chunks");
    }

    @Override
    public Optional<ObjectInfo> info(String key) {
        return apart(() -> Optional.ofNullable(objects.get(key)).map(bytes -> info(key, bytes)));
    }

    private static ObjectInfo info(String key, byte[] bytes) {
        return new ObjectInfo(key, bytes.length, new Version(Integer.toString(Arrays.hashCode(bytes))));
    }

    @Override
    public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
        var unused = apart(() -> objects.put(key, bytes));
        return info(key, bytes);
    }

    @Override
    public void delete(String key) {
        var unused = apart(() -> objects.remove(key));
    }

    @Override
    public void deletePrefix(String prefix) {
        var unused = apart(() -> objects.keySet().removeIf(key -> key.startsWith(prefix)));
    }

    @Override
    public ListPage list(String prefix, @Nullable String after, int limit) {
        return apart(() -> page(prefix, after, Math.min(limit, page)));
    }

    private ListPage page(String prefix, @Nullable String after, int limit) {
        List<ObjectInfo> page = new ArrayList<>();
        for (var object :
                objects.tailMap(after == null ? prefix : after, after == null).entrySet()) {
            if (page.size() == limit) {
                return new ListPage(page, false);
            }
            if (object.getKey().startsWith(prefix)) {
                page.add(info(object.getKey(), object.getValue()));
            }
        }
        return new ListPage(page, true);
    }

    @Override
    public FolderListing listFolder(String prefix) {
        return apart(() -> level(prefix));
    }

    private FolderListing level(String prefix) {
        List<ObjectInfo> level = new ArrayList<>();
        Set<String> prefixes = new TreeSet<>(KeyOrder.BY_CODE_POINT);
        for (var object : objects.tailMap(prefix, true).entrySet()) {
            String key = object.getKey();
            int slash = key.startsWith(prefix) ? key.indexOf('/', prefix.length()) : -1;
            if (slash >= 0) {
                prefixes.add(key.substring(0, slash + 1));
            } else if (key.startsWith(prefix)) {
                level.add(info(key, object.getValue()));
            }
        }
        return new FolderListing(level, new ArrayList<>(prefixes));
    }

    @Override
    public void close() {}
}
