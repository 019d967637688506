package org.copick.zarr;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.copick.error.OperationInterruptedException;
import org.copick.storage.ForwardingStore;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoredObject;

/**
 * Prefetches an image's likely metadata keys in parallel, which saves one round trip each. Each result is returned
 * once. Unused results are dropped, and so are their failures.
 */
final class MetadataPrefetch extends ForwardingStore {
    private static final String FIRST_LEVEL = "0/";
    private static final String[] LIKELY = {
        Zarr.V3, Zarr.V2_GROUP, Zarr.V2_ATTRIBUTES, FIRST_LEVEL + Zarr.V2_ARRAY, FIRST_LEVEL + Zarr.V3
    };

    private final ObjectStore store;
    private final Map<String, CompletableFuture<Optional<StoredObject>>> asked = new ConcurrentHashMap<>();

    MetadataPrefetch(ObjectStore store, Executor fetching) {
        super(store);
        this.store = store;
        try {
            for (String key : LIKELY) {
                asked.put(key, CompletableFuture.supplyAsync(() -> store.read(key), fetching));
            }
        } catch (RejectedExecutionException e) {
            // the executor is closed; the reads themselves report that
        }
    }

    @Override
    public Optional<StoredObject> read(String key) {
        CompletableFuture<Optional<StoredObject>> reading = asked.remove(key);
        if (reading == null) {
            return store.read(key);
        }
        try {
            return reading.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("cannot read " + store.location() + "/" + key + ": interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            return store.read(key); // fails again in this thread, or succeeds
        }
    }
}
