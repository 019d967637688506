package org.copick.tests.broken;

import java.util.function.Supplier;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.Version;
import org.copick.tests.hostile.ForwardingStore;
import org.copick.tests.hostile.StoreCall;

/** Passes every call on; to be broken in one place. */
class Passing extends ForwardingStore {
    Passing(ObjectStore store) {
        super(store);
    }

    @Override
    protected <T> T call(StoreCall call, Supplier<T> operation) {
        return operation.get();
    }

    /** The store as it should be. */
    final ObjectStore good() {
        return behind();
    }

    static ObjectInfo info(String key, byte[] bytes) {
        return new ObjectInfo(key, bytes.length, new Version("0"));
    }
}
