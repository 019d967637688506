package org.copick.tests.broken;

import java.io.ByteArrayOutputStream;
import java.util.function.Supplier;
import org.copick.storage.ObjectCopy;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.ObjectWriter;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.copick.tests.hostile.InterceptingStore;
import org.copick.tests.hostile.StoreCall;

/** Passes every call on; subclasses break one of them. */
class Passing extends InterceptingStore {
    Passing(ObjectStore store) {
        super(store);
    }

    @Override
    protected <T> T call(StoreCall call, Supplier<T> operation) {
        return operation.get();
    }

    /** Returns a writer based on {@link #write}, so that defects of writing affect the writer, too. */
    @Override
    public ObjectWriter writer(String key, WriteCondition condition) {
        ByteArrayOutputStream pieces = new ByteArrayOutputStream();
        return new ObjectWriter() {
            @Override
            public void append(byte[] bytes, int from, int length) {
                pieces.write(bytes, from, length);
            }

            @Override
            public ObjectInfo complete() {
                return write(key, pieces.toByteArray(), condition);
            }

            @Override
            public void close() {}
        };
    }

    /** Copies with {@link #read} and {@link #write}, so that their defects affect copying, too. */
    @Override
    public void copy(ObjectInfo object, String target) {
        ObjectCopy.copy(this, object, this, target);
    }

    /** Returns the wrapped store, which has no defect. */
    final ObjectStore good() {
        return behind();
    }

    static ObjectInfo info(String key, byte[] bytes) {
        return new ObjectInfo(key, bytes.length, new Version("0"));
    }
}
