package org.copick.tests.zarr;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.copick.storage.ByteRange;
import org.copick.storage.LevelListing;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.RangesRead;
import org.copick.storage.StoreCapability;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;

/** A store all of whose operations go through one method. */
abstract class ForwardingStore implements ObjectStore {
    private final ObjectStore store;

    ForwardingStore(ObjectStore store) {
        this.store = store;
    }

    abstract <T> T call(Supplier<T> operation);

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
        return call(() -> store.read(key));
    }

    @Override
    public Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, @Nullable Version expected) {
        return call(() -> store.readRanges(key, ranges, expected));
    }

    @Override
    public Optional<ObjectInfo> info(String key) {
        return call(() -> store.info(key));
    }

    @Override
    public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
        return call(() -> store.write(key, bytes, condition));
    }

    @Override
    public void delete(String key) {
        call(() -> {
            store.delete(key);
            return key;
        });
    }

    @Override
    public void deletePrefix(String prefix) {
        call(() -> {
            store.deletePrefix(prefix);
            return prefix;
        });
    }

    @Override
    public ListPage list(String prefix, @Nullable String after, int limit) {
        return call(() -> store.list(prefix, after, limit));
    }

    @Override
    public LevelListing listLevel(String prefix) {
        return call(() -> store.listLevel(prefix));
    }

    @Override
    public boolean holds(String prefix) {
        return call(() -> store.holds(prefix));
    }

    @Override
    public void close() {
        store.close();
    }
}
