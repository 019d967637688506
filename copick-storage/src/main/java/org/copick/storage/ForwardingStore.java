package org.copick.storage;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A store that passes every call on to another store; subclasses override single methods. */
public abstract class ForwardingStore implements ObjectStore {
    private final ObjectStore store;

    /**
     * Creates a store that passes all calls on, including {@link #close}.
     *
     * @param store the store that receives the calls
     */
    protected ForwardingStore(ObjectStore store) {
        this.store = store;
    }

    @Override
    public String location() {
        return store.location();
    }

    @Override
    public Optional<String> endpoint() {
        return store.endpoint();
    }

    @Override
    public Set<StoreCapability> capabilities() {
        return store.capabilities();
    }

    @Override
    public boolean can(StoreCapability capability) {
        return store.can(capability);
    }

    @Override
    public Optional<StoredObject> read(String key) {
        return store.read(key);
    }

    @Override
    public Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, @Nullable Version expected) {
        return store.readRanges(key, ranges, expected);
    }

    @Override
    public Optional<ObjectInfo> readInto(String key, ByteRange range, @Nullable Version expected, byte[] into) {
        return store.readInto(key, range, expected, into);
    }

    @Override
    public Optional<ObjectInfo> info(String key) {
        return store.info(key);
    }

    @Override
    public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
        return store.write(key, bytes, condition);
    }

    @Override
    public ObjectWriter writer(String key, WriteCondition condition) {
        return store.writer(key, condition);
    }

    @Override
    public void copy(ObjectInfo object, String target) {
        store.copy(object, target);
    }

    @Override
    public void delete(String key) {
        store.delete(key);
    }

    @Override
    public void deleteAll(Collection<String> keys) {
        store.deleteAll(keys);
    }

    @Override
    public void deletePrefix(String prefix) {
        store.deletePrefix(prefix);
    }

    @Override
    public void replacePrefix(String staged, String prefix, WriteCondition condition) {
        store.replacePrefix(staged, prefix, condition);
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

    /** {@return the location of the store} */
    @Override
    public String toString() {
        return location();
    }
}
