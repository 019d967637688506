package org.copick.tests.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreOperation.Kind;

/** Records every call, with its exact ranges, in the order in which calls begin. */
public final class CountingStore extends InterceptingStore {
    private final List<StoreCall> calls = new ArrayList<>();

    /**
     * Wraps a store; closing this store closes the other one, too.
     *
     * @param store the store to wrap
     */
    public CountingStore(ObjectStore store) {
        super(store);
    }

    /** {@return all calls since the store was created or {@link #forget} was called} */
    public List<StoreCall> calls() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    /** {@return the number of calls of each kind, without kinds that were not called} */
    public Map<Kind, Integer> counts() {
        Map<Kind, Integer> counts = new TreeMap<>();
        calls().forEach(call -> counts.merge(call.kind(), 1, Integer::sum));
        return counts;
    }

    /** Forgets all recorded calls. */
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
