package org.copick.tests.hostile;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.copick.storage.ByteRange;
import org.copick.storage.FolderListing;
import org.copick.storage.ForwardedWriter;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.ObjectWriter;
import org.copick.storage.RangesRead;
import org.copick.storage.StoreCapability;
import org.copick.storage.StoreOperation.Kind;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;

/** A store that passes all operations to another one through a single method. Closing it closes the other one. */
public abstract class InterceptingStore implements ObjectStore {
    private final ObjectStore store;

    /**
     * Wraps a store.
     *
     * @param store the store to wrap; closing this store closes it, too
     */
    protected InterceptingStore(ObjectStore store) {
        this.store = store;
    }

    /**
     * Performs the operation, or something else, for the given call.
     *
     * @param <T> the type of the operation's result
     * @param call the operation with its key and ranges
     * @param operation performs the operation on the wrapped store
     * @return the result for the caller
     */
    protected abstract <T> T call(StoreCall call, Supplier<T> operation);

    /** {@return the wrapped store} */
    protected final ObjectStore behind() {
        return store;
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
    public Optional<StoredObject> read(String key) {
        return call(of(Kind.READ, key), () -> store.read(key));
    }

    @Override
    public Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, @Nullable Version expected) {
        return call(new StoreCall(Kind.READ_RANGES, key, ranges), () -> store.readRanges(key, ranges, expected));
    }

    @Override
    public Optional<ObjectInfo> info(String key) {
        return call(of(Kind.INFO, key), () -> store.info(key));
    }

    @Override
    public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
        return call(of(Kind.WRITE, key), () -> store.write(key, bytes, condition));
    }

    /** Returns a writer whose completion counts as the call. */
    @Override
    public ObjectWriter writer(String key, WriteCondition condition) {
        return new ForwardedWriter(store.writer(key, condition)) {
            @Override
            public ObjectInfo complete() {
                return call(of(Kind.WRITE, key), super::complete);
            }
        };
    }

    @Override
    public void copy(ObjectInfo object, String target) {
        run(of(Kind.COPY, target), () -> store.copy(object, target));
    }

    @Override
    public void delete(String key) {
        run(of(Kind.DELETE, key), () -> store.delete(key));
    }

    @Override
    public void deleteAll(Collection<String> keys) {
        if (!keys.isEmpty()) {
            run(of(Kind.DELETE, keys.iterator().next()), () -> store.deleteAll(keys));
        }
    }

    @Override
    public void deletePrefix(String prefix) {
        run(of(Kind.DELETE_PREFIX, prefix), () -> store.deletePrefix(prefix));
    }

    @Override
    public void replacePrefix(String staged, String prefix, WriteCondition condition) {
        run(of(Kind.REPLACE_PREFIX, prefix), () -> store.replacePrefix(staged, prefix, condition));
    }

    @Override
    public ListPage list(String prefix, @Nullable String after, int limit) {
        return call(of(Kind.LIST, prefix), () -> store.list(prefix, after, limit));
    }

    @Override
    public FolderListing listFolder(String prefix) {
        return call(of(Kind.LIST_FOLDER, prefix), () -> store.listFolder(prefix));
    }

    /** Returns whether the prefix holds something; counts as a listing. */
    @Override
    public boolean holds(String prefix) {
        return call(of(Kind.LIST, prefix), () -> store.holds(prefix));
    }

    @Override
    public void close() {
        store.close();
    }

    private void run(StoreCall call, Runnable operation) {
        call(call, () -> {
            operation.run();
            return call;
        });
    }

    private static StoreCall of(Kind kind, String key) {
        return new StoreCall(kind, key, List.of());
    }
}
