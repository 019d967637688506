package org.copick.tests.hostile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.copick.error.OperationInterruptedException;
import org.copick.error.StorageException;
import org.copick.storage.ByteRange;
import org.copick.storage.FolderListing;
import org.copick.storage.KeyOrder;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.RangesRead;
import org.copick.storage.StoreOperation.Kind;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.jspecify.annotations.Nullable;

/** Wraps a store and makes it fail, slow or wrong at chosen calls. */
public final class FaultInjectingStore extends InterceptingStore {
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final AtomicInteger struck = new AtomicInteger();
    private volatile @Nullable NavigableMap<String, ObjectInfo> frozen;

    /**
     * Wraps a store, initially without faults; closing this store closes the other one, too.
     *
     * @param store the store to wrap
     */
    public FaultInjectingStore(ObjectStore store) {
        super(store);
    }

    /**
     * Adds a fault. If several faults match one call, the first one strikes.
     *
     * @param fault the fault, with its restrictions
     * @return this store
     */
    public FaultInjectingStore with(Fault fault) {
        faults.add(fault);
        return this;
    }

    /** Freezes listings: from now on they return the present state, even after writes and deletions. */
    public void freezeListings() {
        NavigableMap<String, ObjectInfo> now = new TreeMap<>(KeyOrder.BY_CODE_POINT);
        behind().forEach("", object -> now.put(object.key(), object));
        frozen = now;
    }

    /** Removes all faults and unfreezes listings. */
    public void heal() {
        faults.clear();
        frozen = null;
    }

    /** {@return the number of calls that were struck by a fault} */
    public int struck() {
        return struck.get();
    }

    @Override
    protected <T> T call(StoreCall call, Supplier<T> operation) {
        return call(call, operation, () -> {});
    }

    private <T> T call(StoreCall call, Supplier<T> operation, Runnable half) {
        for (Fault fault : faults) {
            if (!fault.damages() && fault.strikes(call)) {
                struck.incrementAndGet();
                return struck(fault, call, operation, half);
            }
        }
        return operation.get();
    }

    private static <T> T struck(Fault fault, StoreCall call, Supplier<T> operation, Runnable half) {
        switch (fault.effect()) {
            case FAIL_BEFORE -> throw failure(call, false, "failed: a test injected this fault");
            case FAIL_HALFWAY -> {
                half.run();
                throw failure(call, false, "failed halfway: a test injected this fault");
            }
            case FAIL_AFTER -> {
                var unused = operation.get();
                throw failure(call, true, "took effect, but its answer was lost: a test injected this fault");
            }
            case THROTTLE -> throw failure(call, true, "was throttled: a test injected this fault");
            case DELAY -> {
                sleep(fault.amount(), call);
                return operation.get();
            }
            default ->
                throw new IllegalArgumentException("this fault applies to read data, not to calls: " + fault.effect());
        }
    }

    private static StorageException failure(StoreCall call, boolean mayBeTransient, String what) {
        return new StorageException(call + " " + what, mayBeTransient, new IOException("injected"));
    }

    private static void sleep(long nanos, StoreCall call) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(call + " was interrupted");
        }
    }

    @Override
    public Optional<StoredObject> read(String key) {
        UnaryOperator<byte[]> damage = damage(new StoreCall(Kind.READ, key, List.of()));
        return super.read(key).map(read -> new StoredObject(read.info(), damage.apply(read.bytes())));
    }

    @Override
    public Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, @Nullable Version expected) {
        UnaryOperator<byte[]> damage = damage(new StoreCall(Kind.READ_RANGES, key, ranges));
        return super.readRanges(key, ranges, expected)
                .map(read -> new RangesRead(
                        read.info(), read.parts().stream().map(damage).toList()));
    }

    private UnaryOperator<byte[]> damage(StoreCall call) {
        for (Fault fault : faults) {
            if (fault.damages() && fault.strikes(call)) {
                struck.incrementAndGet();
                return bytes -> damaged(bytes, fault);
            }
        }
        return UnaryOperator.identity();
    }

    private static byte[] damaged(byte[] bytes, Fault fault) {
        if (bytes.length == 0) {
            return bytes;
        }
        if (fault.effect() == Fault.Effect.SHORT_READ) {
            return Arrays.copyOf(bytes, (int) Math.max(0, bytes.length - fault.amount()));
        }
        int bit = (int) Math.floorMod(fault.amount(), bytes.length * 8L);
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        return flipped;
    }

    @Override
    public void deleteAll(Collection<String> keys) {
        if (!keys.isEmpty()) {
            List<String> all = List.copyOf(keys);
            run(
                    Kind.DELETE,
                    all.get(0),
                    () -> behind().deleteAll(all),
                    () -> behind().deleteAll(all.subList(0, all.size() / 2)));
        }
    }

    @Override
    public void deletePrefix(String prefix) {
        run(Kind.DELETE_PREFIX, prefix, () -> behind().deletePrefix(prefix), () -> {
            List<String> keys = new ArrayList<>();
            behind().forEach(prefix, object -> keys.add(object.key()));
            behind().deleteAll(keys.subList((keys.size() + 1) / 2, keys.size()));
        });
    }

    private void run(Kind kind, String key, Runnable operation, Runnable half) {
        StoreCall call = new StoreCall(kind, key, List.of());
        call(
                call,
                () -> {
                    operation.run();
                    return call;
                },
                half);
    }

    @Override
    public ListPage list(String prefix, @Nullable String after, int limit) {
        ListPage now = super.list(prefix, after, limit);
        NavigableMap<String, ObjectInfo> then = frozen;
        if (then == null) {
            return now;
        }
        List<ObjectInfo> objects = then.values().stream()
                .filter(object -> object.key().startsWith(prefix))
                .filter(object -> after == null || KeyOrder.BY_CODE_POINT.compare(object.key(), after) > 0)
                .limit(limit + 1L)
                .toList();
        return new ListPage(objects.subList(0, Math.min(limit, objects.size())), objects.size() <= limit);
    }

    @Override
    public boolean holds(String prefix) {
        boolean now = super.holds(prefix);
        NavigableMap<String, ObjectInfo> then = frozen;
        return then == null ? now : then.keySet().stream().anyMatch(key -> key.startsWith(prefix));
    }

    @Override
    public FolderListing listFolder(String prefix) {
        FolderListing now = super.listFolder(prefix);
        NavigableMap<String, ObjectInfo> then = frozen;
        if (then == null) {
            return now;
        }
        List<ObjectInfo> objects = new ArrayList<>();
        TreeSet<String> prefixes = new TreeSet<>(KeyOrder.BY_CODE_POINT);
        then.forEach((key, object) -> {
            int slash = key.indexOf('/', prefix.length());
            if (key.startsWith(prefix) && slash >= 0) {
                prefixes.add(key.substring(0, slash + 1));
            } else if (key.startsWith(prefix)) {
                objects.add(object);
            }
        });
        return new FolderListing(objects, List.copyOf(prefixes));
    }
}
