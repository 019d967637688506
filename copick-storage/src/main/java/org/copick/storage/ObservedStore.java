package org.copick.storage;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.copick.storage.StoreOperation.Kind;
import org.jspecify.annotations.Nullable;

/** Reports every operation of a store to a listener. */
public final class ObservedStore extends ForwardingStore {
    private final ObjectStore store;
    private final StoreListener listener;

    /**
     * Creates a view of a store that reports its operations; closing the view closes the store.
     *
     * @param store the store that performs the operations
     * @param listener receives every finished operation, in the thread that ran it
     */
    public ObservedStore(ObjectStore store, StoreListener listener) {
        super(store);
        Objects.requireNonNull(store, "store");
        this.store = store;
        this.listener = listener;
    }

    @Override
    public Optional<StoredObject> read(String key) {
        return observed(
                Kind.READ,
                key,
                () -> store.read(key),
                found -> found.map(o -> (long) o.bytes().length).orElse(0L));
    }

    @Override
    public Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, @Nullable Version expected) {
        return observed(
                Kind.READ_RANGES,
                key,
                () -> store.readRanges(key, ranges, expected),
                found -> found.map(
                                r -> r.parts().stream().mapToLong(p -> p.length).sum())
                        .orElse(0L));
    }

    @Override
    public Optional<ObjectInfo> readInto(String key, ByteRange range, @Nullable Version expected, byte[] into) {
        return observed(
                Kind.READ_RANGES,
                key,
                () -> store.readInto(key, range, expected, into),
                found -> found.map(info -> range.lengthIn(info.size())).orElse(0L));
    }

    @Override
    public Optional<ObjectInfo> info(String key) {
        return observed(Kind.INFO, key, () -> store.info(key), found -> 0);
    }

    @Override
    public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
        return observed(Kind.WRITE, key, () -> store.write(key, bytes, condition), written -> bytes.length);
    }

    /** {@return a writer whose completion or failure is reported as one write, with the duration of all calls} */
    @Override
    public ObjectWriter writer(String key, WriteCondition condition) {
        long start = System.nanoTime();
        ObjectWriter writer;
        try {
            writer = store.writer(key, condition);
        } catch (RuntimeException e) {
            tell(Kind.WRITE, key, 0, start, e);
            throw e;
        }
        return new ObservedWriter(writer, key, System.nanoTime() - start);
    }

    @Override
    public void copy(ObjectInfo object, String target) {
        observed(Kind.COPY, object.key(), () -> store.copy(object, target));
    }

    @Override
    public void delete(String key) {
        observed(Kind.DELETE, key, () -> store.delete(key));
    }

    @Override
    public void deleteAll(Collection<String> keys) {
        if (!keys.isEmpty()) {
            observed(Kind.DELETE, keys.iterator().next(), () -> store.deleteAll(keys));
        }
    }

    @Override
    public void deletePrefix(String prefix) {
        observed(Kind.DELETE_PREFIX, prefix, () -> store.deletePrefix(prefix));
    }

    @Override
    public void replacePrefix(String staged, String prefix, WriteCondition condition) {
        observed(Kind.REPLACE_PREFIX, prefix, () -> store.replacePrefix(staged, prefix, condition));
    }

    @Override
    public ListPage list(String prefix, @Nullable String after, int limit) {
        return observed(Kind.LIST, prefix, () -> store.list(prefix, after, limit), page -> 0);
    }

    @Override
    public FolderListing listFolder(String prefix) {
        return observed(Kind.LIST_FOLDER, prefix, () -> store.listFolder(prefix), level -> 0);
    }

    @Override
    public boolean holds(String prefix) {
        return observed(Kind.LIST, prefix, () -> store.holds(prefix), found -> 0);
    }

    private void observed(Kind kind, String key, Runnable operation) {
        observed(
                kind,
                key,
                () -> {
                    operation.run();
                    return kind;
                },
                done -> 0);
    }

    private <T> T observed(Kind kind, String key, Supplier<T> operation, ToLongFunction<T> bytes) {
        long start = System.nanoTime();
        T result;
        try {
            result = operation.get();
        } catch (RuntimeException e) {
            tell(kind, key, 0, start, e);
            throw e;
        }
        tell(kind, key, bytes.applyAsLong(result), start, null);
        return result;
    }

    private final class ObservedWriter extends ForwardedWriter {
        private final String key;
        private long nanos;

        ObservedWriter(ObjectWriter writer, String key, long nanos) {
            super(writer);
            this.key = key;
            this.nanos = nanos;
        }

        @Override
        public void append(byte[] bytes, int from, int length) {
            long start = System.nanoTime();
            try {
                super.append(bytes, from, length);
                nanos += System.nanoTime() - start;
            } catch (RuntimeException e) {
                tell(Kind.WRITE, key, 0, start - nanos, e);
                throw e;
            }
        }

        @Override
        public ObjectInfo complete() {
            long start = System.nanoTime() - nanos;
            ObjectInfo written;
            try {
                written = super.complete();
            } catch (RuntimeException e) {
                tell(Kind.WRITE, key, 0, start, e);
                throw e;
            }
            tell(Kind.WRITE, key, written.size(), start, null);
            return written;
        }
    }

    private void tell(Kind kind, String key, long bytes, long start, @Nullable RuntimeException failure) {
        Duration duration = Duration.ofNanos(System.nanoTime() - start);
        listener.finished(new StoreOperation(kind, store.location(), key, bytes, duration, failure));
    }
}
