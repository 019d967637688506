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
 * The store of an image whose metadata are asked for all at once when it is made, because one after the other they would cost
 * a round trip each. What was asked for is handed out once; what nobody wants is dropped, failures with it.
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
            // closed: the reads themselves will tell
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
            return store.read(key); // fails by itself, in this thread, or no longer does
        }
    }
}
