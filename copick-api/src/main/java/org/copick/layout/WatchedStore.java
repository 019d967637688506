package org.copick.layout;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import org.copick.storage.ForwardedWriter;
import org.copick.storage.ForwardingStore;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.ObjectWriter;
import org.copick.storage.WriteCondition;

/** A store that counts what is changed through it: each change before and after, so that nobody misses one under way. */
final class WatchedStore extends ForwardingStore {
    private final AtomicLong changes = new AtomicLong();

    WatchedStore(ObjectStore store) {
        super(store);
    }

    long changes() {
        return changes.get();
    }

    @Override
    public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
        changes.incrementAndGet();
        try {
            return super.write(key, bytes, condition);
        } finally {
            changes.incrementAndGet();
        }
    }

    @Override
    public ObjectWriter writer(String key, WriteCondition condition) {
        return new ForwardedWriter(super.writer(key, condition)) {
            @Override
            public ObjectInfo complete() {
                changes.incrementAndGet();
                try {
                    return super.complete();
                } finally {
                    changes.incrementAndGet();
                }
            }
        };
    }

    @Override
    public void copy(ObjectInfo object, String target) {
        changing(() -> super.copy(object, target));
    }

    @Override
    public void delete(String key) {
        changing(() -> super.delete(key));
    }

    @Override
    public void deleteAll(Collection<String> keys) {
        changing(() -> super.deleteAll(keys));
    }

    @Override
    public void deletePrefix(String prefix) {
        changing(() -> super.deletePrefix(prefix));
    }

    @Override
    public void replacePrefix(String staged, String prefix, WriteCondition condition) {
        changing(() -> super.replacePrefix(staged, prefix, condition));
    }

    private void changing(Runnable change) {
        changes.incrementAndGet();
        try {
            change.run();
        } finally {
            changes.incrementAndGet();
        }
    }
}
