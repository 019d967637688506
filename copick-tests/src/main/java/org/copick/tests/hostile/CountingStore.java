package org.copick.tests.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreOperation.Kind;

/** Writes down every call, with the exact ranges, in the order in which they begin. */
public final class CountingStore extends InterceptingStore {
    private final List<StoreCall> calls = new ArrayList<>();

    public CountingStore(ObjectStore store) {
        super(store);
    }

    /** All calls since the store was made or {@link #forget} was called. */
    public List<StoreCall> calls() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    /** How many calls of each kind; kinds without any are left out. */
    public Map<Kind, Integer> counts() {
        Map<Kind, Integer> counts = new TreeMap<>();
        calls().forEach(call -> counts.merge(call.kind(), 1, Integer::sum));
        return counts;
    }

    /** Begins anew. */
    public void forget() {
        synchronized (calls) {
            calls.clear();
        }
    }

    @Override
    protected <T> T call(StoreCall call, Supplier<T> operation) {
        synchronized (calls) {
            calls.add(call);
        }
        return operation.get();
    }
}
