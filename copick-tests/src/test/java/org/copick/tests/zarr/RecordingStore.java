package org.copick.tests.zarr;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.copick.storage.ByteRange;
import org.copick.storage.FolderListing;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.RangesRead;
import org.copick.storage.StoreCapability;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;

/** Writes down what is read of chunks, to the byte. */
final class RecordingStore implements ObjectStore {
    final List<String> requests = new CopyOnWriteArrayList<>();
    private final ObjectStore store;

    RecordingStore(ObjectStore store) {
        this.store = store;
    }

    @Override
    public String location() {
        return store.location();
    }

    @Override
    public Set<StoreCapability> capabilities() {
        return store.capabilities();
    }

    @Override
    public Optional<StoredObject> read(String key) {
        record("all of", key);
        return store.read(key);
    }

    @Override
    public Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, @Nullable Version expected) {
        StringBuilder text = new StringBuilder();
        for (ByteRange range : ranges) {
            text.append(range.fromEnd() ? "last " : range.offset() + "+")
                    .append(range.length())
                    .append(' ');
        }
        record(text + "of", key);
        return store.readRanges(key, ranges, expected);
    }

    @Override
    public Optional<ObjectInfo> info(String key) {
        record("version of", key);
        return store.info(key);
    }

    @Override
    public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
        return store.write(key, bytes, condition);
    }

    @Override
    public void delete(String key) {
        store.delete(key);
    }

    @Override
    public void deletePrefix(String prefix) {
        store.deletePrefix(prefix);
    }

    @Override
    public ListPage list(String prefix, @Nullable String after, int limit) {
        return store.list(prefix, after, limit);
    }

    @Override
    public FolderListing listFolder(String prefix) {
        return store.listFolder(prefix);
    }

    @Override
    public boolean holds(String prefix) {
        return store.holds(prefix);
    }

    @Override
    public void close() {
        store.close();
    }

    private void record(String what, String key) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        if (!name.startsWith(".z") && !name.equals("zarr.json")) {
            requests.add(what + " " + key);
        }
    }
}
