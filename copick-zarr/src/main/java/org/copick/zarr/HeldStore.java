package org.copick.zarr;

import java.util.Collection;
import org.copick.storage.ForwardedWriter;
import org.copick.storage.ForwardingStore;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.ObjectWriter;
import org.copick.storage.WriteCondition;

/** A store that refuses changes once another writer has taken over the marker. */
final class HeldStore extends ForwardingStore {
    private final MarkHold hold;
    private volatile boolean written;

    HeldStore(ObjectStore store, MarkHold hold) {
        super(store);
        this.hold = hold;
    }

    /** Returns whether anything was written. */
    boolean isWritten() {
        return written;
    }

    @Override
    public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
        hold.require();
        written = true;
        return super.write(key, bytes, condition);
    }

    @Override
    public ObjectWriter writer(String key, WriteCondition condition) {
        written = true;
        return new ForwardedWriter(super.writer(key, condition)) {
            @Override
            public ObjectInfo complete() {
                hold.require();
                return super.complete();
            }
        };
    }

    @Override
    public void copy(ObjectInfo object, String target) {
        hold.require();
        written = true;
        super.copy(object, target);
    }

    @Override
    public void delete(String key) {
        hold.require();
        super.delete(key);
    }

    @Override
    public void deleteAll(Collection<String> keys) {
        hold.require();
        super.deleteAll(keys);
    }

    @Override
    public void deletePrefix(String prefix) {
        hold.require();
        super.deletePrefix(prefix);
    }
}
