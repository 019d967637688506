package org.copick.tests;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.copick.error.InvalidConfigException;
import org.copick.storage.ObjectStore;
import org.copick.tests.hostile.LeakCheckingStore;
import org.jspecify.annotations.Nullable;

/**
 * Gives URLs to stores that a test creates, so that the test can open a project on them.
 *
 * <p>Closing this object removes the URLs. Everything that the project opened must be released by then.
 */
public final class SuppliedStores implements AutoCloseable {
    private static final Map<String, SuppliedStores> OWNERS = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final Map<String, Callable<ObjectStore>> suppliers = new ConcurrentHashMap<>();
    private final List<LeakCheckingStore> opened = new ArrayList<>();

    /** Creates an owner of URLs that has given none yet. */
    public SuppliedStores() {}

    /**
     * {@return a new URL of this process} Opening the URL calls the supplier each time.
     *
     * @param supplier opens the store
     */
    public String url(Callable<ObjectStore> supplier) {
        String name = "store" + NUMBERS.incrementAndGet();
        suppliers.put(name, supplier);
        OWNERS.put(name, this);
        return "supplied://" + name;
    }

    /** Throws if a store that was opened through one of the URLs was not released. */
    public void assertReleased() {
        synchronized (opened) {
            opened.forEach(LeakCheckingStore::assertReleased);
        }
    }

    @Override
    public void close() {
        suppliers.keySet().forEach(OWNERS::remove);
    }

    static ObjectStore open(String name) {
        SuppliedStores owner = OWNERS.get(name);
        @Nullable Callable<ObjectStore> supplier = owner == null ? null : owner.suppliers.get(name);
        if (owner == null || supplier == null) {
            throw new InvalidConfigException("cannot open the store " + name + ": no running test supplies it");
        }
        try {
            LeakCheckingStore store = new LeakCheckingStore(supplier.call());
            synchronized (owner.opened) {
                owner.opened.add(store);
            }
            return store;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new InvalidConfigException("cannot open the store " + name + ": its supplier failed", e);
        }
    }
}
